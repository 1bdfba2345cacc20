"""What the professionals' face may ask of the store, on both databases."""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta

import pytest

from qol.domain.audit import Act, AuditEvent
from qol.domain.errors import AlreadyReceivedError, AlreadySaidError
from qol.domain.follow_up import Mixup, Reason
from qol.domain.place import Place as Site
from qol.domain.schedule import Slot
from qol.usecases.hcp.ports import Attested, HcpStore, Said, Spare
from qol.usecases.hcp.printing import NoteVariant
from qol.usecases.ports import Ticket
from tests import builders
from tests.integration.db.stock import EVENT, NOW, SLOT, Place, administration, digest, new_subject

A, B = Site("demo", "A"), Site("demo", "B")
ACT = AuditEvent(Act.PSEUDONYM_HANDED_OVER, "staff:ana", "subject:x")
GIVEN = Attested("1", "fr", NoteVariant.PARENT, date(2026, 11, 21), "a1")
SAID = Said("staff:ana", NOW)


@pytest.fixture
def store(place: Place) -> HcpStore:
    """Site A has two subjects with live codes and three codes left; site B one."""
    more = [replace(new_subject(n), site="A" if n < 6 else "B") for n in (4, 5, 6)]
    with place.lab().records.writing() as unit:
        unit.add_subjects(more)
        unit.commit(EVENT)
    return place.hcp()


def handed(store: HcpStore, attempt: str = "a1", site: Site = A) -> Spare:
    with store.writing() as unit:
        spare = unit.next_spare(site)
        assert spare is not None
        unit.hand_over(spare, replace(GIVEN, attempt=attempt), builders.DAY_ZERO, SAID)
        unit.commit(ACT)
    return spare


def test_a_place_sees_its_own_subjects_and_no_other(store: HcpStore) -> None:
    handed(store, "b", B)
    with store.reading() as unit:
        assert [one.sheet_number for one in unit.followed(A)] == ["00001", "00002"]
        assert [one.sheet_number for one in unit.followed(B)] == ["00006"]
        assert unit.followed(Site("other", "A")) == ()
        assert unit.by_sheet(A, "00006") is None
        assert unit.by_sheet(B, "00001") is None
        assert unit.by_sheet(A, "00003") is None  # issued, not handed over
        assert (unit.spares(A), unit.spares(B)) == (3, 0)
        assert unit.handed_over(A, "b") is None
        assert unit.handed_over(B, "b") == "00006"


def test_the_next_code_goes_live_with_its_attestation(store: HcpStore, place: Place) -> None:
    spare = handed(store)
    assert (spare.sheet_number, spare.slip) == ("00003", b"slip")
    with store.reading() as unit:
        found = unit.by_sheet(A, "00003")
        assert found is not None
        assert (found.day_zero, found.unprinted, found.subject.live) == (
            builders.DAY_ZERO, True, True,
        )  # fmt: skip
        assert unit.attested(spare.subject_id) == GIVEN
        assert unit.spares(A) == 2
    with place.patient().records.reading() as patient:
        assert patient.subject_by_digest(digest(3)) is not None


def test_one_attempt_hands_one_code_over(store: HcpStore) -> None:
    handed(store)
    with pytest.raises(AlreadySaidError):
        handed(store)
    with store.reading() as unit:
        assert unit.spares(A) == 2


def test_professionals_at_once_get_a_code_each_until_none_is_left(store: HcpStore) -> None:
    def hand(number: int) -> str:
        with store.writing() as unit:
            spare = unit.next_spare(A)
            if spare is None:
                return "none"
            attested = replace(GIVEN, attempt=f"try{number}")
            unit.hand_over(spare, attested, builders.DAY_ZERO, SAID)
            unit.commit(ACT)
        return spare.sheet_number

    with ThreadPoolExecutor(6) as pool:
        found = Counter(pool.map(hand, range(6)))
    assert found == {"00003": 1, "00004": 1, "00005": 1, "none": 3}


def test_a_slip_is_taken_once(store: HcpStore) -> None:
    spare = handed(store)

    def take(_: int) -> bytes | None:
        with store.writing() as unit:
            slip = unit.take_slip(spare.subject_id)
            unit.commit(ACT)
        return slip

    with ThreadPoolExecutor(4) as pool:
        assert Counter(pool.map(take, range(4))) == {b"slip": 1, None: 3}
    with store.reading() as unit:
        found = unit.by_sheet(A, "00003")
        assert found is not None
        assert not found.unprinted


def test_a_slip_that_is_not_committed_is_not_taken(store: HcpStore) -> None:
    spare = handed(store)
    with store.writing() as unit:
        assert unit.take_slip(spare.subject_id) == b"slip"
    with store.writing() as unit:
        assert unit.take_slip(spare.subject_id) == b"slip"


