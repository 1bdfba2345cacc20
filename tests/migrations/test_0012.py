"""A sheet of before names no record; one of after names one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy.exc import DBAPIError

from qol.adapters.db.migrating import current, upgrade
from qol.adapters.db.starting import HEAD
from tests.integration.db.stock import Place, fresh_database
from tests.migrations.test_0008 import ROWS, TIME

BEFORE = "0011"
SHEET = (
    "INSERT INTO received_sheet (programme, number, state, subject_id, release_id, received_on,"
    " opener, registered_at, attempt)"
    f" VALUES ('demo', 1, 'duplicate', 1, 1, '2026-11-22', 'staff:1', {TIME}, 'a')"
)


@pytest.fixture(params=["sqlite", "postgresql"])
def before(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Place]:
    """A database of the revision before, with a record, a report and a duplicate."""
    if request.param == "sqlite":
        yield _filled(Place(f"sqlite:///{tmp_path / 'portal.sqlite3'}", tmp_path), "0")
        return
    with fresh_database(request.getfixturevalue("postgres_url")) as url:
        yield _filled(Place(url, tmp_path), "false")


def _filled(place: Place, no: str) -> Place:
    upgrade(place.url, BEFORE)
    for sql in (*ROWS, SHEET):
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
