"""The mail room's tables arrive in a database with rows, and what was keyed stays."""

from __future__ import annotations

import pytest
from sqlalchemy.exc import DBAPIError

from qol.adapters.db.migrating import current, upgrade
from qol.adapters.db.starting import HEAD
from tests.integration.db.stock import Place

TIME = "'2026-11-22 09:00:00'"
SUBJECT = (
    "INSERT INTO subject (reference, programme, site, batch, sheet_number, day_zero)"
    " VALUES ('S1', 'demo', 'A', 'b', '4F2K7', '2026-11-20')"
)
RELEASE = (
    "INSERT INTO release (instrument, version, language, definition, wording, definition_sha256,"
    " wording_sha256, scoring_sha256, hash, published_at, authority, decision_reference,"
    " licence_reference, certificate, approved) VALUES ('i', '1', 'fr', '', '', '', '', '', 'h',"
    f" {TIME}, '', '', '', '', false)"
)
SHEET = (
    "INSERT INTO received_sheet (programme, number, state, subject_id, release_id, received_on,"
    f" opener, registered_at, attempt) VALUES ('demo', 1, 'received', 1, 1, '2026-11-21', 's',"
    f" {TIME}, 'a')"
)
KEYING = (
    "INSERT INTO sheet_keying (id, sheet_id, turn, actor, keyed_at, visit, key_id, escrow_key_id,"
    f" envelope) VALUES ('k1', 1, 1, 'staff:1', {TIME}, 'v', 'k', 'e', '')"
)
BATCH = (
    "INSERT INTO sheet_destruction (id, programme, method, destroyed_on, prepared_by, prepared_at,"
    f" confirmed_by, confirmed_at) VALUES ('d', 'demo', 'shredded', '2026-12-01', 's', {TIME},"
    f" 's', {TIME})"
)


@pytest.fixture
def before(bare: Place) -> Place:
    """A database of the revision before, with a subject and a release in it."""
    upgrade(bare.url, "0006")
    bare.ask(SUBJECT)
    bare.ask(RELEASE)
    return bare


def test_rows_stay_and_the_new_tables_point_at_them(before: Place) -> None:
    upgrade(before.url)
    assert current(before.url) == HEAD
    assert before.ask("SELECT sheet_number FROM subject") == [("4F2K7",)]
    before.ask(SHEET)
    for wrong in ("'1x'", "'lost'"):
        with pytest.raises(DBAPIError):
            before.ask(SHEET.replace("'received'", wrong).replace(", 1, ", ", 2, ", 1))
    with pytest.raises(DBAPIError):
        before.ask(SHEET.replace("'a'", "'b'"))  # the same number
    with pytest.raises(DBAPIError):
        before.ask(BATCH)  # one person alone


def test_what_was_keyed_is_never_changed(before: Place) -> None:
    upgrade(before.url)
    before.ask(SHEET)
    before.ask(KEYING)
    for sql in (
        "UPDATE sheet_keying SET actor = 'staff:2'",
        "DELETE FROM sheet_keying",
        KEYING.replace("INSERT", "INSERT OR REPLACE" if "sqlite" in before.url else "INSERT"),
        KEYING.replace("'k1'", "'k2'"),
    ):
        with pytest.raises(DBAPIError):
            before.ask(sql)
    assert before.ask("SELECT actor FROM sheet_keying") == [("staff:1",)]
