"""What the acts on records may ask of the store, on both databases."""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta
from threading import Barrier

import pytest

from qol.adapters.db.ledger import Recorder
from qol.adapters.db.store_records import SqlRecordsStore
from qol.bootstrap.drawing import drawn
from qol.domain.audit import Act, AuditEvent
from qol.domain.errors import AlreadySaidError
from qol.domain.follow_up import Mixup
from qol.domain.records import Change, ChangeKind, Decision, RecordState, Source
from qol.usecases.hcp.ports import Said
from qol.usecases.lab.records.ports import (
    ChangedMeanwhileError,
    Decided,
    Entry,
    RecordsStore,
    SlotTakenError,
    Wanted,
)
from tests.integration.db.stock import EVENT, NOW, Place, administration
from tests.unit.usecases.lab_fakes import SeededDice

FIRST = administration(1)
SECOND = administration(2, subject=2)
CHANGE = Change("a1", FIRST.id, ChangeKind.FROZEN, "objection", "staff:lena", NOW)
ACT = AuditEvent(Act.RECORD_FROZEN, "staff:lena", "subject:x")


@pytest.fixture
def store(place: Place) -> RecordsStore:
    """Two records, the first entered by a professional and reported."""
    with place.hcp().writing() as unit:
        unit.add(FIRST)
        unit.entered(FIRST.id, "staff:ana", masked=True)
        unit.add(SECOND)
        unit.report_mixup(1, "t0", Mixup.SLIPS_SWAPPED, Said("staff:ana", NOW))
        unit.commit(EVENT)
    recorder = Recorder(place.clock, SeededDice())
    return SqlRecordsStore(place.lab().database, drawn, recorder)


def corrected(store: RecordsStore, attempt: str, number: int) -> str:
    """Correct the first record as a second version would; its id."""
    made = administration(number)
    change = replace(CHANGE, attempt=attempt, kind=ChangeKind.CORRECTED, successor=made.id)
    with store.writing() as unit:
        unit.mark(FIRST.id, RecordState.CURRENT, RecordState.CORRECTED)
        unit.add(made)
        unit.changed(replace(change, reason="rectification", source=Source.PATIENT_REQUEST))
        unit.commit(ACT)
    return made.id


def test_a_list_is_newest_first_filtered_and_counted(store: RecordsStore) -> None:
    with store.reading() as unit:
        lines, total = unit.lines("demo", Wanted(), 1)
        assert ([line.id for line in lines], total) == ([SECOND.id, FIRST.id], 2)
        assert (lines[1].subject, lines[1].site) == ("S" + "1".zfill(25), "A")
        assert lines[1].received_at == NOW + timedelta(seconds=1)
        assert unit.lines("demo", Wanted(), 2) == ((), 2)
        assert unit.lines("demo", Wanted("t0", "demo-qol", RecordState.CURRENT), 1)[1] == 2
        for wanted in (Wanted("m1"), Wanted(instrument="x"), Wanted(state=RecordState.FROZEN)):
            assert unit.lines("demo", wanted, 1) == ((), 0)
        assert unit.lines("other", Wanted(), 1) == ((), 0)


def test_one_record_is_found_in_its_programme_only(store: RecordsStore) -> None:
    with store.reading() as unit:
        found = unit.record("demo", FIRST.id)
        assert found is not None
        assert found.administration == FIRST
        assert unit.record("other", FIRST.id) is None
        assert unit.record("demo", "R" * 26) is None
        assert unit.entry(FIRST.id) == Entry("staff:ana", masked=True)
        assert unit.entry(SECOND.id) is None


def test_a_subject_is_on_its_calendar(store: RecordsStore) -> None:
    with store.reading() as unit:
        known = unit.known(1, "Europe/Paris")
    assert known.day_zero == date(2026, 11, 20)
    assert [slot.timepoint for slot in known.received] == ["t0"]


def test_a_trail_is_followed_from_every_version(store: RecordsStore) -> None:
    second = corrected(store, "a1", 7)
    with store.writing() as unit:
        unit.mark(second, RecordState.CURRENT, RecordState.FROZEN)
        unit.changed(replace(CHANGE, attempt="a2", record=second, at=NOW + timedelta(days=1)))
        unit.commit(ACT)
    with store.reading() as unit:
        trail = unit.trail(second)
        assert [one.kind for one in trail] == [ChangeKind.CORRECTED, ChangeKind.FROZEN]
        assert (trail[0].source, trail[0].at) == (Source.PATIENT_REQUEST, NOW)
        assert unit.trail(FIRST.id) == trail
        assert unit.trail(SECOND.id) == ()
        assert [unit.attempted(name) for name in ("a1", "a2", "a3")] == [True, True, False]


