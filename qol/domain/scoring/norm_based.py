"""Norm-based component scores: standardised, weighted, moved to mean 50 and deviation 10."""

from __future__ import annotations

from math import fsum

from qol.domain.instrument import Scale
from qol.domain.scoring.parameters import numbers_of, only, wrong
from qol.domain.scoring.result import Inputs, Numbers, Outcome, Rule


def norm_based(scale: Scale, inputs: Inputs) -> Rule:
    """Return 50 + 10 x the weighted sum of (value - mean) / deviation; none may be missing.

    Parameters: ``means``, ``deviations``, ``weights``, each from input to number
    (SF-36 v1: PCS and MCS on the US 1998 norms).
    """
    only(scale, "means", "deviations", "weights")
    means = numbers_of(scale, inputs, "means")
    deviations = numbers_of(scale, inputs, "deviations")
    weights = numbers_of(scale, inputs, "weights")
    if any(one <= 0 for one in deviations):
        raise wrong(scale, "a deviation must be above 0")

    def component(numbers: Numbers) -> Outcome:
        if None in numbers:
            return Outcome(None, "none")
        parts = [
            weight * (n - mean) / deviation
            for n, mean, deviation, weight in zip(numbers, means, deviations, weights, strict=True)
            if n is not None
        ]
        return Outcome(50 + 10 * fsum(parts), "none")

    return component
