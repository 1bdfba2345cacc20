"""The ledger is append-only, checkpointed and purged by whole sealed segments."""

from __future__ import annotations

import inspect
from datetime import datetime

import pytest
from sqlalchemy.exc import DBAPIError

from qol.adapters.db.store_lab import SqlLabStore, SqlLabUnit
from qol.adapters.db.store_patient import SqlPatientStore, SqlPatientUnit
from qol.domain.audit import Act, AuditEvent
from qol.domain.errors import NotAllowedError
from qol.domain.ledger import Checkpoint, Fault, verify
from tests.integration.db.stock import EVENT, Place, administration

FORBIDDEN = [
    "UPDATE ledger SET actor = 'nobody'",
    "DELETE FROM ledger",
    "INSERT INTO ledger SELECT * FROM ledger",
]


def sign(checkpoint: Checkpoint) -> bytes:
    """A stand-in for the checkpoint key."""
    return b"signed " + checkpoint.encoded()


def checkpointed(count: int) -> AuditEvent:
    """The act's event."""
    return AuditEvent(Act.LEDGER_CHECKPOINTED, "lena", "", {"count": count})


@pytest.mark.parametrize("sql", FORBIDDEN)
def test_no_statement_changes_a_row(place: Place, sql: str) -> None:
    before = place.ask("SELECT * FROM ledger")
    with pytest.raises(DBAPIError):
        place.ask(sql)
    assert place.ask("SELECT * FROM ledger") == before != []


def test_replace_and_truncate_are_refused_too(place: Place) -> None:
    on_sqlite = place.url.startswith("sqlite")
    sql = "REPLACE INTO ledger SELECT * FROM ledger" if on_sqlite else "TRUNCATE ledger"
    with pytest.raises(DBAPIError, match="append-only"):
        place.ask(sql)


def test_the_only_commit_takes_an_event() -> None:
    for unit in (SqlPatientUnit, SqlLabUnit):
        assert list(inspect.signature(unit.commit).parameters) == ["self", "event"]
        assert not {"execute", "flush", "connection", "save"} & set(dir(unit))
    for store in (SqlPatientStore, SqlLabStore):
        assert "commit" not in dir(store)


def test_a_checkpoint_seals_each_grown_segment_once(place: Place) -> None:
    book, store = place.lab().ledger, place.patient().records
    assert book.checkpoint(sign, place.clock.now(), checkpointed) == 1
    with store.writing() as unit:
        unit.add(administration())
        unit.commit(EVENT)
    # The deposit's segment, and that of the checkpoint's own event.
    assert book.checkpoint(sign, place.clock.now(), checkpointed) == 2
    with book.reading() as (rows, signed):
        assert verify(rows, [one for one, _ in signed]) == []
        assert all(signature == sign(one) for one, signature in signed)
        assert len(signed) == 3


def test_a_checkpoint_is_never_changed(place: Place) -> None:
    place.lab().ledger.checkpoint(sign, place.clock.now(), checkpointed)
    for sql in ("DELETE FROM checkpoint", "UPDATE checkpoint SET number = 9"):
        with pytest.raises(DBAPIError, match="never changed"):
            place.ask(sql)


def test_a_row_altered_behind_the_triggers_is_found(place: Place) -> None:
    drop = "" if place.url.startswith("sqlite") else " ON ledger"
    name = "ledger_update" if place.url.startswith("sqlite") else "ledger_rows"
    place.ask(f"DROP TRIGGER {name}{drop}")
    place.ask("UPDATE ledger SET actor = 'nobody'")
    with place.lab().ledger.reading() as (rows, _):
        assert [finding.fault for finding in verify(rows, [])] == [Fault.ALTERED]


def purged(count: int) -> AuditEvent:
    """The act's event."""
    return AuditEvent(Act.LEDGER_VERIFIED, "job:upkeep", "", {"count": count})


def test_only_old_sealed_segments_are_purged(place: Place) -> None:
    book = place.lab().ledger
    for keep in (90, 182, 366, 400):
        with pytest.raises(NotAllowedError):
            book.purge(place.clock.now(), keep, purged)
    later = datetime(2027, 11, 1, tzinfo=place.clock.at.tzinfo)
    place.clock.at = later
    assert book.purge(later, 365, purged) == 0
    assert book.purge(later, 183, purged) == 0  # old, but not sealed
    book.checkpoint(sign, later, checkpointed)
    assert book.purge(later, 365, purged) == 0  # sealed, but not old
    assert book.purge(later, 183, purged) == 1
    with book.reading() as (rows, signed):
        assert verify(rows, [one for one, _ in signed]) == []
    assert place.ask("SELECT count(*) FROM ledger WHERE at < '2027'") == [(0,)]


def test_a_purge_mark_does_not_free_a_segment_that_has_grown(place: Place) -> None:
    lab = place.lab()
    lab.ledger.record(EVENT)
    lab.ledger.checkpoint(sign, place.clock.now(), checkpointed)
    place.ask("UPDATE checkpoint SET purged_at = signed_at")
    with pytest.raises(DBAPIError, match="append-only"):
        place.ask(
            "DELETE FROM ledger WHERE segment IN (SELECT segment FROM ledger"
            " WHERE act = 'ledger.checkpointed')"
        )
