"""The professionals' tables arrive in a database with rows, and what was attested stays."""

from __future__ import annotations

import pytest
from sqlalchemy.exc import DBAPIError

from qol.adapters.db.migrating import current, upgrade
from qol.adapters.db.starting import HEAD
from qol.adapters.db.tables_hcp import VARIANTS
from qol.usecases.hcp.printing import NoteVariant
from tests.integration.db.stock import Place

TIME = "'2026-11-22 09:00:00'"
SUBJECT = (
    "INSERT INTO subject (reference, programme, site, batch, sheet_number, day_zero)"
    " VALUES ('S1', 'demo', 'A', 'b', '4F2K7', '2026-11-20')"
)
ATTESTED = (
    "INSERT INTO attestation (subject_id, note_version, note_language, variant, given_on, attempt,"
    f" actor, attested_at) VALUES (1, '1', 'fr', 'adult', '2026-11-20', 'a1', 'staff:1', {TIME})"
)


@pytest.fixture
def before(bare: Place) -> Place:
    """A database of the revision before, with a subject in it."""
    upgrade(bare.url, "0003")
    bare.ask(SUBJECT)
    return bare


def test_rows_stay_and_the_new_tables_point_at_them(before: Place) -> None:
    upgrade(before.url)
    assert current(before.url) == HEAD
    assert before.ask("SELECT sheet_number FROM subject") == [("4F2K7",)]
    before.ask(ATTESTED)
    for table, name, value in (
        ("not_done", "timepoint", "'t0'"),
        ("follow_up_end", "ended_on", "'2026-12-01'"),
    ):
        said = f"(subject_id, {name}, reason, actor, said_at)"
        before.ask(f"INSERT INTO {table} {said} VALUES (1, {value}, 'died', 'staff:1', {TIME})")
    with pytest.raises(DBAPIError):
        before.ask(ATTESTED.replace("(1,", "(2,").replace("'a1'", "'a2'").replace("adult", "x"))


def test_what_was_attested_is_never_changed(before: Place) -> None:
    upgrade(before.url)
    before.ask(ATTESTED)
    for sql in (
        "UPDATE attestation SET note_version = '2'",
        "DELETE FROM attestation",
        ATTESTED.replace("INSERT", "INSERT OR REPLACE" if "sqlite" in before.url else "INSERT"),
    ):
        with pytest.raises(DBAPIError):
            before.ask(sql)
    assert before.ask("SELECT note_version FROM attestation") == [("1",)]


def test_the_variants_are_those_of_the_note() -> None:
    assert set(VARIANTS) == {one.value for one in NoteVariant}
