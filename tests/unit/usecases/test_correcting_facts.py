"""The facts around answers are corrected as answers are: a new version, and a deposit's rules."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from qol.domain.administration import Body, Mode, Respondent
from qol.domain.answers import Answer, Code
from qol.domain.follow_up import WrongDay
from qol.domain.records import Altered, CorrectionReason, Facts, RecordState, Source
from qol.usecases.answered import WrongDayError
from qol.usecases.lab.records.correct import Correction, NothingChangedError
from qol.usecases.lab.records.facts import WrongRespondentError
from qol.usecases.lab.records.ports import Letter
from tests import builders
from tests.record_fakes import RELEASE, Desk, body_of, row

LENA = "staff:lena"
FIRST = RELEASE.instrument.items[0].code
DAY = builders.DAY_ZERO
"""Both visits' windows: 20 November to 4 December, 17 to 27 December. It is the 22nd."""
STANDS = Facts(DAY, Respondent.SELF, Mode.PAPER_HCP)


def written(timepoint: str = "t0") -> Desk:
    """One record typed from paper of the first day."""
    desk = Desk()
    body = replace(Body.from_canonical(body_of(answers={FIRST: Code(1)})), answered_on=DAY)
    desk.store.put(replace(row(1, timepoint=timepoint), envelope=body.canonical()))
    return desk


def correct(desk: Desk, facts: Facts, attempt: str = "a1", **answers: Answer) -> None:
    [one] = desk.rows(RecordState.CURRENT)
    desk.acts.correct("demo", LENA, one.id, given(facts, attempt, answers))


def given(
    facts: Facts, attempt: str = "a1", answers: dict[str, Answer] | None = None
) -> Correction:
    reason, source = CorrectionReason.ENTRY_ERROR, Source.PROFESSIONAL_CONFIRMED
    return Correction(attempt, answers or {}, reason, source, facts)


def refused(desk: Desk, facts: Facts) -> WrongDay:
    with pytest.raises(WrongDayError) as told:
        correct(desk, facts)
    assert len(desk.store.state.rows) == 1
    return told.value.why


def test_day_respondent_and_mode_are_of_the_new_version_and_the_old_one_keeps_its_own() -> None:
    desk = written()
    desk.store.state.versions = builders.in_force(builders.programme(proxy=("demo-qol",)))
    after = Facts(DAY + timedelta(days=1), Respondent.PROXY, Mode.INTERVIEW)
    correct(desk, after)
    [new], [old] = desk.rows(RecordState.CURRENT), desk.rows(RecordState.CORRECTED)
    body, before = Body.from_canonical(new.envelope), Body.from_canonical(old.envelope)
    assert Facts(body.answered_on, body.respondent, new.mode) == after
    assert Facts(before.answered_on, before.respondent, old.mode) == STANDS
    assert body.answers == before.answers
    assert new.received_at == old.received_at
    detail = desk.store.state.events[0].detail
    assert detail["fields"] == "answered_on,respondent,mode"
    assert str(after.answered_on) not in str(detail)


def test_the_trail_says_of_each_correction_what_stood_there_and_what_stands_since() -> None:
    desk = written()
    later = replace(STANDS, answered_on=DAY + timedelta(days=1))
    correct(desk, later, "a1")
    correct(desk, replace(later, mode=Mode.INTERVIEW), "a2", **{FIRST: Code(2)})
    [one] = desk.rows(RecordState.CURRENT)
    shown = desk.acts.read_record("demo", LENA, one.id)
    assert [shown.fields[change.successor or ""] for change in shown.trail] == [
        (Altered("answered_on", DAY, later.answered_on),),
        (
            Altered("mode", Mode.PAPER_HCP, Mode.INTERVIEW),
            Altered(f"q.{FIRST}", Code(1), Code(2)),
        ),
    ]
    assert desk.store.state.events[-1].detail["versions"] == 2


