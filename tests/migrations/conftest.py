"""Each migration on both databases: the folder's tests fill the revision before, and go on."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.integration.db.stock import Place, fresh_database


@pytest.fixture(params=["sqlite", "postgresql"])
def bare(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Place]:
    """A database that nobody has migrated."""
    if request.param == "sqlite":
        place = Place(f"sqlite:///{tmp_path / 'portal.sqlite3'}", tmp_path)
        yield place
        place.close()
        return
    with fresh_database(request.getfixturevalue("postgres_url")) as url:
        place = Place(url, tmp_path)
        yield place
        place.close()
