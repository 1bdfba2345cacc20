"""The same suite on both databases."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from qol.adapters.db.migrating import upgrade
from tests.integration.db.stock import Place, fresh_database, stock
from tests.migrated import fresh_file


@pytest.fixture(scope="session")
def migrated_server(request: pytest.FixtureRequest) -> Iterator[tuple[str, str]]:
    """A server's address and the name of a migrated database to copy."""
    server = request.getfixturevalue("postgres_url")
    with fresh_database(server) as url:
        upgrade(url)
        yield server, url.split("/")[-1].split("?")[0]


@pytest.fixture(params=["sqlite", "postgresql"])
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Place]:
    """A migrated database without a row."""
    if request.param == "sqlite":
        place = Place(fresh_file(tmp_path), tmp_path)
        yield place
        place.close()
        return
    server, template = request.getfixturevalue("migrated_server")
    with fresh_database(server, template) as url:
        place = Place(url, tmp_path)
        yield place
        place.close()


@pytest.fixture
def place(empty: Place) -> Place:
    """A database with a programme, releases and three subjects."""
    with empty.lab().records.writing() as unit:
        stock(unit)
    return empty
