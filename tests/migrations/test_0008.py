"""The trail arrives in a database with records and reports, and what it says stays."""

from __future__ import annotations

import pytest
from sqlalchemy.exc import DBAPIError

from qol.adapters.db.migrating import current, upgrade
from qol.adapters.db.starting import HEAD
from tests.integration.db.stock import Place

BEFORE = "0007"
TIME = "'2026-11-22 09:00:00'"
SUBJECT = (
    "INSERT INTO subject (reference, programme, site, batch, sheet_number, day_zero)"
    " VALUES ('S1', 'demo', 'A', 'b', '4F2K7', '2026-11-20')"
)
RELEASE = (
    "INSERT INTO release (instrument, version, language, definition, wording, definition_sha256,"
    " wording_sha256, scoring_sha256, hash, published_at, authority, decision_reference,"
    " licence_reference, certificate, approved)"
    f" VALUES ('q', '1', 'fr', '', '', 'd', 'w', 's', 'h', {TIME}, '', '', '', '', {{no}})"
)
PROGRAMME = (
    "INSERT INTO programme_version (programme, version, document, toml, since)"
    " VALUES ('demo', 1, '', '', '2026-01-01')"
)
RECORD = (
    "INSERT INTO administration (id, subject_id, programme, programme_version, timepoint,"
    " instrument, release_id, mode, received_at, visit, state, key_id, escrow_key_id, envelope)"
    " VALUES ('R1', 1, 'demo', 1, 't0', 'q', 1, 'paper_hcp',"
    f" {TIME}, 'v', 'current', 'k', 'e', '')"
)
REPORT = (
    "INSERT INTO mixup_report (subject_id, timepoint, reason, actor, said_at)"
    f" VALUES (1, 't0', 'slips_swapped', 'staff:1', {TIME})"
)
ROWS = (SUBJECT, RELEASE, PROGRAMME, RECORD, REPORT)
CHANGE = (
    "INSERT INTO record_change (attempt, record_id, kind, reason, actor, changed_at)"
    f" VALUES ('a1', 'R1', 'frozen', 'objection', 'staff:1', {TIME})"
)
DECISION = (
    "INSERT INTO mixup_decision (attempt, subject_id, timepoint, number, decision, actor,"
    f" decided_at) VALUES ('a1', 1, 't0', 1, 'frozen', 'staff:1', {TIME})"
)


@pytest.fixture
def before(bare: Place) -> Place:
    """A database of the revision before, with a record and a report on it."""
    return _filled(bare, "0" if bare.url.startswith("sqlite") else "false")


def _filled(place: Place, no: str) -> Place:
    upgrade(place.url, BEFORE)
    for sql in ROWS:
        place.ask(sql.format(no=no))
    return place


def test_rows_stay_and_the_trail_points_at_them(before: Place) -> None:
    upgrade(before.url)
    assert current(before.url) == HEAD
    assert before.ask("SELECT id, state FROM administration") == [("R1", "current")]
    before.ask(CHANGE)
    before.ask(DECISION)
    for sql in (
        CHANGE.replace("objection", "because").replace("a1", "a2"),
        CHANGE.replace("frozen", "corrected").replace("a1", "a2"),  # with no successor
        DECISION.replace("'frozen'", "'burnt'").replace("a1", "a2"),
    ):
        with pytest.raises(DBAPIError):
            before.ask(sql)


def test_what_the_trail_says_is_never_changed(before: Place) -> None:
    upgrade(before.url)
    replace = "INSERT OR REPLACE" if "sqlite" in before.url else "INSERT"
    for table, made in (("record_change", CHANGE), ("mixup_decision", DECISION)):
        before.ask(made)
        for sql in (
            f"UPDATE {table} SET actor = 'nobody'",
            f"DELETE FROM {table}",
            made.replace("INSERT", replace).replace("staff:1", "nobody"),
        ):
            with pytest.raises(DBAPIError):
                before.ask(sql)
        assert before.ask(f"SELECT actor FROM {table}") == [("staff:1",)]


def test_a_report_is_decided_once_and_frozen_as_often_as_need_be(before: Place) -> None:
    upgrade(before.url)
    before.ask(DECISION)
    before.ask(DECISION.replace("a1", "a2"))
    before.ask(DECISION.replace("a1", "a3").replace("'frozen'", "'dismissed'"))
    with pytest.raises(DBAPIError):
        before.ask(DECISION.replace("a1", "a4").replace("'frozen'", "'reassigned'"))
