"""Where each timepoint of one subject stands: states and dates, never answers (EA-ÉCH-5-d)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

from qol.domain.programme import Programme, Timepoint
from qol.domain.schedule import DatedWindow, InForce, Slot, dated, followed

FARTHEST = timedelta(days=366)


class Reason(StrEnum):
    """Why a timepoint was not done, or why a follow-up ended."""

    REFUSED = "refused"
    TOO_ILL = "too_ill"
    MOVED = "moved"
    DIED = "died"
    STOPPED_TREATMENT = "stopped_treatment"
    LOGISTICS = "logistics"


class Mixup(StrEnum):
    """Why a deposit may be another person's."""

    SLIPS_SWAPPED = "slips_swapped"
    OTHER_PERSON_ANSWERED = "other_person_answered"
    WRONG_SHEET_ENTERED = "wrong_sheet_entered"


class State(StrEnum):
    """Where a timepoint stands."""

    UPCOMING = "upcoming"
    DUE = "due"
    LATE = "late"
    DONE = "done"
    NOT_DONE = "not_done"
    ENDED = "ended"


WAITED_FOR = frozenset({State.DUE, State.LATE})


@dataclass(frozen=True, slots=True)
class Known:
    """What is stored of one subject's schedule.

    ``received`` maps a filled slot to the day it was received; ``not_done`` a timepoint to
    its reason; ``ended`` is the day on which the follow-up ended.
    """

    day_zero: date
    received: Mapping[Slot, date] = field(default_factory=dict)
    not_done: Mapping[str, Reason] = field(default_factory=dict)
    ended: date | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """One timepoint of one subject. ``last`` is the day of the newest deposit in it."""

    timepoint: Timepoint
    window: DatedWindow
    programme: Programme
    state: State
    received: int
    last: date | None = None
    reason: Reason | None = None

    @property
    def expected(self) -> int:
        """How many instruments the timepoint holds."""
        return len(self.timepoint.battery)


def standings(versions: Sequence[InForce], known: Known, today: date) -> tuple[Standing, ...]:
    """Give where every timepoint stands, by the opening of its window.

    What was received counts before what was written about it: a deposit that follows
    "not done" makes the timepoint done. The end of a follow-up closes what was open or to
    come; a window that had closed before stays late.
    """
    return tuple(
        _standing(programme, timepoint, known, today)
        for programme, timepoint in followed(versions, known.day_zero)
    )


def _standing(programme: Programme, timepoint: Timepoint, known: Known, today: date) -> Standing:
    window = dated(timepoint, known.day_zero)
    slots = (Slot(timepoint.code, instrument) for instrument in timepoint.battery)
    days = [known.received[slot] for slot in slots if slot in known.received]
    reason = known.not_done.get(timepoint.code)
    if len(days) == len(timepoint.battery):
        state = State.DONE
    elif reason is not None:
        state = State.NOT_DONE
    elif known.ended is not None and window.closes >= known.ended:
        state = State.ENDED
    elif today > window.closes:
        state = State.LATE
    else:
        state = State.DUE if today >= window.opens else State.UPCOMING
    return Standing(
        timepoint=timepoint,
        window=window,
        programme=programme,
        state=state,
        received=len(days),
        last=max(days, default=None),
        reason=reason,
    )


class WrongDay(StrEnum):
    """Why a day cannot be when somebody answered."""

    TO_COME = "to_come"
    NO_WINDOW = "no_window"
    AFTER_END = "after_end"
    AFTER_POSTING = "after_posting"
    """The paper was posted or received before that day."""
    ANOTHER_VISIT = "another_visit"
    """The day is in the window of another visit: answers move by a report, not by a correction."""
    AFTER_RECEIPT = "after_receipt"
    """The answers were received before that day."""
    NEEDED = "needed"
    """Answers that came this way have the day on which they were given."""
    AS_RECEIVED = "as_received"
    """Answers that came this way were given as they were received, and have no other day."""
    NOT_OFFERED = "not_offered"
    """On that day nobody could begin it: not approved, or its licence had ended."""
    WAY_CLOSED = "way_closed"
    """On that day the programme did not collect answers this way (EA-ÉCH-5-a)."""


def answered_at(
    versions: Sequence[InForce], known: Known, day: date, today: date
) -> tuple[Standing, ...] | WrongDay:
    """Give the timepoints whose window holds the day on which somebody answered.

    Whether a slot is filled is left to the deposit, which alone can know.
    """
    if day > today:
        return WrongDay.TO_COME
    if known.ended is not None and day > known.ended:
        return WrongDay.AFTER_END
    found = tuple(
        one
        for one in standings(versions, known, today)
        if one.window.opens <= day <= one.window.closes
    )
    return found or WrongDay.NO_WINDOW


def likely_day_zero(day: date, today: date) -> bool:
    """Say whether a day zero is no further than a year from today."""
    return abs(day - today) <= FARTHEST


def likely_note_day(day: date, today: date) -> bool:
    """Say whether a note may have been given that day: not to come, not over a year ago."""
    return timedelta(0) <= today - day <= FARTHEST