def test_a_filled_slot_takes_no_second_version(store: RecordsStore) -> None:
    for state in (RecordState.CURRENT, RecordState.FROZEN):
        with store.writing() as unit:
            unit.mark(FIRST.id, RecordState.CURRENT, state)
            with pytest.raises(SlotTakenError):
                unit.add(administration(7))
    with store.writing() as unit, pytest.raises(ChangedMeanwhileError):
        unit.mark(FIRST.id, RecordState.FROZEN, RecordState.CURRENT)


def test_of_many_at_once_one_corrects(store: RecordsStore) -> None:
    together = Barrier(6)

    def attempt(number: int) -> str:
        together.wait()
        try:
            corrected(store, f"a{number}", 10 + number)
        except ChangedMeanwhileError:
            return "told"
        return "done"

    with ThreadPoolExecutor(6) as pool:
        assert Counter(pool.map(attempt, range(6))) == {"done": 1, "told": 5}
    with store.reading() as unit:
        assert len(unit.at(1, "t0")) == 1
        assert unit.lines("demo", Wanted(), 1)[1] == 3


def test_what_is_frozen_or_corrected_is_in_no_export(store: RecordsStore, place: Place) -> None:
    second = corrected(store, "a1", 7)

    def exported() -> list[str]:
        with place.lab().records.reading() as unit:
            return sorted(one.administration.id for one in unit.records("demo"))

    assert exported() == [SECOND.id, second]
    with store.writing() as unit:
        unit.mark(second, RecordState.CURRENT, RecordState.FROZEN)
        unit.commit(ACT)
    assert exported() == [SECOND.id]
    with store.reading() as unit:
        assert {one.administration.id for one in unit.at(1, "t0")} == {second}
    with place.patient().records.reading() as patient:
        assert len(patient.deposited(1)) == 1  # its slot stays occupied


def test_a_report_is_found_and_decided_once(store: RecordsStore) -> None:
    with store.reading() as unit:
        [report] = unit.reports("demo")
        assert unit.reports("other") == ()
        assert unit.report("demo", report.subject, "t0") == report
        assert unit.report("demo", report.subject, "m1") is None
        assert (report.sheet_number, report.site, report.open) == ("00001", "A", True)
    frozen = Decided("a1", Decision.FROZEN, "staff:lena", NOW)
    dismissed = Decided("a2", Decision.DISMISSED, "staff:lena", NOW + timedelta(hours=1))
    for decided in (frozen, dismissed):
        with store.writing() as unit:
            unit.decide(report, decided)
            unit.commit(ACT)
    for late in ("a3", "a2"):
        with store.writing() as unit, pytest.raises(ChangedMeanwhileError):
            unit.decide(report, replace(frozen, attempt=late))
    with store.reading() as unit:
        [known] = unit.reports("demo")
        assert (known.decided, known.open) == ((frozen, dismissed), False)
        assert unit.attempted("a2")


def test_a_visit_whose_report_was_decided_is_reported_anew_and_both_are_kept(
    store: RecordsStore, place: Place
) -> None:
    later = Said("staff:ben", NOW + timedelta(days=1))

    def again() -> None:
        with place.hcp().writing() as unit:
            unit.report_mixup(1, "t0", Mixup.WRONG_SHEET_ENTERED, later)
            unit.commit(EVENT)

    def decide(attempt: str, decision: Decision) -> None:
        with store.writing() as unit:
            report = unit.report("demo", "S" + "1".zfill(25), "t0")
            assert report is not None
            unit.decide(report, Decided(attempt, decision, "staff:lena", NOW))
            unit.commit(ACT)

    with pytest.raises(AlreadySaidError):
        again()
    decide("a1", Decision.FROZEN)
    with pytest.raises(AlreadySaidError):
        again()  # it still waits
    decide("a2", Decision.DISMISSED)
    again()
    with pytest.raises(AlreadySaidError):
        again()  # a second click
    decide("a3", Decision.DISMISSED)
    again()
    with store.reading() as unit:
        listed = unit.reports("demo", ("S" + "1".zfill(25), "t0"))
    assert [(one.number, one.open) for one in listed] == [(1, False), (2, False), (3, True)]
    assert [[d.attempt for d in one.decided] for one in listed] == [["a1", "a2"], ["a3"], []]
    assert listed[1].reason is Mixup.WRONG_SHEET_ENTERED
