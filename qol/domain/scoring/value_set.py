"""Health-state values: decrements with interactions, and the crosswalk between two versions.

A value is ``from`` minus one decrement for each item minus each interaction that applies:
once, when any of its items is at one of its codes (the N3 term of the 3L value sets).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import fsum, prod

from qol.domain.instrument import Scale
from qol.domain.scoring.parameters import is_number, key, number, only, rows, table, wrong
from qol.domain.scoring.result import Inputs, Numbers, Outcome, Rule

Chances = Mapping[str, float]
"""A code of the value set to the probability of being at it."""

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
    decrements: tuple[Mapping[str, float], ...]
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
    for place, numbers in enumerate(inputs.possible):
        if {key(n) for n in numbers or ()} != set(values.decrements[place]):
            raise wrong(scale, f"decrements.{inputs.names[place]} must give each code one number")

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
    found = []
    for name in inputs.names:
        row = given[name]
        if not isinstance(row, Mapping) or not all(is_number(n) for n in row.values()):
            raise wrong(scale, f"decrements.{name} must give each code one number")
        found.append({str(code): float(n) for code, n in row.items()})
    interactions = tuple(_interaction(scale, inputs, one) for one in rows(scale, "interactions"))
    return _ValueSet(number(scale, "from"), tuple(found), interactions)


def _interaction(scale: Scale, inputs: Inputs, given: object) -> _Interaction:
    if isinstance(given, Mapping) and set(given) == {"items", "codes", "minus"}:
        items, codes, minus = given["items"], given["codes"], given["minus"]
        known = isinstance(items, list) and set(items) <= set(inputs.names)
        if known and items and isinstance(codes, list) and codes and is_number(minus):
            places = frozenset(inputs.names.index(one) for one in items)
            return _Interaction(places, frozenset(str(code) for code in codes), float(minus))
    raise wrong(scale, "an interaction has items of the scale, codes, and minus, a number")


def _chances(scale: Scale, inputs: Inputs, values: _ValueSet) -> tuple[Mapping[str, Chances], ...]:
    given = table(scale, "chances")
    found = []
    for place, name in enumerate(inputs.names):
        rows_of = given.get(name)
        wanted = {key(n) for n in inputs.possible[place] or ()}
        if not isinstance(rows_of, Mapping) or set(rows_of) != wanted:
            raise wrong(scale, f"chances.{name} must have a row for each code")
        found.append(
            {
                code: _distribution(scale, f"chances.{name}.{code}", row, values.decrements[place])
                for code, row in rows_of.items()
            }
        )
    return tuple(found)


def _distribution(scale: Scale, place: str, row: object, known: Mapping[str, float]) -> Chances:
    found = {str(to): _chance(one) for to, one in row.items()} if isinstance(row, Mapping) else {}
    sums = abs(fsum(n for n in found.values() if n is not None) - 1) <= _ONE
    if not sums or not set(found) <= set(known) or None in found.values():
        raise wrong(scale, f"{place} must share 1 out among codes of the other version")
    return {to: n for to, n in found.items() if n is not None}


def _chance(given: object) -> float | None:
    if isinstance(given, list) and len(given) == 2 and all(is_number(n) for n in given):  # noqa: PLR2004  a pair
        return float(given[0]) / float(given[1]) if given[1] else None
    return float(str(given)) if is_number(given) and 0 <= float(str(given)) <= 1 else None
