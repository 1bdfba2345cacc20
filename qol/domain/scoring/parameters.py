"""A scale's parameters, read strictly: what data misspells is refused, never ignored."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from sys import float_info
from typing import TypeGuard

from qol.domain.errors import InstrumentError
from qol.domain.instrument import Scale
from qol.domain.scoring.missing import RULES
from qol.domain.scoring.result import Inputs

COUNTING = frozenset({"values", "closed"})
"""What every scale of items takes: see ``counting``."""


def wrong(scale: Scale, sentence: str) -> InstrumentError:
    """Make the error that names the scale; the caller raises it."""
    return InstrumentError(f"scale {scale.code}: {sentence}")


def only(scale: Scale, *known: str) -> None:
    """Refuse parameters other than these and what every scale of items takes."""
    for name in scale.parameters:
        if name not in known and (scale.scales or name not in COUNTING):
            raise wrong(scale, f"method {scale.method!r} has no parameter {name!r}")


def is_number(given: object) -> TypeGuard[int | float]:
    """Say whether data gave a finite number; true and false are none."""
    if isinstance(given, bool) or not isinstance(given, int | float):
        return False
    return abs(given) <= float_info.max  # false for a whole number that no float holds, too


def number(scale: Scale, name: str) -> float:
    """Return a required finite number."""
    given = scale.parameters.get(name)
    if not is_number(given):
        raise wrong(scale, f"parameter {name!r} must be a number")
    return float(given)


def optional(scale: Scale, name: str) -> float | None:
    """Return a finite number, or None when it is not there."""
    return number(scale, name) if name in scale.parameters else None


def flag(scale: Scale, name: str) -> bool:
    """Return an optional true or false; false when it is not there."""
    given = scale.parameters.get(name, False)
    if not isinstance(given, bool):
        raise wrong(scale, f"parameter {name!r} must be true or false")
    return given


def missing_rule(scale: Scale) -> str:
    """Return the required name of the missing rule."""
    given = scale.parameters.get("missing")
    if not isinstance(given, str) or given not in RULES:
        raise wrong(scale, f"parameter 'missing' must be one of {', '.join(sorted(RULES))}")
    return given


def table(scale: Scale, name: str) -> Mapping[str, object]:
    """Return a required object, not empty."""
    given = scale.parameters.get(name)
    if not isinstance(given, Mapping) or not given:
        raise wrong(scale, f"parameter {name!r} must be a table")
    return given


def rows(scale: Scale, name: str) -> list[object]:
    """Return a list; empty when it is not there."""
    given = scale.parameters.get(name, [])
    if not isinstance(given, list):
        raise wrong(scale, f"parameter {name!r} must be a list")
    return given


def numbered(given: object) -> dict[str, float] | None:
    """Return a table of finite numbers; None when it is anything else."""
    if not isinstance(given, Mapping):
        return None
    found = {str(name): float(n) for name, n in given.items() if is_number(n)}
    return found if len(found) == len(given) else None


def numbers_of(scale: Scale, inputs: Inputs, name: str) -> tuple[float, ...]:
    """Return a required table with one number for each input, in the scale's order."""
    given = numbered(table(scale, name))
    if given is None or set(given) != set(inputs.names):
        raise wrong(scale, f"parameter {name!r} must give each of its inputs one number")
    return tuple(given[one] for one in inputs.names)


def names_in(scale: Scale, inputs: Inputs, name: str) -> frozenset[int]:
    """Return the places of the inputs that an optional list names."""
    given = rows(scale, name)
    if not set(map(str, given)) <= set(inputs.names) or len(set(map(str, given))) != len(given):
        raise wrong(scale, f"parameter {name!r} must name inputs of the scale, each of them once")
    return frozenset(inputs.names.index(str(one)) for one in given)


def key(counted: float) -> str:
    """Write a counted number as tables do: 3 and not 3.0."""
    return f"{counted:g}"


def covers(rows_by_key: Mapping[str, object], possible: Sequence[float] | None) -> bool:
    """Say whether there is a row for each number that an item can count, and no other row."""
    if possible is None or not all(key(n) in rows_by_key for n in possible):
        return False
    return {key(n) for n in possible} == set(rows_by_key)


def counts(scale: Scale, inputs: Inputs, exactly: int) -> None:
    """Refuse a scale that has not exactly so many inputs."""
    if len(inputs.names) != exactly:
        raise wrong(scale, f"method {scale.method!r} takes exactly {exactly} inputs")
