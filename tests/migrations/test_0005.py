"""What may be used once, and the way in through a provider; what was there stays."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from qol.adapters.db.migrating import current, upgrade
from qol.adapters.db.starting import HEAD
from tests.integration.db.stock import NOW, Place
from tests.migrations.test_0003 import ACCOUNT, CREDENTIAL

BEFORE = "0004"


@pytest.fixture
def before(bare: Place) -> Place:
    """A database of the revision before, with somebody who signs in by password."""
    return _with_ana(bare)


def _with_ana(place: Place) -> Place:
    upgrade(place.url, BEFORE)
    place.ask(ACCOUNT.format("ana", "hcp", "'10000000017'", "active"))
    for number, kind in enumerate(("password", "passkey", "passkey")):
        place.ask(CREDENTIAL.format(f"c{number}", kind))
    return place


def test_ways_in_stay_and_a_providers_is_one_of_its_kind(before: Place) -> None:
    with pytest.raises(IntegrityError):
        before.ask(CREDENTIAL.format("c3", "provider"))
    upgrade(before.url)
    assert current(before.url) == HEAD
    asked = "SELECT reference, kind, created_at IS NULL FROM credential ORDER BY reference"
    kept = [("c0", "password", False), ("c1", "passkey", False), ("c2", "passkey", False)]
    assert [tuple(row) for row in before.ask(asked)] == kept
    before.ask(CREDENTIAL.format("c3", "provider"))
    for kind in ("provider", "password", "question"):
        with pytest.raises(IntegrityError):
            before.ask(CREDENTIAL.format("c4", kind))


def test_what_is_spent_is_remembered(before: Place) -> None:
    upgrade(before.url)
    spent = before.staff().spent
    assert [spent.first("one", NOW, NOW + timedelta(minutes=1)) for _ in range(2)] == [True, False]
