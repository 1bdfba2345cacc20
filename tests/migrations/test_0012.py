"""A sheet of before names no record; a report of before is the first of its visit."""

from __future__ import annotations

import pytest
from sqlalchemy.exc import DBAPIError

from qol.adapters.db.migrating import current, upgrade
from qol.adapters.db.starting import HEAD
from tests.integration.db.stock import Place
from tests.migrations.test_0008 import REPORT, ROWS, TIME

BEFORE = "0011"
SHEET = (
    "INSERT INTO received_sheet (programme, number, state, subject_id, release_id, received_on,"
    " opener, registered_at, attempt)"
    f" VALUES ('demo', 1, 'duplicate', 1, 1, '2026-11-22', 'staff:1', {TIME}, 'a')"
)


@pytest.fixture
def before(bare: Place) -> Place:
    """A database of the revision before, with a record, a report and a duplicate."""
    return _filled(bare, "0" if bare.url.startswith("sqlite") else "false")


DECISION = (
    "INSERT INTO mixup_decision (attempt, subject_id, timepoint, decision, actor, decided_at)"
    f" VALUES ('a{{}}', 1, 't0', '{{}}', 'staff:1', {TIME})"
)


def _filled(place: Place, no: str) -> Place:
    upgrade(place.url, BEFORE)
    decided = [DECISION.format(1, "frozen"), DECISION.format(2, "dismissed")]
    for sql in (*ROWS, SHEET, *decided):
        place.ask(sql.format(no=no))
    return place


def test_a_duplicate_of_before_stays_and_names_no_record(before: Place) -> None:
    upgrade(before.url)
    assert current(before.url) == HEAD
    assert before.ask("SELECT number, state FROM received_sheet") == [(1, "duplicate")]
    assert before.ask("SELECT * FROM sheet_too_late") == []
    before.ask("INSERT INTO sheet_too_late VALUES (1, 'R1')")
    with pytest.raises(DBAPIError):
        before.ask("INSERT INTO sheet_too_late VALUES (1, 'R1')")


def test_a_report_of_before_is_the_first_and_keeps_its_decisions(before: Place) -> None:
    upgrade(before.url)
    kept = "SELECT attempt, number, decision FROM mixup_decision ORDER BY attempt"
    assert before.ask(kept) == [("a1", 1, "frozen"), ("a2", 1, "dismissed")]
    assert before.ask("SELECT number, reason FROM mixup_report") == [(1, "slips_swapped")]
    again = REPORT.replace("timepoint, reason", "timepoint, number, reason")
    before.ask(again.replace("'t0', ", "'t0', 2, "))
    decision = DECISION.replace("timepoint, decision", "timepoint, number, decision")
    before.ask(decision.format(3, "exchanged").replace("'t0', ", "'t0', 2, "))
    for wrong in (
        decision.format(4, "dismissed").replace("'t0', ", "'t0', 1, "),  # decided before
        "UPDATE mixup_decision SET decision = 'frozen'",
        "DELETE FROM mixup_decision",
    ):
        with pytest.raises(DBAPIError):
            before.ask(wrong)
    assert len(before.ask(kept)) == 3
