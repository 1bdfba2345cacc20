"""Where a timepoint stands is arithmetic: received, said, ended, today."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qol.domain.follow_up import (
    Known,
    Reason,
    State,
    WrongDay,
    answered_at,
    likely_day_zero,
    likely_note_day,
    standings,
)
from qol.domain.programme import Offset, Programme, Timepoint, Window
from qol.domain.schedule import InForce, Slot, due

DAY = date(2026, 11, 20)
TODAY = date(2026, 12, 10)
T0 = Timepoint("t0", {}, Window(Offset(), Offset(days=14)), ("pain-nrs", "lasa"))
M1 = Timepoint("m1", {}, Window(Offset(days=15), Offset(days=40)), ("pain-nrs",))
M3 = Timepoint("m3", {}, Window(Offset(months=3), Offset(months=3, days=7)), ("pain-nrs",))
BOTH = {Slot("t0", "pain-nrs"): DAY, Slot("t0", "lasa"): date(2026, 11, 22)}
PROGRAMME = Programme(
    id="demo",
    version=1,
    labels={},
    time_zone="Europe/Paris",
    languages=("fr",),
    timepoints=(T0, M1, M3),
    releases={"pain-nrs": "1", "lasa": "1"},
    notices={},
    legal_frame="",
    decision_reference="",
    decision_date=DAY,
)
VERSIONS = (InForce(PROGRAMME, date(2026, 1, 1)),)


def states(known: Known, today: date = TODAY) -> list[State]:
    return [one.state for one in standings(VERSIONS, known, today)]


def test_late_due_and_upcoming_follow_the_windows() -> None:
    assert states(Known(DAY)) == [State.LATE, State.DUE, State.UPCOMING]
    assert states(Known(DAY), DAY) == [State.DUE, State.UPCOMING, State.UPCOMING]


def test_a_timepoint_is_done_when_its_whole_battery_was_received() -> None:
    half = {Slot("t0", "lasa"): DAY}
    first = standings(VERSIONS, Known(DAY, half), TODAY)[0]
    assert (first.state, first.received, first.expected) == (State.LATE, 1, 2)
    first = standings(VERSIONS, Known(DAY, BOTH), TODAY)[0]
    assert (first.state, first.last) == (State.DONE, date(2026, 11, 22))


def test_what_was_received_counts_before_what_was_said_of_it() -> None:
    said = {"t0": Reason.TOO_ILL}
    assert states(Known(DAY, {}, said))[0] is State.NOT_DONE
    assert states(Known(DAY, BOTH, said))[0] is State.DONE


def test_an_end_closes_what_was_open_or_to_come_and_leaves_what_was_late() -> None:
    assert states(Known(DAY, ended=TODAY)) == [State.LATE, State.ENDED, State.ENDED]
    assert states(Known(DAY, BOTH, ended=TODAY)) == [State.DONE, State.ENDED, State.ENDED]


@given(st.integers(-30, 200), st.integers(0, 200) | st.none())
def test_due_on_the_work_list_is_due_on_the_phone(away: int, end: int | None) -> None:
    """Unless the follow-up ended: then the code is dead and the list waits for nothing."""
    today = DAY + timedelta(days=away)
    known = Known(DAY, ended=None if end is None else DAY + timedelta(days=end))
    listed = {o.timepoint.code for o in standings(VERSIONS, known, today) if o.state is State.DUE}
    phone = {one.slot.timepoint for one in due(VERSIONS, DAY, (), today)}
    assert listed <= phone
    if end is None:
        assert listed == phone


@given(st.integers(-400, 400), st.integers(-400, 400))
def test_a_day_finds_just_the_windows_that_hold_it(day_away: int, today_away: int) -> None:
    day, today = DAY + timedelta(days=day_away), DAY + timedelta(days=today_away)
    found = answered_at(VERSIONS, Known(DAY), day, today)
    holding = [d.slot.timepoint for d in due(VERSIONS, DAY, (), day)]
    if day > today:
        assert found is WrongDay.TO_COME
    elif not holding:
        assert found is WrongDay.NO_WINDOW
    else:
        assert not isinstance(found, WrongDay)
        assert [one.timepoint.code for one in found] == list(dict.fromkeys(holding))


def test_nobody_answers_after_the_end_and_paper_of_before_still_counts() -> None:
    known = Known(DAY, ended=date(2026, 12, 8))
    assert answered_at(VERSIONS, known, date(2026, 12, 9), TODAY) is WrongDay.AFTER_END
    found = answered_at(VERSIONS, known, date(2026, 12, 8), TODAY)
    assert not isinstance(found, WrongDay)
    assert [one.timepoint.code for one in found] == ["m1"]


@pytest.mark.parametrize(
    ("away", "zero", "note"),
    [(-367, False, False), (-366, True, True), (0, True, True), (1, True, False),
     (366, True, False), (367, False, False)],
)  # fmt: skip
def test_day_zero_and_the_note_are_bounded(away: int, zero: bool, note: bool) -> None:
    day = TODAY + timedelta(days=away)
    assert (likely_day_zero(day, TODAY), likely_note_day(day, TODAY)) == (zero, note)
