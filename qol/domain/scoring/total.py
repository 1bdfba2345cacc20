"""Sum of the answered items, prorated or not (the FACIT manual's shape when prorated)."""

from __future__ import annotations

from math import fsum

from qol.domain.instrument import Scale
from qol.domain.scoring.missing import enough
from qol.domain.scoring.parameters import flag, missing_rule, only
from qol.domain.scoring.result import Numbers, Outcome


def total(scale: Scale, numbers: Numbers) -> Outcome:
    """Return the sum; when ``prorated``, times items over answered items.

    Parameters: ``missing`` (see ``missing.RULES``), ``prorated`` (false by default: a
    missing item that the rule allows adds nothing), ``values``.
    """
    only(scale, "prorated", "missing")
    rule, prorated = missing_rule(scale), flag(scale, "prorated")
    answered = [n for n in numbers if n is not None]
    if not enough(rule, len(answered), len(numbers)):
        return Outcome(None, rule)
    value = fsum(answered)
    return Outcome(value * len(numbers) / len(answered) if prorated else value, rule)
