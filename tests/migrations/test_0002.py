"""The second revision: what may be used once; what was there stays."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from qol.adapters.db.migrating import current, upgrade
from tests.integration.db.stock import NOW, Place, fresh_database


@pytest.fixture(params=["sqlite", "postgresql"])
def first(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Place]:
    """A database at the first revision."""
    if request.param == "sqlite":
        place = Place(f"sqlite:///{tmp_path / 'portal.sqlite3'}", tmp_path)
        upgrade(place.url, "0001")
        yield place
        place.close()
        return
    with fresh_database(request.getfixturevalue("postgres_url")) as url:
        place = Place(url, tmp_path)
        upgrade(place.url, "0001")
        yield place
        place.close()


def test_rows_of_the_first_revision_stay(first: Place) -> None:
    first.ask("INSERT INTO key_fingerprint VALUES ('k', 'demo', 2026, 'deposit-public', 'x')")
    upgrade(first.url)
    assert current(first.url) == "0002"
    assert first.ask("SELECT key_id FROM key_fingerprint") == [("k",)]
    spent = first.patient().housekeeping.spent
    assert [spent.first("one", NOW, NOW + timedelta(minutes=1)) for _ in range(2)] == [True, False]
