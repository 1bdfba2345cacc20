"""What the batches' pages ask of the store, and drawn slips that wait, on both databases."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from qol.adapters.db.housekeeping import volatile_database
from qol.adapters.db.ledger import Recorder
from qol.adapters.db.slip_prints import SqlPrints
from qol.adapters.db.store_batches import SqlBatchStore
from qol.domain.errors import AlreadySaidError
from qol.domain.revoking import Which
from qol.usecases.lab.batches.key_file import Recipient
from qol.usecases.lab.batches.ports import Batch, Row
from qol.usecases.lab.batches.printing import Drawing, Stage
from qol.usecases.lab.ports import NewBatch, NewPackage, NewPseudonym, Replacement
from tests.integration.db.stock import EVENT, NOW, Place, digest

HOLDER = Recipient("R" * 26, "dpo", "age1" + "q" * 58, "f" * 40, "leo", NOW)
B2 = NewBatch("b2", "demo", "A", NOW, "T" * 26, "leo")


def store_of(place: Place) -> SqlBatchStore:
    return SqlBatchStore(place.lab().records.database, Recorder(place.clock, place.dice))


def summary(place: Place) -> Batch:
    with store_of(place).reading() as unit:
        [one] = unit.batches("demo")
    return one


def rows(place: Place) -> tuple[Row, ...]:
    with store_of(place).reading() as unit:
        return unit.rows("demo", "b1")


def test_a_batch_is_counted(place: Place) -> None:
    one = summary(place)
    assert (one.reference, one.site, one.size) == ("b1", "A", 3)
    assert (one.live, one.issued, one.revoked, one.to_print, one.printed) == (2, 1, 0, 3, 0)
    with store_of(place).reading() as unit:
        assert unit.batches("other") == unit.rows("other", "b1") == ()


def test_a_replacement_is_known_by_its_page_and_its_old_number(place: Place) -> None:
    lab = place.lab().records
    with lab.writing() as unit:
        unit.replace(1, NewPseudonym(digest(9), b"new"), "0000Z", NOW)
        unit.keep_replacement(Replacement(1, "00001", "0000Z", "T" * 26, "leo", NOW))
        unit.commit(EVENT)
    with lab.reading() as unit:
        assert unit.replacement("T" * 26) == "0000Z"
        assert unit.replacement("U" * 26) is None
        assert unit.sheets_of("A") == {"00001", "0000Z", "00002", "00003"}
        assert unit.sheets_of("B") == frozenset()
    [row] = [row for row in rows(place) if row.sheet_number == "0000Z"]
    assert (row.state, row.formerly, row.unprinted) == ("live", ("00001",), True)
    assert (summary(place).size, summary(place).replaced) == (3, 1)


def test_an_issuing_is_known_by_its_page(place: Place) -> None:
    lab = place.lab().records
    with lab.writing() as unit:
        unit.add_batch(B2)
        unit.commit(EVENT)
    with lab.reading() as unit:
        assert (unit.batch_of("T" * 26), unit.batch_of("U" * 26)) == ("b2", None)


@pytest.mark.parametrize(("which", "dead"), [(Which.UNUSED, 1), (Which.ALL, 3)])
def test_revoking_kills_codes_and_copies(place: Place, which: Which, dead: int) -> None:
    store = store_of(place)
    with store.writing() as unit:
        assert unit.revoke_batch("other", "b1", which, NOW) == 0
        assert unit.revoke_batch("demo", "b1", which, NOW) == dead
        unit.commit(EVENT)
    one = summary(place)
    assert (one.revoked, one.to_print) == (dead, 3 - dead)
    with store.reading() as unit:
        assert len(unit.copies("demo", "b1")) == 3 - dead


def test_copies_are_taken_all_or_not_at_all(place: Place) -> None:
    store = store_of(place)
    with store.reading() as unit:
        copies = unit.copies("demo", "b1")
        assert [one.sheet_number for one in copies] == ["00001", "00002", "00003"]
        assert unit.copies("other", "b1") == ()
    for wrong in (
        replace(copies[2], slip=b"other"),
        replace(copies[2], state="live"),
        replace(copies[2], pseudonym=99),
    ):
        with store.writing() as unit:
            assert not unit.take_copies([*copies[:2], wrong])
    assert summary(place).printed == 0
    with store.writing() as unit:
        assert unit.take_copies(copies)
        unit.commit(EVENT)
    assert (summary(place).printed, summary(place).to_print) == (3, 0)
    with store.writing() as unit:
        assert not unit.take_copies(copies)


def test_a_key_file_ends_once(place: Place) -> None:
    store, lab = store_of(place), place.lab().records
    with store.writing() as unit:
        unit.add_recipient("demo", HOLDER)
        unit.commit(EVENT)
    with store.writing() as unit, pytest.raises(AlreadySaidError):
        unit.add_recipient("demo", replace(HOLDER, reference="S" * 26))
    with lab.writing() as unit:
        unit.add_batch(replace(B2, package=NewPackage(HOLDER.reference, b"closed")))
        unit.commit(EVENT)
    with store.writing() as unit:
        assert unit.recipients("demo") == (HOLDER,)
        assert unit.recipients("other") == ()
        assert unit.key_file("other", "b2") is None
        found = unit.key_file("demo", "b2")
        assert found is not None
        assert (found.recipient, found.asked_by, found.outcome) == (HOLDER, "leo", None)
        assert unit.end_key_file("b2", "released", "lia", NOW) == b"closed"
        assert unit.end_key_file("b2", "released", "lia", NOW) is None
        unit.commit(EVENT)
    with store.reading() as unit:
        found = unit.key_file("demo", "b2")
        assert found is not None
        assert found.outcome == "released"


def test_a_key_is_ended_once_whoever_was_quicker(place: Place) -> None:
    store = store_of(place)
    with store.writing() as unit:
        unit.add_recipient("demo", HOLDER)
        unit.end_recipient(HOLDER.reference, "leo", NOW)
        unit.commit(EVENT)
    with store.writing() as unit, pytest.raises(AlreadySaidError):
        unit.end_recipient(HOLDER.reference, "lia", NOW)
    with store.reading() as unit:
        assert [one.ended_at for one in unit.recipients("demo")] == [NOW]


@pytest.fixture
def prints(place: Place) -> SqlPrints:
    """Drawn slips on the volatile tables."""
    database = volatile_database(place.lab().records.database, place.folder / "volatile.sqlite3")
    place.databases.append(database)
    return SqlPrints(database)


DRAWING = Drawing("P" * 26, "b1", "max", Stage.DRAWING, 3, 0, NOW)


def test_a_drawing_is_told_ended_and_forgotten(prints: SqlPrints) -> None:
    assert prints.begin(DRAWING)
    assert not prints.begin(replace(DRAWING, actor="leo"))
    assert prints.find("P" * 26, NOW) == DRAWING
    assert prints.find("Q" * 26, NOW) is None
    later = NOW + timedelta(minutes=1)
    prints.told("P" * 26, 2, later)
    assert prints.find("P" * 26, later) == replace(DRAWING, drawn=2, touched=later)
    prints.end("P" * 26, Stage.READY, later, b"sealed")
    prints.end("P" * 26, Stage.COLLECTED, later, None)
    found = prints.find("P" * 26, later + timedelta(minutes=10))
    assert found is not None
    assert (found.stage, found.sealed) == (Stage.COLLECTED, b"sealed")
    assert prints.find("P" * 26, later + timedelta(minutes=10, seconds=1)) is None
    assert prints.find("P" * 26, later) is None  # it was deleted, not hidden


def test_one_that_was_not_heard_of_keeps_nobody_waiting(prints: SqlPrints) -> None:
    assert not prints.busy(NOW)
    prints.begin(DRAWING)
    assert prints.busy(NOW + timedelta(minutes=2))
    assert not prints.busy(NOW + timedelta(minutes=2, seconds=1))
    assert DRAWING.standing(NOW + timedelta(minutes=2)) is Stage.DRAWING
    assert DRAWING.standing(NOW + timedelta(minutes=3)) is Stage.FAILED
    prints.end("P" * 26, Stage.FAILED, NOW, None)
    assert not prints.busy(NOW)
