"""Ways in beside a provider: a table of its own; what was there stays."""

from __future__ import annotations

import pytest
from sqlalchemy.exc import IntegrityError

from qol.adapters.db.migrating import current, upgrade
from qol.adapters.db.starting import HEAD
from tests.integration.db.stock import Place
from tests.migrations.test_0003 import ACCOUNT

BEFORE = "0005"
ROW = "INSERT INTO fallback VALUES ('{}', {}, '{}', '2026-11-22 10:00:00', '2026-11-22 12:00:00')"


@pytest.fixture
def before(bare: Place) -> Place:
    """A database of the revision before, with a professional."""
    return _with_ana(bare)


def _with_ana(place: Place) -> Place:
    upgrade(place.url, BEFORE)
    place.ask(ACCOUNT.format("ana", "hcp", "'10000000017'", "active"))
    return place


def test_it_is_for_one_account_or_for_everybody_with_a_reason_of_the_list(before: Place) -> None:
    upgrade(before.url)
    assert current(before.url) == HEAD
    assert before.ask("SELECT login FROM account") == [("ana",)]
    before.ask(ROW.format("one", "'ana'", "card_lost"))
    before.ask(ROW.format("two", "NULL", "provider_down"))
    with pytest.raises(IntegrityError):
        before.ask(ROW.format("three", "NULL", "because"))
