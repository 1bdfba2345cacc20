"""One item reported alone."""

from __future__ import annotations

from qol.domain.instrument import Scale
from qol.domain.scoring.parameters import counts, only
from qol.domain.scoring.result import Inputs, Numbers, Outcome, Rule


def single(scale: Scale, inputs: Inputs) -> Rule:
    """Return the only input's number. No parameter of its own."""
    only(scale)
    counts(scale, inputs, 1)

    def alone(numbers: Numbers) -> Outcome:
        return Outcome(numbers[0], "none")

    return alone
