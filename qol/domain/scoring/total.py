"""Sum of the answered inputs, prorated or not (the FACIT manual's shape when prorated)."""

from __future__ import annotations

from math import fsum

from qol.domain.instrument import Scale
from qol.domain.scoring.missing import needed
from qol.domain.scoring.parameters import flag, missing_rule, only, optional, wrong
from qol.domain.scoring.result import Inputs, Numbers, Outcome, Rule


def total(scale: Scale, inputs: Inputs) -> Rule:
    """Return the sum; when ``prorated``, times inputs over answered inputs.

    Parameters: ``missing`` (see ``missing.RULES``), ``prorated`` (false by default: a
    missing item that the rule allows adds nothing), ``out_of`` (the sum is told as a
    percentage of this), ``ceiling`` (a higher sum counts as this).
    """
    only(scale, "prorated", "missing", "out_of", "ceiling", "items_more_than_percent")
    rule, prorated = missing_rule(scale), flag(scale, "prorated")
    ceiling, whole = optional(scale, "ceiling"), optional(scale, "out_of")
    if whole is not None and whole <= 0:
        raise wrong(scale, "parameter 'out_of' must be above 0")
    count = len(inputs.names)
    enough = needed(rule, count)

    def add(numbers: Numbers) -> Outcome:
        answered = [n for n in numbers if n is not None]
        if len(answered) < enough:
            return Outcome(None, rule)
        value = fsum(answered)
        if prorated:
            value = value * count / len(answered)
        if ceiling is not None:
            value = min(value, ceiling)
        return Outcome(value if whole is None else 100 * value / whole, rule)

    return add
