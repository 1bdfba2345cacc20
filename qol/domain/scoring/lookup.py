"""Tables from a number to a score: T scores, and two items read together."""

from __future__ import annotations

from collections.abc import Mapping

from qol.domain.instrument import Scale
from qol.domain.scoring.parameters import counts, is_number, key, number, only, table, wrong
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
    for first, second in _pairs(inputs):
        if first + second and not low <= _of(scale, found.get(first, {}), second) <= high:
            raise wrong(scale, "its table leaves minimum..maximum")

    def cross(numbers: Numbers) -> Outcome:
        first, second = (_NOTHING if n is None else key(n) for n in numbers)
        if not first + second:
            return Outcome(None, "any")
        value = _of(scale, found.get(first, {}), second)
        return Outcome(100 * (value - low) / (high - low), "any")

    return cross


def _pairs(inputs: Inputs) -> list[tuple[str, str]]:
    ways = [[_NOTHING, *(key(n) for n in numbers or ())] for numbers in inputs.possible]
    return [(first, second) for first in ways[0] for second in ways[1]]


def _row(scale: Scale, row: object) -> Mapping[str, float]:
    if not isinstance(row, Mapping) or not all(is_number(n) for n in row.values()):
        raise wrong(scale, "parameter 'table' must hold numbers")
    return {str(name): float(n) for name, n in row.items()}


def _of(scale: Scale, row: Mapping[str, float], name: str) -> float:
    if name not in row:
        raise wrong(scale, f"its table has no place for {name or 'a missing item'}")
    return row[name]
