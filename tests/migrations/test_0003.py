"""The staff's tables: an installation with rows keeps them, and accounts go in."""

from __future__ import annotations

from pathlib import Path

import pytest

from qol.adapters.db.migrating import current, upgrade
from qol.adapters.db.starting import HEAD
from tests.integration.db.stock import Place

RELEASE = (
    "INSERT INTO key_fingerprint (key_id, programme, year, purpose, sha256)"
    " VALUES ('k', 'demo', 2026, 'deposit', 'aa')"
)
ACCOUNT = (
    "INSERT INTO account (reference, login, name, face, rpps, state, changed_at) VALUES"
    " ('{0}', '{0}', 'Ana Exemple', '{1}', {2}, '{3}', '2026-11-22 09:00:00')"
)
CREDENTIAL = (
    "INSERT INTO credential (reference, account, kind, secret, counter, created_at) VALUES"
    " ('{0}', 'ana', '{1}', 'x', 0, '2026-11-22 09:00:00')"
)


def test_rows_of_before_stay_and_accounts_go_in(bare: Place) -> None:
    upgrade(bare.url, "0001")
    bare.ask(RELEASE)
    upgrade(bare.url)
    assert current(bare.url) == HEAD
    assert bare.ask("SELECT key_id FROM key_fingerprint") == [("k",)]
    bare.ask(ACCOUNT.format("ana", "hcp", "'10000000017'", "active"))
    bare.ask(CREDENTIAL.format("c1", "password"))
    for number in (2, 3):
        bare.ask(CREDENTIAL.format(f"c{number}", "passkey"))
    assert bare.ask("SELECT count(*) FROM credential") == [(3,)]


@pytest.mark.parametrize(
    "statement",
    [
        ACCOUNT.format("ben", "hcp", "'10000000017'", "active"),
        ACCOUNT.format("ben", "patient", "NULL", "active"),
        ACCOUNT.format("ben", "hcp", "NULL", "asleep"),
        CREDENTIAL.format("c2", "password"),
        CREDENTIAL.format("c2", "question"),
    ],
)
def test_the_tables_refuse_what_must_not_be(bare: Place, statement: str) -> None:
    from sqlalchemy.exc import IntegrityError

    upgrade(bare.url)
    bare.ask(ACCOUNT.format("ana", "hcp", "'10000000017'", "active"))
    bare.ask(CREDENTIAL.format("c1", "password"))
    with pytest.raises(IntegrityError):
        bare.ask(statement)


def test_the_volatile_tables_are_unlogged(tmp_path: Path, postgres_url: str) -> None:
    from tests.integration.db.stock import fresh_database

    with fresh_database(postgres_url) as url:
        upgrade(url)
        place = Place(url, tmp_path)
        asked = "SELECT relname FROM pg_class WHERE relpersistence = 'u' AND relkind = 'r'"
        names = {str(row[0]) for row in place.ask(asked)}
    assert names >= {"sign_in_failure", "session_seen", "spent_step", "challenge", "wrong_code"}
