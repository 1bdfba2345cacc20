"""The laboratory decides on a wrong-patient report: freeze, move, exchange, dismiss (T-19)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from qol.domain.administration import Administration, Body
from qol.domain.answers import Code
from qol.domain.audit import Act
from qol.domain.errors import KeyAbsentError
from qol.domain.follow_up import Mixup
from qol.domain.records import ChangeKind, Decision, FreezeReason, RecordState
from qol.usecases.lab.records.ports import (
    ChangedMeanwhileError,
    Report,
    SlotTakenError,
    UnknownRecordError,
)
from qol.usecases.lab.records.reassign_report import (
    NoSuchSubjectError,
    NothingToMoveError,
    Right,
)
from tests import builders
from tests.record_fakes import RELEASE, WHEN, Desk, row

FIRST, LENA = RELEASE.instrument.items[0].code, "staff:lena"
ONE = builders.subject(1)
KEY = (ONE.reference, "t0")
OTHER = Right("a1", "00002", exchange=False)
REPORT = Report(1, ONE.reference, "A", "00001", "t0", Mixup.SLIPS_SWAPPED, "staff:ana", WHEN)


@pytest.fixture
def desk() -> Desk:
    made = Desk()
    made.store.put(row(1, answers={FIRST: Code(1)}))
    made.store.state.reports.append(REPORT)
    return made


def held(desk: Desk, subject: int) -> list[Administration]:
    """What fills the subject's slots."""
    filled = desk.rows(RecordState.CURRENT) + desk.rows(RecordState.FROZEN)
    return [one for one in filled if one.subject_id == subject]


def said(desk: Desk, one: Administration) -> object:
    return Body.from_canonical(one.envelope).answers[FIRST]


def decide(desk: Desk, decision: Decision, attempt: str = "a1", who: str = LENA) -> None:
    desk.acts.decide_report("demo", who, KEY, attempt, decision)


def test_answers_move_to_the_right_subject_sealed_for_it(desk: Desk) -> None:
    for _ in range(2):  # a second click moves nothing more
        desk.acts.reassign_report("demo", LENA, KEY, OTHER)
    assert held(desk, 1) == []
    [moved] = held(desk, 2)
    assert said(desk, moved) == Code(1)
    [(context, _)] = desk.sealer.bodies
    assert (context.administration, context.subject) == (moved.id, builders.subject(2).reference)
    [old] = desk.rows(RecordState.CORRECTED)
    assert (old.id, old.subject_id) == (row(1).id, 1)
    [change] = desk.store.state.changes
    assert (change.kind, change.reason) == (ChangeKind.REASSIGNED, "slips_swapped")
    assert (change.record, change.successor) == (old.id, moved.id)
    [event] = desk.store.state.events
    assert (event.act, event.reference) == (Act.REPORT_DECIDED, f"subject:{ONE.reference}")
    assert event.detail["decision"] == "reassigned"
    assert not desk.store.state.reports[0].open


def test_swapped_slips_are_exchanged(desk: Desk) -> None:
    desk.store.put(row(2, subject=2, answers={FIRST: Code(4)}))
    with pytest.raises(SlotTakenError):
        desk.acts.reassign_report("demo", LENA, KEY, OTHER)
    desk.acts.reassign_report("demo", LENA, KEY, replace(OTHER, exchange=True))
    [[mine], [theirs]] = [held(desk, number) for number in (1, 2)]
    assert (said(desk, mine), said(desk, theirs)) == (Code(4), Code(1))
    assert len(desk.rows(RecordState.CORRECTED)) == 2


def test_freezing_keeps_the_report_open_and_dismissing_lifts_what_it_froze(desk: Desk) -> None:
    decide(desk, Decision.FROZEN)
    assert desk.rows(RecordState.CURRENT) == []
    assert desk.store.state.reports[0].open
    decide(desk, Decision.DISMISSED, "a2")
    assert len(desk.rows(RecordState.CURRENT)) == 1
    assert [one.kind for one in desk.store.state.changes] == [ChangeKind.FROZEN, ChangeKind.LIFTED]
    assert not desk.store.state.reports[0].open


