"""Shares of hours and of ratings, in percent (the WPAI's four scores)."""

from __future__ import annotations

from math import fsum

from qol.domain.instrument import Scale
from qol.domain.scoring.parameters import counts, names_in, only, optional, wrong
from qol.domain.scoring.result import Inputs, Numbers, Outcome, Rule

_WHOLE = 100.0


def ratio(scale: Scale, inputs: Inputs) -> Rule:
    """Return over / under x 100; not defined when what is under is 0.

    Parameters: ``over`` (inputs that are added), ``under`` (inputs that are added) or
    ``out_of`` (a fixed number instead), ``nonzero`` (inputs that leave it undefined when
    they are 0, and may be missing).
    """
    only(scale, "over", "under", "out_of", "nonzero")
    over, under = names_in(scale, inputs, "over"), names_in(scale, inputs, "under")
    nonzero, fixed = names_in(scale, inputs, "nonzero"), optional(scale, "out_of")
    if not over or bool(under) == (fixed is not None) or (fixed is not None and fixed <= 0):
        raise wrong(scale, "it needs 'over', and either 'under' or a positive 'out_of'")
    if over | under | nonzero != set(range(len(inputs.names))):
        raise wrong(scale, "one of its inputs has no part in it")

    def share(numbers: Numbers) -> Outcome:
        if any(numbers[place] == 0 for place in nonzero):
            return Outcome(None, "none", defined=False)
        if any(numbers[place] is None for place in over | under):
            return Outcome(None, "none")
        below = fixed if fixed is not None else _sum(numbers, under)
        if below == 0:
            return Outcome(None, "none", defined=False)
        return Outcome(_WHOLE * _sum(numbers, over) / below, "none")

    return share


def joint_loss(scale: Scale, inputs: Inputs) -> Rule:
    """Return the percentage lost when two losses follow one another: a + (1 - a) x b.

    The inputs are percentages, the first before the second; once all is lost the second
    is not asked. No parameter.
    """
    only(scale)
    counts(scale, inputs, 2)

    def loss(numbers: Numbers) -> Outcome:
        first, second = numbers
        if first == _WHOLE:
            return Outcome(_WHOLE, "none")
        if first is None or second is None:
            return Outcome(None, "none")
        return Outcome(first + (_WHOLE - first) * second / _WHOLE, "none")

    return loss


def _sum(numbers: Numbers, places: frozenset[int]) -> float:
    return fsum(n for place in places if (n := numbers[place]) is not None)
