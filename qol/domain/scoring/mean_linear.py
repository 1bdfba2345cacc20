"""Mean of the answered inputs, moved to 0-100 (the EORTC and SF-36 manuals' shape)."""

from __future__ import annotations

from math import fsum

from qol.domain.instrument import Scale
from qol.domain.scoring.missing import needed
from qol.domain.scoring.parameters import flag, missing_rule, names_in, number, only, wrong
from qol.domain.scoring.result import Inputs, Numbers, Outcome, Rule


def mean_linear(scale: Scale, inputs: Inputs) -> Rule:
    """Return (mean - minimum) / (maximum - minimum) x 100, or 100 minus it when reversed.

    Parameters: ``minimum`` and ``maximum`` of one input, ``missing`` (see ``missing.RULES``),
    ``reversed`` (false by default), ``mirrored`` (inputs that count minimum + maximum - n).
    """
    only(scale, "minimum", "maximum", "reversed", "mirrored", "missing")
    low, high = number(scale, "minimum"), number(scale, "maximum")
    rule, turned = missing_rule(scale), flag(scale, "reversed")
    mirrored = names_in(scale, inputs, "mirrored")
    if low >= high or any(not low <= n <= high for one in inputs.possible for n in one or ()):
        raise wrong(scale, "its items do not lie in minimum..maximum")
    enough = needed(rule, len(inputs.names))

    def mean(numbers: Numbers) -> Outcome:
        answered = [
            low + high - n if place in mirrored else n
            for place, n in enumerate(numbers)
            if n is not None
        ]
        if len(answered) < enough:
            return Outcome(None, rule)
        # fsum is exact, so the order of the items cannot show in the last digit.
        share = (fsum(answered) / len(answered) - low) / (high - low)
        share = min(1.0, max(0.0, share))
        return Outcome(100 * (1 - share) if turned else 100 * share, rule)

    return mean
