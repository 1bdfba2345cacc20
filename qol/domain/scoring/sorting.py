"""Values sorted: into named bands, and by whether they meet criteria."""

from __future__ import annotations

from collections.abc import Mapping
from math import inf

from qol.domain.instrument import Scale
from qol.domain.scoring.parameters import counts, is_number, only, optional, rows, table, wrong
from qol.domain.scoring.result import Inputs, Numbers, Outcome, Rule


def bands(scale: Scale, inputs: Inputs) -> Rule:
    """Return the rank of the band that the only input lies in, from 0, and its name.

    Parameter: ``bands``, a list of ``name`` and ``from``, lowest first; a value below the
    first has no band.
    """
    only(scale, "bands")
    counts(scale, inputs, 1)
    steps = [_step(scale, one) for one in rows(scale, "bands")]
    starts = [start for _, start in steps]
    if not steps or starts != sorted(set(starts)) or len({name for name, _ in steps}) != len(steps):
        raise wrong(scale, "parameter 'bands' must rise from band to band, each name once")

    def sort(numbers: Numbers) -> Outcome:
        value = numbers[0]
        if value is None or value < starts[0]:
            return Outcome(None, "none", defined=value is None)
        rank = sum(start <= value for start in starts) - 1
        return Outcome(float(rank), "none", band=steps[rank][0])

    return sort


def criteria(scale: Scale, inputs: Inputs) -> Rule:
    """Return ``worth`` when every input lies within its bounds, else 0; none may be missing.

    Parameters: ``bounds``, input to [lowest, highest], null for none; ``worth``, 1 by default.
    """
    only(scale, "bounds", "worth")
    given = table(scale, "bounds")
    if set(given) != set(inputs.names):
        raise wrong(scale, "parameter 'bounds' must hold one pair for each of its inputs")
    pairs = [_bounds(scale, given[name]) for name in inputs.names]
    worth = optional(scale, "worth")

    def meets(numbers: Numbers) -> Outcome:
        known = [n for n in numbers if n is not None]
        if len(known) < len(numbers):
            return Outcome(None, "none")
        met = all(low <= n <= high for n, (low, high) in zip(known, pairs, strict=True))
        return Outcome((1.0 if worth is None else worth) if met else 0.0, "none")

    return meets


def _step(scale: Scale, given: object) -> tuple[str, float]:
    if isinstance(given, Mapping) and set(given) == {"name", "from"}:
        name, start = given["name"], given["from"]
        if isinstance(name, str) and name.strip() and is_number(start):
            return name, float(start)
    raise wrong(scale, "a band has a name and a number it starts from")


def _bounds(scale: Scale, given: object) -> tuple[float, float]:
    if isinstance(given, list) and len(given) == 2:  # noqa: PLR2004  a pair
        low, high = given
        fits = all(n is None or is_number(n) for n in given) and given != [None, None]
        found = (-inf if low is None else low, inf if high is None else high)
        if fits and found[0] <= found[1]:
            return float(found[0]), float(found[1])
    raise wrong(scale, "a pair of bounds is [lowest, highest], null for none")