def test_what_the_report_froze_may_still_be_moved(desk: Desk) -> None:
    decide(desk, Decision.FROZEN)
    desk.acts.reassign_report("demo", LENA, KEY, replace(OTHER, attempt="a2"))
    assert [one.state for one in held(desk, 2)] == ["current"]


def test_what_is_frozen_for_another_reason_stays_frozen(desk: Desk) -> None:
    desk.acts.freeze("demo", LENA, row(1).id, "f", FreezeReason.LEGAL_CLAIM)
    with pytest.raises(NothingToMoveError):
        desk.acts.reassign_report("demo", LENA, KEY, OTHER)
    decide(desk, Decision.DISMISSED)
    assert len(desk.rows(RecordState.FROZEN)) == 1


def test_it_is_decided_once_and_the_second_person_is_told(desk: Desk) -> None:
    for _ in range(2):
        decide(desk, Decision.DISMISSED)
    with pytest.raises(ChangedMeanwhileError):
        decide(desk, Decision.FROZEN, "a2", "staff:ivo")
    with pytest.raises(ChangedMeanwhileError):
        desk.acts.reassign_report("demo", "staff:ivo", KEY, replace(OTHER, attempt="a3"))
    assert len(desk.store.state.events) == 1
    assert len(held(desk, 1)) == 1


@pytest.mark.parametrize("number", ["00001", "00009", ""])
def test_the_right_subject_is_another_of_the_same_site(desk: Desk, number: str) -> None:
    with pytest.raises(NoSuchSubjectError):
        desk.acts.reassign_report("demo", LENA, KEY, replace(OTHER, sheet_number=number))


def test_a_subject_that_nobody_follows_is_no_right_one(desk: Desk) -> None:
    desk.store.state.subjects[1] = replace(desk.store.state.subjects[1], day_zero=None)
    with pytest.raises(NoSuchSubjectError):
        desk.acts.reassign_report("demo", LENA, KEY, OTHER)


def test_an_empty_slot_has_nothing_to_move(desk: Desk) -> None:
    desk.store.state.rows.clear()
    with pytest.raises(NothingToMoveError):
        desk.acts.reassign_report("demo", LENA, KEY, OTHER)


def test_what_does_not_open_is_not_moved(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def gone(*_: object) -> bytes:
        raise KeyAbsentError("gone")

    monkeypatch.setattr(desk.opener, "open", gone)
    with pytest.raises(KeyAbsentError):
        desk.acts.reassign_report("demo", LENA, KEY, OTHER)
    assert desk.store.state.reports[0].open


@pytest.mark.parametrize("point", ["after_sealing", "after_rows"])
def test_a_death_before_the_commit_moves_nothing(desk: Desk, point: str) -> None:
    def dies(reached: str) -> None:
        if reached == point:
            raise KeyboardInterrupt

    desk.fault = dies
    with pytest.raises(KeyboardInterrupt):
        desk.acts.reassign_report("demo", LENA, KEY, OTHER)
    assert len(held(desk, 1)) == 1
    assert desk.store.state.events == []


def test_reading_reports_is_told_to_the_ledger_and_shows_no_answer(desk: Desk) -> None:
    assert desk.acts.list_reports("demo", LENA) == (REPORT,)
    shown = desk.acts.read_report("demo", LENA, *KEY)
    assert [one.administration.id for one in shown.records] == [row(1).id]
    assert desk.opener.asked == []
    assert [one.act for one in desk.store.state.events] == [Act.REPORTS_LISTED, Act.REPORT_READ]
    with pytest.raises(UnknownRecordError):
        desk.acts.read_report("demo", LENA, "S9", "t0")


def test_moving_is_not_asked_of_the_act_that_moves_nothing(desk: Desk) -> None:
    with pytest.raises(ValueError, match="moves answers"):
        decide(desk, Decision.EXCHANGED)