def test_what_a_destroyed_version_held_is_not_said(monkeypatch: pytest.MonkeyPatch) -> None:
    desk = written()
    correct(desk, replace(STANDS, mode=Mode.INTERVIEW))
    [old], [new] = desk.rows(RecordState.CORRECTED), desk.rows(RecordState.CURRENT)
    desk.store.put(replace(old, envelope=b"broken"))
    shown = desk.acts.read_record("demo", LENA, new.id)
    assert (shown.fields, len(shown.trail)) == ({}, 1)
    assert "versions" not in desk.store.state.events[-1].detail


@pytest.mark.parametrize(
    ("day", "why"),
    [
        (date(2026, 11, 23), WrongDay.TO_COME),
        (date(2026, 11, 19), WrongDay.NO_WINDOW),
        (date(2026, 11, 21), WrongDay.AFTER_END),
        (None, WrongDay.NEEDED),
    ],
)
def test_a_day_that_no_deposit_takes_is_refused(day: date | None, why: WrongDay) -> None:
    desk = written()
    desk.store.state.ended = DAY if why is WrongDay.AFTER_END else None
    assert refused(desk, replace(STANDS, answered_on=day)) is why


def test_nobody_answered_after_the_answers_were_received() -> None:
    desk = written()
    desk.clock.move(days=5)
    assert refused(desk, replace(STANDS, answered_on=date(2026, 11, 23))) is WrongDay.AFTER_RECEIPT


def test_nobody_answered_a_sheet_after_it_was_posted() -> None:
    desk = written()
    subject = builders.subject(1).reference
    sheet = Letter(
        1, subject, "A", "demo-qol", date(2026, 11, 22), DAY, row(1).id, RecordState.CURRENT, False
    )
    late = replace(sheet, number=2, posted_on=DAY - timedelta(days=1), duplicate=True)
    desk.store.state.letters += [sheet, late]
    next_day = replace(STANDS, mode=Mode.PAPER_POST, answered_on=DAY + timedelta(days=1))
    with pytest.raises(WrongDayError) as told:
        desk.acts.correct("demo", LENA, row(1).id, given(next_day))
    assert told.value.why is WrongDay.AFTER_RECEIPT
    desk.acts.correct("demo", LENA, row(1).id, given(replace(next_day, answered_on=DAY)))


def test_a_day_of_another_visit_moves_no_answers() -> None:
    desk = written("m1")
    assert refused(desk, replace(STANDS, answered_on=date(2026, 11, 21))) is WrongDay.ANOTHER_VISIT


def test_a_licence_that_had_ended_by_that_day_is_refused() -> None:
    desk = written()
    ended = [replace(one, licence_ends=DAY) for one in builders.releases("demo-qol")]
    desk.store.state.releases = (*ended, *builders.releases()[len(ended) :])
    assert refused(desk, replace(STANDS, answered_on=date(2026, 11, 21))) is WrongDay.NOT_OFFERED


def test_online_answers_have_no_day_but_that_of_their_receipt() -> None:
    desk = written()
    online = replace(STANDS, mode=Mode.SELF_ONLINE)
    assert refused(desk, online) is WrongDay.AS_RECEIVED
    correct(desk, replace(online, answered_on=None))
    [one] = desk.rows(RecordState.CURRENT)
    assert one.mode is Mode.SELF_ONLINE
    assert Body.from_canonical(one.envelope).answered_on is None


def test_nobody_else_answered_what_the_protocol_lets_nobody_else_answer() -> None:
    desk = written()
    with pytest.raises(WrongRespondentError):
        correct(desk, replace(STANDS, respondent=Respondent.PROXY))
    assert len(desk.store.state.rows) == 1


def test_facts_that_are_not_changed_are_not_asked_about() -> None:
    """What a protocol took before it changed stays, and an answer may still be corrected."""
    desk = written()
    desk.store.state.ended = DAY - timedelta(days=1)
    correct(desk, STANDS, **{FIRST: Code(2)})
    with pytest.raises(NothingChangedError):
        correct(desk, STANDS, "a2")
    assert desk.store.state.events[0].detail["fields"] == "answers"
