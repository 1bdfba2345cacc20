"""A recipient of before keeps its key for a year from its registration, and may end at once."""

from __future__ import annotations

from datetime import timedelta

import pytest

from qol.adapters.db.ledger import Recorder
from qol.adapters.db.migrating import current, upgrade
from qol.adapters.db.starting import HEAD
from qol.adapters.db.store_batches import SqlBatchStore
from qol.domain.errors import AlreadySaidError
from tests.integration.db.stock import EVENT, NOW, Place

BEFORE = "0013"


@pytest.fixture
def before(bare: Place) -> Place:
    """A database of the revision before, with a recipient."""
    upgrade(bare.url, BEFORE)
    bare.ask(
        "INSERT INTO recipient"
        " (reference, programme, label, key, fingerprint, actor, registered_at)"
        " VALUES ('r1', 'demo', 'dpo', 'age1', 'ff', 'leo', '2026-01-15 00:00:00')"
    )
    return bare


def test_a_key_of_before_is_in_force_until_it_is_ended_once(before: Place) -> None:
    upgrade(before.url)
    assert current(before.url) == HEAD
    store = SqlBatchStore(before.lab().records.database, Recorder(before.clock, before.dice))
    with store.reading() as unit:
        (kept,) = unit.recipients("demo")
    assert kept.ended_at is None
    assert kept.in_force(kept.ends)
    assert not kept.in_force(kept.ends + timedelta(days=1))
    with store.writing() as unit:
        unit.end_recipient("r1", "leo", NOW)
        unit.commit(EVENT)
    with store.reading() as unit:
        (ended,) = unit.recipients("demo")
    assert ended.ended_at == NOW
    assert not ended.in_force(kept.ends)
    with pytest.raises(AlreadySaidError), store.writing() as unit:
        unit.end_recipient("r1", "leo", NOW)
