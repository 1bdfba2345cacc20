"""Health-state values: decrements with interactions, and the crosswalk between two versions.

A value is ``from`` minus one decrement for each item minus each interaction that applies:
once, when any of its items is at one of its codes (the N3 term of the 3L value sets).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import fsum, prod

from qol.domain.instrument import Scale
from qol.domain.scoring.parameters import (
    covers,
    is_number,
    key,
    number,
    numbered,
    only,
    rows,
    table,
    wrong,
)
from qol.domain.scoring.result import Inputs, Numbers, Outcome, Rule

Chances = Mapping[str, float]
"""A code of the value set to the probability of being at it."""

Row = Mapping[str, float]
"""One item's decrement by code."""

_ONE = 1e-12  # how far rounding may carry a sum of probabilities from 1


@dataclass(frozen=True, slots=True)
class _Interaction:
    places: frozenset[int]
    codes: frozenset[str]
    minus: float


@dataclass(frozen=True, slots=True)
class _ValueSet:
    """Where it starts, each item's decrement by code, and the interactions."""

    start: float
    decrements: tuple[Row, ...]
    interactions: tuple[_Interaction, ...]

    def expected(self, chances: tuple[Chances, ...]) -> float:
        """Return the expectation of the value when items stand at their codes by chance.

        Items are independent, so an interaction applies with 1 minus the product of the
        chances that each of its items stays clear of it: no state need be listed.
        """
        lost = [
            chance * self.decrements[place][code]
            for place, at in enumerate(chances)
            for code, chance in at.items()
        ]
        for one in self.interactions:
            clear = prod(
                1 - fsum(chances[place].get(code, 0.0) for code in one.codes)
                for place in one.places
            )
            lost.append(one.minus * (1 - clear))
        return self.start - fsum(lost)


def decrements(scale: Scale, inputs: Inputs) -> Rule:
    """Return the value of the state that the items' codes are; no item may be missing.

    Parameters: ``from``, ``decrements`` (item to code to number), ``interactions`` (a list
    of ``items``, ``codes``, ``minus``; none by default).
    """
    only(scale, "from", "decrements", "interactions")
    values = _value_set(scale, inputs)
    for name, possible, row in zip(inputs.names, inputs.possible, values.decrements, strict=True):
        if not covers(row, possible):
            raise wrong(scale, f"decrements.{name} must give each code one number")

    def value(numbers: Numbers) -> Outcome:
        if None in numbers:
            return Outcome(None, "none")
        return Outcome(
            values.expected(tuple({key(n): 1.0} for n in numbers if n is not None)), "none"
        )

    return value


def crosswalk(scale: Scale, inputs: Inputs) -> Rule:
    """Return the expected value of another version's states, given this version's codes.

    Parameters: those of ``decrements`` for the other version, and ``chances``: item to code
    to the other version's code to its probability, a number or a pair [over, under]
    (van Hout 2012).
    """
    only(scale, "from", "decrements", "interactions", "chances")
    values = _value_set(scale, inputs)
    chances = _chances(scale, inputs, values)

    def value(numbers: Numbers) -> Outcome:
        if None in numbers:
            return Outcome(None, "none")
        at = tuple(chances[place][key(n)] for place, n in enumerate(numbers) if n is not None)
        return Outcome(values.expected(at), "none")

    return value


def _value_set(scale: Scale, inputs: Inputs) -> _ValueSet:
    given = table(scale, "decrements")
    if set(given) != set(inputs.names):
        raise wrong(scale, "parameter 'decrements' must hold one table for each of its items")
    found: dict[str, Row] = {}
    for name in inputs.names:
        row = numbered(given[name])
        if row is None:
            raise wrong(scale, f"decrements.{name} must give each code one number")
        found[name] = row
    interactions = tuple(_interaction(scale, found, one) for one in rows(scale, "interactions"))
    return _ValueSet(number(scale, "from"), tuple(found.values()), interactions)


def _interaction(scale: Scale, decrements: Mapping[str, Row], given: object) -> _Interaction:
    if isinstance(given, Mapping) and set(given) == {"items", "codes", "minus"}:
        items, codes, minus = _words(given["items"]), _words(given["codes"]), given["minus"]
        known = all(name in decrements and codes <= set(decrements[name]) for name in items)
        if items and codes and known and is_number(minus):
            places = frozenset(place for place, name in enumerate(decrements) if name in items)
            return _Interaction(places, codes, float(minus))
    raise wrong(scale, "an interaction has items of the scale, codes of each, and minus, a number")


def _words(given: object) -> frozenset[str]:
    return frozenset(map(str, given)) if isinstance(given, list) else frozenset()


def _chances(scale: Scale, inputs: Inputs, values: _ValueSet) -> tuple[Mapping[str, Chances], ...]:
    given = table(scale, "chances")
    if set(given) != set(inputs.names):
        raise wrong(scale, "parameter 'chances' must hold one table for each of its items")
    found = []
    for name, possible, known in zip(inputs.names, inputs.possible, values.decrements, strict=True):
        by_code = given[name]
        if not isinstance(by_code, Mapping) or not covers(by_code, possible):
            raise wrong(scale, f"chances.{name} must have a row for each code")
        found.append(
            {
                code: _distribution(scale, f"chances.{name}.{code}", row, known)
                for code, row in by_code.items()
            }
        )
    return tuple(found)


def _distribution(scale: Scale, place: str, row: object, known: Row) -> Chances:
    found = {str(to): _chance(one) for to, one in row.items()} if isinstance(row, Mapping) else {}
    chances = {to: n for to, n in found.items() if n is not None}
    one = abs(fsum(chances.values()) - 1) <= _ONE
    if not one or set(chances) != set(found) or not set(chances) <= set(known):
        raise wrong(scale, f"{place} must share 1 out among codes of the other version")
    return chances


def _chance(given: object) -> float | None:
    over, under = given if isinstance(given, list) and len(given) == 2 else (given, 1)  # noqa: PLR2004  a pair
    if is_number(over) and is_number(under) and 0 <= over <= under and under:
        return over / under
    return None
