"""Answers read together: a health state's digits, and a question skipped as it should be."""

from __future__ import annotations

from qol.domain.instrument import Scale
from qol.domain.scoring.parameters import only, wrong
from qol.domain.scoring.result import Inputs, Numbers, Outcome, Rule

_MISSING = 9  # EuroQol user guide: the digit of a missing dimension
_DIGITS = range(1, _MISSING)


def profile(scale: Scale, inputs: Inputs) -> Rule:
    """Return the codes side by side as one number (21231); a missing one is the digit 9.

    No parameter. Each item's codes are digits from 1 to 8.
    """
    only(scale)
    if any(one is None or any(n not in _DIGITS for n in one) for one in inputs.possible):
        raise wrong(scale, "the codes of a profile are digits from 1 to 8")

    def digits(numbers: Numbers) -> Outcome:
        if all(n is None for n in numbers):
            return Outcome(None, "any")
        value = 0
        for n in numbers:
            value = 10 * value + (_MISSING if n is None else int(n))
        return Outcome(float(value), "any")

    return digits


def skipped(scale: Scale, inputs: Inputs) -> Rule:
    """Return the first input, or 0 when it is missing and all others are 0.

    The skip pattern of the CDC's healthy days: no bad day, so no day of limits to ask for.
    No parameter.
    """
    only(scale)
    if len(inputs.names) < 2:  # noqa: PLR2004  the item and what lets it be skipped
        raise wrong(scale, "method 'skipped' needs an item and those that let it be skipped")

    def first(numbers: Numbers) -> Outcome:
        value, *others = numbers
        if value is None and all(n == 0 for n in others):
            return Outcome(0.0, "none")
        return Outcome(value, "none")

    return first
