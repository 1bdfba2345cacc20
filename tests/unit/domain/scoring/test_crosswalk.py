"""Expected values of another version: every state of it is listed here, and weighed."""

from __future__ import annotations

from fractions import Fraction
from itertools import product
from math import prod

import pytest

from qol.domain.scoring import Score
from tests.unit.domain.scoring.made import choices, refusal, scorer
from tests.unit.domain.scoring.test_decrements import CODES, VALUES, exact

FIVE = (1, 2, 3, 4, 5)
ITEMS = choices(3, FIVE)
WALK: dict[str, dict[str, object]] = {
    "b": {  # the order of the tables says nothing
        "1": {"1": 1},
        "2": {"1": [41, 245], "2": [204, 245]},
        "3": {"2": 1, "3": 0},
        "4": {"2": [35, 144], "3": [109, 144]},
        "5": {"3": 1},
    },
    "a": {
        "1": {"1": 1},
        "2": {"1": [119, 671], "2": [552, 671]},
        "3": {"2": 1},
        "4": {"2": [15, 208], "3": [193, 208]},
        "5": {"3": 1},
    },
    "c": {
        "1": {"1": 0.75, "2": 0.125, "3": 0.125},
        "2": {"1": [1, 3], "2": [1, 3], "3": [1, 3]},
        "3": {"2": [2, 2]},
        "4": {"3": [7, 7], "1": [0, 7]},
        "5": {"1": 0.5, "3": 0.5},
    },
}
PARAMETERS = VALUES | {"chances": WALK}


def chance(name: str, five: int, three: int) -> Fraction:
    """How probable the other version's code is, as a fraction."""
    row = WALK[name][str(five)]
    assert isinstance(row, dict)
    given = row.get(str(three), 0)
    return Fraction(*given) if isinstance(given, list) else Fraction(given)


def expected(state: tuple[int, ...]) -> Fraction:
    """The mean of the 27 values, each as often as its state is probable."""
    value = Fraction(0)
    for other in product(CODES, repeat=3):
        probable = prod(map(chance, "abc", state, other), start=Fraction(1))
        value += probable * exact(*other)
    return value


def test_every_state_against_every_state_of_the_other_version() -> None:
    score = scorer("crosswalk", ITEMS, PARAMETERS)
    for state in product(FIVE, repeat=3):
        found = score(*state)
        assert found.value == pytest.approx(float(expected(state)), abs=1e-12)
        assert (found.items_used, found.items_total, found.rule) == (3, 3, "none")


@pytest.mark.parametrize("state", [(None, 1, 1), (1, None, 1), (5, 5, None), (None, None, None)])
def test_none_may_be_missing(state: tuple[int | None, ...]) -> None:
    used = 3 - state.count(None)
    found = scorer("crosswalk", ITEMS, PARAMETERS)(*state)
    assert found == Score("sc", None, "crosswalk", "7", used, 3, "none", "too_few_items")


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"from": None}, "parameter 'from' must be a number"),
        ({"decrements": None}, "parameter 'decrements' must be a table"),
        (
            {"interactions": [1]},
            "an interaction has items of the scale, codes of each, and minus, a number",
        ),
        ({"chances": None}, "parameter 'chances' must be a table"),
        (
            {"chances": {"a": WALK["a"], "b": WALK["b"]}},
            "parameter 'chances' must hold one table for each of its items",
        ),
        (
            {"chances": WALK | {"z": WALK["a"]}},
            "parameter 'chances' must hold one table for each of its items",
        ),
        ({"chances": WALK | {"b": [1]}}, "chances.b must have a row for each code"),
        (
            {"chances": WALK | {"b": {"1": {"1": 1}}}},
            "chances.b must have a row for each code",
        ),
        (
            {"chances": WALK | {"c": WALK["c"] | {"6": {"3": 1}}}},
            "chances.c must have a row for each code",
        ),
        ({"missing": "none"}, "method 'crosswalk' has no parameter 'missing'"),
    ],
)
def test_refused(change: dict[str, object], sentence: str) -> None:
    assert refusal("crosswalk", ITEMS, PARAMETERS | change) == sentence


@pytest.mark.parametrize(
    "row",
    [
        None,
        [1],
        {},
        {"1": 0},
        {"1": 0.5},
        {"1": 0.5, "2": 0.6},
        {"1": 1, "2": -0.1, "3": 0.1},
        {"1": 1.1, "2": -0.1},
        {"1": "1"},
        {"1": True},
        {"1": 1, "2": None},
        {"1": 1, "2": [0, 0]},
        {"1": [2, 1], "2": [-1, 1]},
        {"1": [-1, -1]},
        {"1": ["1", 1]},
        {"1": [1, "1"]},
        {"1": [1]},
        {"1": [1, 1, 1]},
        {"1": 1, "9": 0},
        {"9": 1},
        {"1": 1 - 1e-11},
        {"1": 0.5, "2": 0.5 + 1e-11},
    ],
)
@pytest.mark.parametrize("name", ["a", "c"])
@pytest.mark.parametrize("code", ["1", "5"])
def test_rows_that_share_out_something_other_than_one(row: object, name: str, code: str) -> None:
    chances = WALK | {name: WALK[name] | {code: row}}
    found = refusal("crosswalk", ITEMS, PARAMETERS | {"chances": chances})
    assert found == f"chances.{name}.{code} must share 1 out among codes of the other version"


@pytest.mark.parametrize(
    "row", [{"1": [1, 3], "2": [1, 3], "3": [1, 3]}, {"1": 1 - 1e-13}, {"1": 0.1, "2": 0.9}]
)
def test_rounding_is_no_fault(row: object) -> None:
    chances = WALK | {"a": WALK["a"] | {"1": row}}
    assert scorer("crosswalk", ITEMS, PARAMETERS | {"chances": chances})(1, 1, 1).value is not None
