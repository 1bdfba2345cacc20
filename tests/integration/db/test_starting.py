"""A face starts only on a database that keeps what it is given."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from qol.adapters.db.engine import assert_durable, connect, normalised
from qol.domain.errors import StoreUnavailableError
from tests.integration.db.stock import EVENT, Place, administration, config_of


def test_durability_is_on(empty: Place) -> None:
    database = connect(empty.url)
    assert_durable(database)
    database.dispose()


def test_sqlite_connections_are_synced_and_hold_foreign_keys(tmp_path: Path) -> None:
    database = connect(f"sqlite:///{tmp_path / 'x'}")
    for engine in (database.writer, database.reader):
        with engine.connect() as connection:
            asked = ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
            found = [connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in asked]
        assert found == ["wal", 2, 1, 5000]
    database.dispose()


@pytest.mark.parametrize("setting", ["synchronous_commit"])
def test_a_postgresql_that_may_lose_a_receipt_is_refused(
    migrated_server: tuple[str, str], tmp_path: Path, setting: str
) -> None:
    from qol.adapters.db.starting import open_database

    server, template = migrated_server
    url = normalised(server).set(database=template)
    url = url.update_query_dict({"options": f"-c {setting}=off"})
    config = config_of(url.render_as_string(hide_password=False), tmp_path)
    with pytest.raises(StoreUnavailableError, match=setting):
        open_database(config)


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("nonsense", "not the address"),
        ("mysql://h/x", "only sqlite and postgresql"),
    ],
)
def test_another_database_is_refused(url: str, told: str) -> None:
    with pytest.raises(StoreUnavailableError, match=told):
        connect(url)


def test_postgres_addresses_mean_psycopg() -> None:
    for name in ("postgres", "postgresql", "postgresql+psycopg"):
        assert normalised(f"{name}://h/x").drivername == "postgresql+psycopg"


def test_a_server_that_is_gone_is_one_sentence(tmp_path: Path) -> None:
    database = connect(f"postgresql://nobody@/x?host={tmp_path}")
    with pytest.raises(StoreUnavailableError, match="cannot be reached"), database.reading():
        pass
    database.dispose()


def test_a_file_that_is_no_database_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "x").write_bytes(b"not a database" * 100)
    database = connect(f"sqlite:///{tmp_path / 'x'}")
    with pytest.raises(StoreUnavailableError, match="not a database"):
        assert_durable(database)
    database.dispose()


def test_a_locked_database_is_told_and_loses_nothing(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not place.url.startswith("sqlite"):
        pytest.skip("PostgreSQL has no whole-file lock")
    monkeypatch.setattr("qol.adapters.db.engine._BUSY_MS", 50)
    store = place.patient().records
    other = sqlite3.connect(place.folder / "portal.sqlite3", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(StoreUnavailableError, match="locked"), store.writing():
        pass
    other.close()
    with store.writing() as unit:
        unit.add(administration())
        unit.commit(EVENT)


def test_connections_that_died_are_replaced(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    if place.url.startswith("sqlite"):
        pytest.skip("SQLite has no connections that die")
    monkeypatch.setattr("qol.adapters.db.engine._IDLE_S", 0.0)
    store = place.patient().records
    with store.reading() as unit:
        assert unit.deposited(1) == frozenset()
    place.ask(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
        " WHERE pid <> pg_backend_pid() AND datname = current_database()"
    )
    with store.reading() as unit:
        assert unit.deposited(1) == frozenset()
