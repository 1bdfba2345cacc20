"""What one programme version changes of another, field by field: for the person who confirms."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from datetime import date

from qol.domain.programme import Notice, Offset, Postal, Programme, Timepoint

Value = str | int | date | Offset | tuple[str, ...] | None
Place = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """A field, as the path of its key in the file, with its value before and after.

    None where the version has no such field.
    """

    place: Place
    before: Value
    after: Value


def values(programme: Programme) -> dict[Place, Value]:
    """Give every field but the version's number, in the order of the file."""
    return dict(_values(programme))


def changes(before: Programme | None, after: Programme) -> tuple[Change, ...]:
    """List what differs; everything where there was nothing before."""
    old, new = values(before) if before else {}, values(after)
    places = [*new, *(place for place in old if place not in new)]
    return tuple(
        Change(place, old.get(place), new.get(place))
        for place in places
        if old.get(place) != new.get(place)
    )


def dropped(told: Iterable[Change], field: str) -> tuple[str, ...]:
    """Name what a list of the programme had and has no more: ``timepoints``, ``languages``."""
    listed = [(one.before, one.after) for one in told if one.place == (field,)]
    return tuple(
        name
        for before, after in listed
        if isinstance(before, tuple)
        for name in before
        if not isinstance(after, tuple) or name not in after
    )


def _values(programme: Programme) -> Iterator[tuple[Place, Value]]:
    for name in ("id", "legal_frame", "decision_reference", "decision_date", "time_zone"):
        yield (name,), getattr(programme, name)
    yield ("languages",), programme.languages
    yield ("proxy",), programme.proxy
    yield ("suppression_threshold",), programme.suppression_threshold
    yield ("demonstration",), programme.demonstration
    for name in ("labels", "releases", "modes"):
        for key, text in getattr(programme, name).items():
            yield (name, key), text
    if programme.postal:
        for field in fields(Postal):
            yield ("postal", field.name), getattr(programme.postal, field.name)
    yield ("timepoints",), tuple(timepoint.code for timepoint in programme.timepoints)
    for timepoint in programme.timepoints:
        yield from _timepoint(timepoint)
    for language, notice in programme.notices.items():
        for field in fields(Notice):
            yield ("notices", language, field.name), getattr(notice, field.name)


def _timepoint(timepoint: Timepoint) -> Iterator[tuple[Place, Value]]:
    at = ("timepoints", timepoint.code)
    for language, label in timepoint.labels.items():
        yield (*at, "labels", language), label
    yield (*at, "opens"), timepoint.window.opens
    yield (*at, "closes"), timepoint.window.closes
    yield (*at, "battery"), timepoint.battery
