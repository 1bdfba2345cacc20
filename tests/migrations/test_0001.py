"""The first revision, with rows, on both databases; and the tables as code and as migrated."""

from __future__ import annotations

from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import create_engine, inspect

from qol.adapters.db.columns import DataClass
from qol.adapters.db.engine import normalised
from qol.adapters.db.migrating import current, grants, head, upgrade
from qol.adapters.db.starting import HEAD, open_database
from qol.adapters.db.tables import metadata, volatile
from qol.domain.errors import StoreUnavailableError
from tests.integration.db.stock import (
    EVENT,
    Place,
    administration,
    config_of,
    stock,
)


def test_the_code_names_the_newest_revision() -> None:
    assert head() == HEAD


def test_rows_go_in_and_a_second_upgrade_keeps_them(bare: Place) -> None:
    assert current(bare.url) is None
    upgrade(bare.url)
    with bare.lab().records.writing() as lab:
        stock(lab)
    with bare.patient().records.writing() as unit:
        unit.add(administration())
        unit.commit(EVENT)
    upgrade(bare.url)
    assert current(bare.url) == HEAD
    with bare.lab().records.reading() as lab:
        assert [one.administration for one in lab.records("demo")] == [administration()]


def test_a_face_does_not_start_on_another_schema(bare: Place) -> None:
    config = config_of(bare.url, bare.folder)
    with pytest.raises(StoreUnavailableError, match="database upgrade"):
        open_database(config)
    upgrade(bare.url)
    bare.ask("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(StoreUnavailableError, match="schema 9999"):
        open_database(config)


def test_the_migrated_schema_is_the_one_of_the_tables(bare: Place) -> None:
    upgrade(bare.url)
    engine = create_engine(normalised(bare.url))
    tables = [metadata] if bare.url.startswith("sqlite") else [metadata, volatile]
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, tables) == []
    engine.dispose()


def test_sqlite_says_every_table_as_the_code_does(tmp_path: Path) -> None:
    def said(place: Place) -> set[tuple[object, ...]]:
        found = place.ask("SELECT type, name, sql FROM sqlite_master WHERE type != 'trigger'")
        return {row for row in found if "alembic_version" not in str(row)}

    migrated = Place(f"sqlite:///{tmp_path / 'migrated'}", tmp_path)
    upgrade(migrated.url)
    made = Place(f"sqlite:///{tmp_path / 'made'}", tmp_path)
    engine = create_engine(made.url)
    metadata.create_all(engine)
    engine.dispose()

    def words(rows: set[tuple[object, ...]]) -> dict[object, list[str]]:
        return {row[1]: sorted(str(row[2]).replace(",", " ").split()) for row in rows}

    assert words(said(migrated)) == words(said(made))


def test_grants_on_sqlite_are_nothing(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'portal.sqlite3'}"
    upgrade(url)
    before = (tmp_path / "portal.sqlite3").read_bytes()
    grants(url)
    assert (tmp_path / "portal.sqlite3").read_bytes() == before


def test_every_column_has_one_class_and_every_name_fits() -> None:
    known = {one.value for one in DataClass}
    for table in (*metadata.sorted_tables, *volatile.sorted_tables):
        for column in table.columns:
            assert column.info.get("class") in known, f"{table.name}.{column.name}"


def test_ledger_guards_are_there(bare: Place) -> None:
    upgrade(bare.url)
    if bare.url.startswith("sqlite"):
        guards = "name LIKE 'ledger%' OR name LIKE 'checkpoint%'"
        found = bare.ask(f"SELECT name FROM sqlite_master WHERE type = 'trigger' AND ({guards})")
        assert len(found) == 5
    else:
        found = bare.ask(
            "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal"
            " AND (tgname LIKE 'ledger%' OR tgname LIKE 'checkpoint%')"
        )
        assert len(found) == 4
    engine = create_engine(normalised(bare.url))
    assert "ledger" in inspect(engine).get_table_names()
    engine.dispose()
