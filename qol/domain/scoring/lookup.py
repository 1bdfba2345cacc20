"""Tables from a number to a score: T scores, and two items read together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from qol.domain.instrument import Scale
from qol.domain.scoring.parameters import counts, key, number, numbered, only, table, wrong
from qol.domain.scoring.result import Inputs, Numbers, Outcome, Rule

_NOTHING = ""  # a missing item's row or column


def lookup(scale: Scale, inputs: Inputs) -> Rule:
    """Return what ``table`` gives for the only input (PROMIS: raw sum to T score).

    Parameter: ``table`` from number to number; a number without a row is the data's fault
    and an InstrumentError.
    """
    only(scale, "table")
    counts(scale, inputs, 1)
    found = _row(scale, table(scale, "table"))
    for one in inputs.possible[0] or ():
        _of(scale, found, key(one))

    def look(numbers: Numbers) -> Outcome:
        if numbers[0] is None:
            return Outcome(None, "none")
        return Outcome(_of(scale, found, key(numbers[0])), "none")

    return look


def cross_table(scale: Scale, inputs: Inputs) -> Rule:
    """Return what ``table`` gives for two inputs read together, moved to 0-100.

    Parameters: ``table`` from the first input's number to a table from the second's; the
    key ``""`` stands for a missing one (SF-36 v1: either pain item alone is enough);
    ``minimum`` and ``maximum`` of the raw value.
    """
    only(scale, "table", "minimum", "maximum")
    counts(scale, inputs, 2)
    low, high = number(scale, "minimum"), number(scale, "maximum")
    if low >= high:
        raise wrong(scale, "parameter 'maximum' must be above 'minimum'")
    found = {first: _row(scale, row) for first, row in table(scale, "table").items()}
    for first in _keys(inputs.possible[0]):
        for second in _keys(inputs.possible[1]):
            if first + second and not low <= _of(scale, found.get(first, {}), second) <= high:
                raise wrong(scale, "its table leaves minimum..maximum")

    def cross(numbers: Numbers) -> Outcome:
        first, second = (_NOTHING if n is None else key(n) for n in numbers)
        if not first + second:
            return Outcome(None, "any")
        value = _of(scale, found.get(first, {}), second)
        return Outcome(100 * (value - low) / (high - low), "any")

    return cross


def _keys(possible: Sequence[float] | None) -> Iterator[str]:
    yield _NOTHING
    yield from map(key, possible or ())


def _row(scale: Scale, row: object) -> Mapping[str, float]:
    found = numbered(row)
    if found is None:
        raise wrong(scale, "parameter 'table' must hold numbers")
    return found


def _of(scale: Scale, row: Mapping[str, float], name: str) -> float:
    if name not in row:
        raise wrong(scale, f"its table has no place for {name or 'a missing item'}")
    return row[name]
