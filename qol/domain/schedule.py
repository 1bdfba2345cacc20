"""What is due, as arithmetic: a pure function of protocol, day zero, deposits and today."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from qol.domain.programme import Offset, Programme, Timepoint


@dataclass(frozen=True, slots=True)
class Slot:
    """One instrument at one timepoint: the place that one administration fills."""

    timepoint: str
    instrument: str


@dataclass(frozen=True, slots=True)
class DatedWindow:
    """A timepoint's window for one subject; both days included."""

    timepoint: str
    opens: date
    closes: date


@dataclass(frozen=True, slots=True)
class InForce:
    """A programme version and the first day on which it was current."""

    programme: Programme
    since: date


@dataclass(frozen=True, slots=True)
class Due:
    """An open slot, its window and the protocol version that governs it."""

    slot: Slot
    window: DatedWindow
    programme: Programme


def in_force_on(versions: Sequence[InForce], day: date) -> tuple[Programme, ...]:
    """List the versions that were current at one hour or another of a day, oldest first.

    One that came during the day leaves the morning to the one before; before them all, the
    oldest. ``versions`` are in order, oldest first, and at least one.
    """
    before = [version for version in versions if version.since < day][-1:]
    begun = [version for version in versions if version.since == day]
    return tuple(version.programme for version in [*before, *begun] or versions[:1])


def shifted(day: date, offset: Offset) -> date:
    """Add months first, clamped to the month's end, then days."""
    month = day.month - 1 + offset.months
    year, month = day.year + month // 12, month % 12 + 1
    clamped = min(day.day, monthrange(year, month)[1])
    return date(year, month, clamped) + timedelta(days=offset.days)


def dated(timepoint: Timepoint, day_zero: date) -> DatedWindow:
    """Put a timepoint's window on the calendar of one subject."""
    window = timepoint.window
    return DatedWindow(
        timepoint.code, shifted(day_zero, window.opens), shifted(day_zero, window.closes)
    )


def followed(
    versions: Sequence[InForce], day_zero: date
) -> tuple[tuple[Programme, Timepoint], ...]:
    """Pair each timepoint with the version that was current when its window opened.

    ``versions`` are in order, oldest first. A window that opened before the oldest
    version keeps the oldest; a timepoint stays as long as one version that may govern it
    names it.
    """
    chosen: dict[str, tuple[Programme, Timepoint]] = {}
    for place, version in enumerate(versions):
        names = {timepoint.code for timepoint in version.programme.timepoints}
        for code in [code for code in chosen if code not in names]:
            if dated(chosen[code][1], day_zero).opens >= version.since:
                del chosen[code]
        for timepoint in version.programme.timepoints:
            before = chosen.get(timepoint.code)
            opens = dated(before[1] if before else timepoint, day_zero).opens
            if place == 0 or opens >= version.since:
                chosen[timepoint.code] = (version.programme, timepoint)
    return tuple(sorted(chosen.values(), key=lambda pair: dated(pair[1], day_zero).opens))


def due(
    versions: Sequence[InForce], day_zero: date, deposited: Iterable[Slot], today: date
) -> tuple[Due, ...]:
    """List the open slots in protocol order; ``today`` is in the programme's time zone."""
    done = frozenset(deposited)
    found = []
    for programme, timepoint in followed(versions, day_zero):
        window = dated(timepoint, day_zero)
        if window.opens <= today <= window.closes:
            slots = (Slot(timepoint.code, instrument) for instrument in timepoint.battery)
            found += [Due(slot, window, programme) for slot in slots if slot not in done]
    return tuple(found)


def upcoming(versions: Sequence[InForce], day_zero: date, today: date) -> tuple[DatedWindow, ...]:
    """List the windows that open after today, soonest first."""
    windows = (dated(timepoint, day_zero) for _, timepoint in followed(versions, day_zero))
    return tuple(window for window in windows if window.opens > today)
