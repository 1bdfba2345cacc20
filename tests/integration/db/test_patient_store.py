"""What the patient face may ask of the store, on both databases."""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest

from qol.domain.errors import AlreadyReceivedError, NotAllowedError, StoreUnavailableError
from qol.domain.ledger import verify
from qol.domain.schedule import Slot
from tests import builders
from tests.integration.db.stock import EVENT, SLOT, Place, administration, digest


def rows(place: Place) -> tuple[int, int]:
    """How many administrations and how many of their events there are."""
    [[stored]] = place.ask("SELECT count(*) FROM administration")
    [[events]] = place.ask("SELECT count(*) FROM ledger WHERE act = 'administration.deposited'")
    return int(str(stored)), int(str(events))


def test_only_a_live_code_finds_its_subject(place: Place) -> None:
    with place.patient().records.reading() as unit:
        found = unit.subject_by_digest(digest(1))
        assert found is not None
        assert (found.reference, found.programme, found.site) == ("S" + "1".zfill(25), "demo", "A")
        assert found.day_zero == builders.DAY_ZERO
        assert found.live
        assert unit.subject(found.id) == found
        assert unit.subject_by_digest(digest(3)) is None  # issued, not live
        assert unit.subject_by_digest(digest(9)) is None
        assert unit.subject(999) is None


def test_a_programme_and_its_releases_come_back_as_they_were(place: Place) -> None:
    store = place.patient().records
    for _ in range(2):
        with store.reading() as unit:
            assert unit.versions("demo") == builders.in_force()
            assert unit.releases("demo") == builders.releases()
            assert unit.versions("other") == ()
            assert unit.releases("other") == ()


def test_a_deposit_is_found_again(place: Place) -> None:
    store = place.patient().records
    with store.writing() as unit:
        unit.add(administration())
        unit.commit(EVENT)
    with store.reading() as unit:
        assert unit.deposited(1) == {SLOT}
        assert unit.deposited(2) == frozenset()
        assert unit.visit_of(1, SLOT) == "visit-1"
        assert unit.visit_of(1, Slot("m1", "demo-qol")) is None
    assert rows(place) == (1, 1)


def test_a_filled_slot_refuses_another_row(place: Place) -> None:
    store = place.patient().records
    with store.writing() as unit:
        unit.add(administration(1))
        unit.commit(EVENT)
    with pytest.raises(AlreadyReceivedError), store.writing() as unit:
        unit.add(administration(2))
    assert rows(place) == (1, 1)
    with store.reading() as unit:
        assert unit.visit_of(1, SLOT) == "visit-1"


def test_fifty_writers_to_one_slot_store_one_row(place: Place) -> None:
    store = place.patient().records

    def send(number: int) -> str:
        try:
            with store.writing() as unit:
                unit.add(administration(number))
                unit.commit(replace(EVENT, reference=str(number)))
        except AlreadyReceivedError:
            return "already"
        return "stored"

    with ThreadPoolExecutor(50) as pool:
        assert Counter(pool.map(send, range(50))) == {"stored": 1, "already": 49}
    assert rows(place) == (1, 1)


def test_parallel_deposits_keep_the_ledger_whole(place: Place) -> None:
    store = place.patient().records
    slots = [Slot(t, i) for t in ("t0", "m1") for i in builders.BATTERY]

    def send(number: int) -> None:
        with store.writing() as unit:
            unit.add(administration(number, subject=1 + number // 4, slot=slots[number % 4]))
            unit.commit(EVENT)

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(send, range(8)))
    assert rows(place) == (8, 8)
    with place.lab().ledger.reading() as (ledger, signed):
        assert verify(ledger, [one for one, _ in signed]) == []


def test_what_is_not_committed_is_rolled_back(place: Place) -> None:
    store = place.patient().records
    with store.writing() as unit:
        unit.add(administration())

    def fail() -> None:
        with store.writing() as unit:
            unit.add(administration())
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert rows(place) == (0, 0)


@pytest.mark.parametrize("point", ["after_begin", "after_row", "after_event", "after_commit"])
def test_a_death_at_any_point_leaves_row_and_event_or_neither(place: Place, point: str) -> None:
    def fault(reached: str) -> None:
        if reached == point:
            raise KeyboardInterrupt

    store = place.patient(fault).records

    def send() -> None:
        with store.writing() as unit:
            unit.add(administration())
            unit.commit(EVENT)

    with pytest.raises(KeyboardInterrupt):
        send()
    assert rows(place) == ((1, 1) if point == "after_commit" else (0, 0))
    after = place.patient().records
    with after.writing() as unit:
        unit.add(administration(2, subject=2))
        unit.commit(EVENT)
    with place.lab().ledger.reading() as (ledger, _):
        assert verify(ledger, []) == []


def test_a_reading_unit_neither_writes_nor_commits(place: Place) -> None:
    store = place.patient().records
    with pytest.raises(NotAllowedError), store.reading() as unit:
        unit.commit(EVENT)
    with pytest.raises(StoreUnavailableError), store.reading() as unit:
        unit.add(administration())
    assert rows(place) == (0, 0)


def test_a_segment_ends_with_its_day(place: Place) -> None:
    store = place.patient().records
    for number in (1, 2):
        with store.writing() as unit:
            unit.add(administration(number, subject=number))
            unit.commit(EVENT)
        place.clock.at += timedelta(days=1)
    act = "administration.deposited"
    found = place.ask(f"SELECT DISTINCT segment FROM ledger WHERE act = '{act}'")
    assert len(found) == 2


def test_an_altered_release_is_not_shown(place: Place) -> None:
    from qol.domain.errors import InstrumentError

    place.ask(
        "UPDATE release SET wording = (SELECT wording FROM release WHERE id = 2) WHERE id = 1"
    )
    with pytest.raises(InstrumentError, match="hashes"), place.patient().records.reading() as unit:
        unit.releases("demo")


def test_registered_fingerprints_are_read(place: Place) -> None:
    from qol.usecases.lab.ports import Fingerprint

    assert place.patient().fingerprints() == {}
    with place.lab().records.writing() as unit:
        unit.register_key(Fingerprint("k1", "demo", 2026, "deposit", "aa"))
        unit.commit(EVENT)
    assert place.patient().fingerprints() == {"k1": "aa"}
