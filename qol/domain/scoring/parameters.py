"""A scale's parameters, read strictly: what data misspells is refused, never ignored."""

from __future__ import annotations

from math import isfinite

from qol.domain.errors import InstrumentError
from qol.domain.instrument import Scale
from qol.domain.scoring.missing import RULES


def only(scale: Scale, *known: str) -> None:
    """Refuse parameters other than these and ``values``, which every method takes."""
    for name in scale.parameters:
        if name not in known and name != "values":
            raise InstrumentError(
                f"scale {scale.code}: method {scale.method!r} has no parameter {name!r}"
            )


def number(scale: Scale, name: str) -> float:
    """Return a required finite number."""
    given = scale.parameters.get(name)
    if isinstance(given, bool) or not isinstance(given, int | float) or not isfinite(given):
        raise InstrumentError(f"scale {scale.code}: parameter {name!r} must be a number")
    return float(given)


def flag(scale: Scale, name: str) -> bool:
    """Return an optional true or false; false when it is not there."""
    given = scale.parameters.get(name, False)
    if not isinstance(given, bool):
        raise InstrumentError(f"scale {scale.code}: parameter {name!r} must be true or false")
    return given


def missing_rule(scale: Scale) -> str:
    """Return the required name of the missing rule."""
    given = scale.parameters.get("missing")
    if not isinstance(given, str) or given not in RULES:
        raise InstrumentError(
            f"scale {scale.code}: parameter 'missing' must be one of {', '.join(sorted(RULES))}"
        )
    return given
