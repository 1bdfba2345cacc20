"""Professionals at once, and a professional and a patient at once, on both databases."""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Barrier

import pytest

from qol.domain.administration import Administration
from qol.domain.audit import Act
from qol.domain.errors import AlreadyReceivedError
from qol.domain.place import Place as Site
from qol.usecases.hcp.hand_over import HandOver
from qol.usecases.hcp.ports import Attested
from qol.usecases.hcp.printing import NoteVariant
from tests import builders
from tests.integration.db.stock import EVENT, Place, administration, new_subject

A, MANY = Site("demo", "A"), 20


@pytest.fixture
def batch(place: Place) -> Place:
    """A place whose site has exactly twenty codes to hand over."""
    more = [new_subject(number) for number in range(4, 4 + MANY - 1)]
    with place.lab().records.writing() as unit:
        unit.add_subjects(more)
        unit.commit(EVENT)
    return place


def test_twenty_hand_overs_at_once_of_a_batch_of_twenty_give_twenty_codes(batch: Place) -> None:
    hand_over, ready = HandOver(batch.hcp(), batch.clock), Barrier(MANY)
    notice = builders.programme().notices["fr"]
    today = batch.clock.today(builders.programme().time_zone)

    def hand(number: int) -> str:
        given = Attested(notice.version, "fr", NoteVariant.ADULT, today, f"attempt{number}")
        ready.wait(20)
        return hand_over(A, "staff:ana", given, today)

    with ThreadPoolExecutor(MANY) as pool:
        sheets = list(pool.map(hand, range(MANY)))
    assert len(set(sheets)) == MANY
    live = batch.ask("SELECT count(DISTINCT subject_id) FROM attestation")
    events = batch.ask("SELECT count(*) FROM ledger WHERE act = 'pseudonym.handed_over'")
    assert live == events == [(MANY,)]
    with batch.hcp().reading() as unit:
        assert unit.spares(A) == 0


def test_of_a_patients_and_a_professionals_deposits_at_once_one_is_kept(place: Place) -> None:
    patient, hcp, ready = place.patient().records, place.hcp(), Barrier(8)

    def deposit(number: int) -> str:
        row: Administration = administration(number)
        opened = patient.writing if number % 2 else hcp.writing
        ready.wait(20)
        try:
            with opened() as unit:
                unit.add(row)
                unit.commit(replace(EVENT, act=Act.DEPOSITED, reference=row.id))
        except AlreadyReceivedError:
            return "already received"
        return "kept"

    with ThreadPoolExecutor(8) as pool:
        found = Counter(pool.map(deposit, range(8)))
    assert found == {"kept": 1, "already received": 7}
    [[kept]] = place.ask("SELECT id FROM administration")
    assert place.ask("SELECT reference FROM ledger WHERE act = 'administration.deposited'") == [
        (kept,)
    ]