def test_a_replaced_code_dies_at_once_and_the_subject_stays(store: HcpStore, place: Place) -> None:
    handed(store)
    with store.writing() as unit:
        before = unit.by_sheet(A, "00003")
        spare = unit.next_spare(A)
        assert before is not None
        assert spare is not None
        unit.replace(before.subject.id, spare, b"sealed anew", NOW)
        unit.commit(ACT)
    with place.patient().records.reading() as patient:
        assert patient.subject_by_digest(digest(3)) is None
        found = patient.subject_by_digest(digest(4))
        assert found is not None
        assert found.id == before.subject.id
    with store.writing() as unit:
        after = unit.by_sheet(A, "00003")
        assert after is not None
        assert (after.subject.reference, after.unprinted) == (before.subject.reference, True)
        assert unit.spares(A) == 1
        assert unit.by_sheet(A, "00004") is None
        assert unit.take_slip(before.subject.id) == b"sealed anew"
        unit.commit(ACT)


def test_what_was_received_said_and_ended_comes_back(store: HcpStore, place: Place) -> None:
    ended_on = date(2026, 12, 1)
    with store.writing() as unit:
        unit.add(administration())
        unit.entered(administration().id, "staff:ana", masked=True)
        unit.mark_not_done(1, "m1", Reason.MOVED, SAID)
        unit.end_follow_up(1, ended_on, Reason.DIED, SAID)
        unit.report_mixup(1, "t0", Mixup.SLIPS_SWAPPED, SAID)
        unit.commit(ACT)
    with store.reading() as unit:
        first, second = unit.followed(A)
        assert first.received == {SLOT: NOW + timedelta(seconds=1)}
        assert (first.not_done, first.ended) == ({"m1": Reason.MOVED}, ended_on)
        assert not first.subject.live
        assert (second.received, second.not_done, second.ended) == ({}, {}, None)
        assert unit.visit_of(1, SLOT) == "visit-1"
        assert unit.visit_of(1, Slot("m1", "demo-qol")) is None
    with place.patient().records.reading() as patient:
        assert patient.subject_by_digest(digest(1)) is None
    [[actor, masked]] = place.ask("SELECT actor, masked FROM entry")
    assert (actor, bool(masked)) == ("staff:ana", True)


def test_the_first_deposit_wins_whoever_made_it(store: HcpStore, place: Place) -> None:
    with place.patient().records.writing() as patient:
        patient.add(administration(1))
        patient.commit(EVENT)
    with pytest.raises(AlreadyReceivedError), store.writing() as unit:
        unit.add(administration(2))
    [[count]] = place.ask("SELECT count(*) FROM administration")
    assert count == 1


@pytest.mark.parametrize("what", ["mark", "end", "report"])
def test_what_was_said_is_not_said_again(store: HcpStore, what: str) -> None:
    def say() -> None:
        with store.writing() as unit:
            if what == "mark":
                unit.mark_not_done(1, "t0", Reason.REFUSED, SAID)
            elif what == "end":
                unit.end_follow_up(1, date(2026, 12, 1), Reason.REFUSED, SAID)
            else:
                unit.report_mixup(1, "t0", Mixup.SLIPS_SWAPPED, SAID)
            unit.commit(ACT)

    say()
    with pytest.raises(AlreadySaidError):
        say()


def test_a_ticket_is_made_here_and_spent_by_the_patients_face(
    store: HcpStore, place: Place
) -> None:
    made = Ticket(1, "V1", NOW)
    with store.writing() as unit:
        unit.add_ticket(b"d" * 32, made)
        unit.commit(ACT)
    with store.reading() as unit:
        assert unit.ticket(b"d" * 32) == made
        assert unit.ticket(b"e" * 32) is None
    later = NOW + timedelta(minutes=1)
    patients = place.patient().records
    with patients.writing() as patient:
        assert patient.ticket(b"d" * 32) == made
        assert patient.spend(b"d" * 32, later)
        patient.commit(EVENT)
    with patients.writing() as patient:
        assert not patient.spend(b"d" * 32, later)
        assert not patient.spend(b"e" * 32, later)
    with store.reading() as unit:
        assert unit.ticket(b"d" * 32) == replace(made, spent_at=later)


def test_reading_leaves_its_event(store: HcpStore, place: Place) -> None:
    with store.reading() as unit:
        unit.commit(AuditEvent(Act.WORK_LIST_READ, "staff:ana"))
    assert place.ask("SELECT actor FROM ledger WHERE act = 'work_list.read'") == [("staff:ana",)]


def test_a_slip_that_the_laboratory_handed_over_is_not_printed_here(store: HcpStore) -> None:
    with store.reading() as unit:
        found = unit.by_sheet(A, "00001")
        assert found is not None
        assert (found.attested, found.unprinted, found.subject.live) == (False, False, True)
