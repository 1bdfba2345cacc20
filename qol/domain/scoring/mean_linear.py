"""Mean of the answered items, moved to 0-100 (the EORTC and SF-36 manuals' shape)."""

from __future__ import annotations

from math import fsum

from qol.domain.errors import InstrumentError
from qol.domain.instrument import Scale
from qol.domain.scoring.missing import enough
from qol.domain.scoring.parameters import flag, missing_rule, number, only
from qol.domain.scoring.result import Numbers, Outcome


def mean_linear(scale: Scale, numbers: Numbers) -> Outcome:
    """Return (mean - minimum) / (maximum - minimum) x 100, or 100 minus it when reversed.

    Parameters: ``minimum`` and ``maximum`` of one item, ``missing`` (see ``missing.RULES``),
    ``reversed`` (false by default), ``values``. InstrumentError when they are wrong or
    when an item counts outside minimum..maximum.
    """
    only(scale, "minimum", "maximum", "reversed", "missing")
    low, high = number(scale, "minimum"), number(scale, "maximum")
    rule, mirrored = missing_rule(scale), flag(scale, "reversed")
    answered = [n for n in numbers if n is not None]
    if low >= high or any(not low <= n <= high for n in answered):
        raise InstrumentError(f"scale {scale.code}: its items do not lie in minimum..maximum")
    if not enough(rule, len(answered), len(numbers)):
        return Outcome(None, rule)
    # fsum is exact, so the order of the items cannot show in the last digit.
    share = (fsum(answered) / len(answered) - low) / (high - low)
    share = min(1.0, max(0.0, share))
    return Outcome(100 * (1 - share) if mirrored else 100 * share, rule)
