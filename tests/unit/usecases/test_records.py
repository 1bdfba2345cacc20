"""A record is listed, read, corrected, frozen and lifted; nothing is ever edited (EA-11.1)."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qol.domain.administration import Body
from qol.domain.answers import Answer, Code, State
from qol.domain.audit import Act
from qol.domain.errors import EnvelopeError, KeyAbsentError
from qol.domain.records import (
    ChangeKind,
    CorrectionReason,
    FreezeReason,
    LiftReason,
    RecordState,
    Source,
)
from qol.domain.scoring import score
from qol.usecases.lab.opened_record import Unreadable
from qol.usecases.lab.records.correct import Correction, NothingChangedError, OpenedItemsError
from qol.usecases.lab.records.ports import ChangedMeanwhileError, UnknownRecordError, Wanted
from tests.record_fakes import RELEASE, Desk, row

ITEMS = RELEASE.instrument.items
FIRST = ITEMS[0]
LENA = "staff:lena"


def typed(code: int, attempt: str = "a1", item: str = FIRST.code) -> Correction:
    return correction({item: Code(code)}, attempt)


def correction(answers: dict[str, Answer], attempt: str = "a1") -> Correction:
    reason, source = CorrectionReason.TRANSCRIPTION_ERROR, Source.PAPER_ORIGINAL
    return Correction(attempt, answers, reason, source)


@pytest.fixture
def desk() -> Desk:
    made = Desk()
    made.store.put(row(1, answers={FIRST.code: Code(1)}))
    return made


def current(desk: Desk) -> Body:
    [one] = desk.rows(RecordState.CURRENT)
    return Body.from_canonical(one.envelope)


def test_a_list_is_filtered_paged_and_told_to_the_ledger(desk: Desk) -> None:
    desk.store.put(*(row(n, subject=1 + n % 2, timepoint=f"x{n}") for n in range(2, 60)))
    listed = desk.acts.list_records("demo", LENA, Wanted(), 1)
    assert (len(listed.lines), listed.total, listed.pages) == (50, 59, 2)
    assert len(desk.acts.list_records("demo", LENA, Wanted(), 2).lines) == 9
    [line] = desk.acts.list_records("demo", LENA, Wanted("t0", state=RecordState.CURRENT), 1).lines
    assert (line.id, line.subject) == (row(1).id, "S" + "1".zfill(25))
    assert desk.acts.list_records("demo", LENA, Wanted(state=RecordState.FROZEN), 1).total == 0
    event = desk.store.state.events[2]
    assert (event.act, event.reference) == (Act.RECORDS_LISTED, "programme:demo")
    assert event.detail == {"page": 1, "count": 1, "timepoint": "t0", "state": "current"}
    assert not any("answers" in name for name in type(line).__slots__)


def test_a_record_is_opened_scored_and_told_to_the_ledger(desk: Desk) -> None:
    shown = desk.acts.read_record("demo", LENA, row(1).id)
    assert shown.opened.body is not None
    assert list(shown.opened.scores) == score(RELEASE.instrument, shown.opened.body.answers)
    [event] = desk.store.state.events
    assert (event.act, event.actor) == (Act.RECORD_READ, LENA)
    assert event.reference == f"subject:{shown.opened.stored.subject_reference}"
    assert event.detail == {"record": row(1).id, "state": "current", "opened": 1}


@pytest.mark.parametrize(
    ("error", "why"),
    [(KeyAbsentError("gone"), Unreadable.KEY), (EnvelopeError("altered"), Unreadable.BODY)],
)
def test_what_does_not_open_says_why_and_is_told_all_the_same(
    desk: Desk, error: Exception, why: Unreadable, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> bytes:
        raise error

    monkeypatch.setattr(desk.opener, "open", refuse)
    shown = desk.acts.read_record("demo", LENA, row(1).id)
    assert (shown.opened.body, shown.opened.scores, shown.opened.why) == (None, (), why)
    assert desk.store.state.events[-1].detail["opened"] == 0
    with pytest.raises(type(error)):
        desk.acts.correct("demo", LENA, row(1).id, typed(2))
    assert [one.act for one in desk.store.state.events] == [Act.RECORD_READ]


def test_answers_that_are_not_the_releases_are_no_record(desk: Desk) -> None:
    desk.store.put(replace(row(1), envelope=Body({"zz": Code(1)}, "fr").canonical()))
    assert desk.acts.read_record("demo", LENA, row(1).id).opened.why is Unreadable.BODY


def test_the_record_of_another_programme_is_no_record(desk: Desk) -> None:
    for act in (
        lambda: desk.acts.read_record("other", LENA, row(1).id),
        lambda: desk.acts.correct("other", LENA, row(1).id, typed(2)),
        lambda: desk.acts.freeze("other", LENA, row(1).id, "a", FreezeReason.OBJECTION),
    ):
        with pytest.raises(UnknownRecordError):
            act()
    assert desk.store.state.events == []


def test_a_correction_is_a_new_version_and_the_old_one_stays(desk: Desk) -> None:
    old = desk.store.state.rows[row(1).id]
    desk.acts.correct("demo", LENA, old.id, typed(2))
    [new] = desk.rows(RecordState.CURRENT)
    [kept] = desk.rows(RecordState.CORRECTED)
    assert kept == replace(old, state="corrected")
    assert (new.mode, new.received_at, new.release_id) == (
        old.mode,
        old.received_at,
        old.release_id,
    )
    assert new.key_id == "demo-2026"
    assert current(desk).answers == Body.from_canonical(old.envelope).answers | {
        FIRST.code: Code(2)
    }
    [(context, _)] = desk.sealer.bodies
    assert (context.administration, context.subject) == (new.id, "S" + "1".zfill(25))
    shown = desk.acts.read_record("demo", LENA, new.id)
    [change] = shown.trail
    assert (change.record, change.successor, change.kind) == (old.id, new.id, ChangeKind.CORRECTED)
    assert desk.acts.read_record("demo", LENA, old.id).trail == shown.trail
    event = desk.store.state.events[0]
    assert (event.act, event.detail["reason"]) == (Act.RECORD_CORRECTED, "transcription_error")
    assert FIRST.code not in json.dumps(event.detail)


def test_a_correction_in_a_later_year_is_sealed_for_the_year_of_the_record(desk: Desk) -> None:
    desk.clock.move(days=400)
    desk.acts.correct("demo", LENA, row(1).id, typed(2))
    assert desk.rows(RecordState.CURRENT)[0].key_id == "demo-2026"


def test_a_second_click_is_one_version_and_a_second_person_is_told(desk: Desk) -> None:
    for _ in range(2):
        desk.acts.correct("demo", LENA, row(1).id, typed(2))
    with pytest.raises(ChangedMeanwhileError):
        desk.acts.correct("demo", "staff:other", row(1).id, typed(3, "a2"))
    assert len(desk.store.state.rows) == 2
    assert len(desk.store.state.changes) == 1


def test_two_at_the_very_same_time_are_one_version_too(desk: Desk) -> None:
    def quicker(point: str) -> None:
        if point == "after_sealing" and desk.fault is quicker:
            desk.fault = lambda _: None
            desk.acts.correct("demo", "staff:other", row(1).id, typed(3, "a2"))

    desk.fault = quicker
    with pytest.raises(ChangedMeanwhileError):
        desk.acts.correct("demo", LENA, row(1).id, typed(2))
    assert current(desk).answers[FIRST.code] == Code(3)
    assert len(desk.store.state.rows) == 2


@pytest.mark.parametrize("point", ["after_sealing", "after_rows"])
def test_a_death_between_seal_and_commit_leaves_the_old_version(desk: Desk, point: str) -> None:
    def dies(reached: str) -> None:
        if reached == point:
            raise KeyboardInterrupt

    desk.fault, before = dies, dict(desk.store.state.rows)
    with pytest.raises(KeyboardInterrupt):
        desk.acts.correct("demo", LENA, row(1).id, typed(2))
    assert desk.store.state.rows == before
    assert (desk.store.state.changes, desk.store.state.events) == ([], [])


def test_nothing_new_is_no_correction(desk: Desk) -> None:
    for answers in ({}, {FIRST.code: Code(1)}):
        with pytest.raises(NothingChangedError):
            desk.acts.correct("demo", LENA, row(1).id, correction(dict(answers)))
    assert len(desk.store.state.rows) == 1


def test_how_a_line_was_touched_stays_when_the_same_number_is_typed(desk: Desk) -> None:
    line = next(item for item in ITEMS if item.display == "line")
    desk.store.put(row(1, answers={line.code: Code(40, "line"), FIRST.code: Code(1)}))
    given: dict[str, Answer] = {line.code: Code(40, "number"), FIRST.code: Code(2)}
    desk.acts.correct("demo", LENA, row(1).id, correction(given))
    assert current(desk).answers[line.code] == Code(40, "line")


def test_an_item_that_a_correction_opens_must_be_answered_too(desk: Desk) -> None:
    inner = next(item for item in ITEMS if item.enable_when)
    assert inner.enable_when is not None
    outer, codes = RELEASE.instrument.item(inner.enable_when.item), inner.enable_when.codes
    shut = next(code for code in range(8) if code not in codes)
    desk.store.put(row(1, answers={outer.code: Code(shut)}))
    opens = {outer.code: Code(min(codes))}
    with pytest.raises(OpenedItemsError) as told:
        desk.acts.correct("demo", LENA, row(1).id, correction(dict(opens)))
    assert inner.code in told.value.items
    opened: dict[str, Answer] = dict.fromkeys(told.value.items, State.UNANSWERED)
    desk.acts.correct("demo", LENA, row(1).id, correction({**opens, **opened}))
    assert current(desk).answers[inner.code] is State.UNANSWERED


def test_a_frozen_record_is_out_and_comes_back_and_the_trail_keeps_both(desk: Desk) -> None:
    for _ in range(2):
        desk.acts.freeze("demo", LENA, row(1).id, "a1", FreezeReason.ACCURACY_CONTESTED)
    assert desk.rows(RecordState.CURRENT) == []
    with pytest.raises(ChangedMeanwhileError):
        desk.acts.correct("demo", LENA, row(1).id, typed(2, "a2"))
    with pytest.raises(ChangedMeanwhileError):
        desk.acts.freeze("demo", LENA, row(1).id, "a3", FreezeReason.OBJECTION)
    desk.acts.freeze("demo", LENA, row(1).id, "a4", LiftReason.TO_CORRECT)
    desk.acts.correct("demo", LENA, row(1).id, typed(2, "a5"))
    kinds = [one.kind for one in desk.store.state.changes]
    assert kinds == [ChangeKind.FROZEN, ChangeKind.LIFTED, ChangeKind.CORRECTED]
    acts = [one.act for one in desk.store.state.events]
    assert acts == [Act.RECORD_FROZEN, Act.RECORD_LIFTED, Act.RECORD_CORRECTED]


STEPS = st.lists(
    st.tuples(st.sampled_from(["correct", "freeze", "lift"]), st.sampled_from(FIRST.codes))
)


@given(steps=STEPS)
def test_whatever_is_done_one_version_holds_the_slot(steps: list[tuple[str, int]]) -> None:
    """correct^n, freeze, lift in any order: one fills the slot, the rest is corrected."""
    desk = Desk()
    desk.store.put(row(1, answers={FIRST.code: Code(FIRST.codes[0])}))
    told, done = FIRST.codes[0], 0
    for number, (step, code) in enumerate(steps):
        [filled] = desk.rows(RecordState.CURRENT) + desk.rows(RecordState.FROZEN)
        try:
            if step == "correct":
                desk.acts.correct("demo", LENA, filled.id, typed(code, f"a{number}"))
                told, done = code, done + 1
            else:
                reason = FreezeReason.OBJECTION if step == "freeze" else LiftReason.TO_CORRECT
                desk.acts.freeze("demo", LENA, filled.id, f"a{number}", reason)
        except (ChangedMeanwhileError, NothingChangedError):
            continue
    [filled] = desk.rows(RecordState.CURRENT) + desk.rows(RecordState.FROZEN)
    assert Body.from_canonical(filled.envelope).answers[FIRST.code] == Code(told)
    assert len(desk.rows(RecordState.CORRECTED)) == done
