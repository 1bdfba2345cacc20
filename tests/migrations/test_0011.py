"""A print of before the register of collected prints stays, and may still be collected."""

from __future__ import annotations

import pytest
from sqlalchemy.exc import IntegrityError

from qol.adapters.db.ledger import Recorder
from qol.adapters.db.migrating import current, upgrade
from qol.adapters.db.starting import HEAD
from qol.adapters.db.store_batches import SqlBatchStore
from tests.integration.db.stock import EVENT, NOW, Place

BEFORE = "0010"


@pytest.fixture
def before(bare: Place) -> Place:
    """A database of the revision before, with a batch."""
    return _with_batch(bare)


def _with_batch(place: Place) -> Place:
    upgrade(place.url, BEFORE)
    place.ask(
        "INSERT INTO batch (reference, programme, site, issued_at, attempt, actor)"
        " VALUES ('b1', 'demo', 'A', '2026-11-22', 'a', 'leo')"
    )
    return place


def test_a_print_is_collected_once_and_nothing_of_before_was(before: Place) -> None:
    upgrade(before.url)
    assert current(before.url) == HEAD
    assert before.ask("SELECT reference FROM batch") == [("b1",)]
    database = before.lab().records.database
    store = SqlBatchStore(database, Recorder(before.clock, before.dice))
    with store.writing() as unit:
        assert not unit.collected("P" * 26)
        unit.keep_collected("P" * 26, "b1", NOW)
        unit.commit(EVENT)
    with store.reading() as unit:
        assert unit.collected("P" * 26)
        assert not unit.collected("Q" * 26)
    with pytest.raises(IntegrityError), store.writing() as unit:
        unit.keep_collected("P" * 26, "b1", NOW)
