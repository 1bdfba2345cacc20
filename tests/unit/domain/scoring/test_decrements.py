"""Values of health states: every state of three items, against exact fractions."""

from __future__ import annotations

from fractions import Fraction
from itertools import product

import pytest

from qol.domain.scoring import Score
from tests.unit.domain.scoring.made import choices, refusal, scorer

CODES = (1, 2, 3)
ITEMS = choices(3, CODES)
LOST = {
    "c": {"3": 0.3, "2": 0.07, "1": -0.01},  # the order of the tables says nothing
    "a": {"1": 0, "2": 0.1, "3": 0.25},
    "b": {"1": 0.02, "2": 0.155, "3": 0.372},
}
EXACT = {
    "a": {1: Fraction(0), 2: Fraction(10, 100), 3: Fraction(25, 100)},
    "b": {1: Fraction(2, 100), 2: Fraction(155, 1000), 3: Fraction(372, 1000)},
    "c": {1: Fraction(-1, 100), 2: Fraction(7, 100), 3: Fraction(3, 10)},
}
N3 = {"items": ["a", "b", "c"], "codes": ["3"], "minus": 0.174}
N23 = {"items": ["c", "a"], "codes": [2, 3], "minus": -0.05}
VALUES = {"from": 1, "decrements": LOST, "interactions": [N3, N23]}


def exact(a: int, b: int, c: int) -> Fraction:
    """One minus what each item takes, minus each interaction once."""
    value = 1 - EXACT["a"][a] - EXACT["b"][b] - EXACT["c"][c]
    if 3 in {a, b, c}:
        value -= Fraction(174, 1000)
    if a > 1 or c > 1:
        value += Fraction(5, 100)
    return value


def test_every_state() -> None:
    score = scorer("decrements", ITEMS, VALUES)
    for state in product(CODES, repeat=3):
        found = score(*state)
        assert found.value == pytest.approx(float(exact(*state)), abs=1e-12)
        assert (found.items_used, found.items_total, found.rule) == (3, 3, "none")
        assert (found.reason, found.band) == (None, None)


def test_without_interactions_the_value_only_adds() -> None:
    score = scorer("decrements", ITEMS, {"from": 0.5, "decrements": LOST})
    for a, b, c in product(CODES, repeat=3):
        expected = Fraction(1, 2) - EXACT["a"][a] - EXACT["b"][b] - EXACT["c"][c]
        assert score(a, b, c).value == pytest.approx(float(expected), abs=1e-12)


@pytest.mark.parametrize("state", [(None, 1, 1), (1, None, 1), (3, 3, None), (None, None, None)])
def test_none_may_be_missing(state: tuple[int | None, ...]) -> None:
    used = 3 - state.count(None)
    found = scorer("decrements", ITEMS, VALUES)(*state)
    assert found == Score("sc", None, "decrements", "7", used, 3, "none", "too_few_items")


PIECE = "an interaction has items of the scale, codes of each, and minus, a number"


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"from": None}, "parameter 'from' must be a number"),
        ({"from": True}, "parameter 'from' must be a number"),
        ({"decrements": {}}, "parameter 'decrements' must be a table"),
        (
            {"decrements": {"a": LOST["a"], "b": LOST["b"]}},
            "parameter 'decrements' must hold one table for each of its items",
        ),
        (
            {"decrements": LOST | {"z": LOST["a"]}},
            "parameter 'decrements' must hold one table for each of its items",
        ),
        ({"decrements": LOST | {"b": 1}}, "decrements.b must give each code one number"),
        (
            {"decrements": LOST | {"b": {"1": 0, "2": 0, "3": "0"}}},
            "decrements.b must give each code one number",
        ),
        (
            {"decrements": LOST | {"c": {"1": 0, "2": 0}}, "interactions": []},
            "decrements.c must give each code one number",
        ),
        (
            {"decrements": LOST | {"a": {"1": 0, "2": 0, "3": 0, "4": 0}}},
            "decrements.a must give each code one number",
        ),
        ({"chances": {}}, "method 'decrements' has no parameter 'chances'"),
        ({"interactions": {}}, "parameter 'interactions' must be a list"),
    ],
)
def test_refused(change: dict[str, object], sentence: str) -> None:
    assert refusal("decrements", ITEMS, VALUES | change) == sentence


def test_scales_have_no_codes_to_value() -> None:
    lost = {name.upper(): row for name, row in LOST.items()}
    parameters = {"from": 1, "decrements": lost}
    found = refusal("decrements", ITEMS, parameters, over_scales=True)
    assert found == "decrements.A must give each code one number"


@pytest.mark.parametrize(
    "piece",
    [
        "N3",
        {"items": ["a"], "codes": ["3"]},
        N3 | {"once": True},
        N3 | {"items": []},
        N3 | {"items": "abc"},
        N3 | {"items": ["a", "z"]},
        N3 | {"codes": []},
        N3 | {"codes": "3"},
        N3 | {"codes": ["3", "4"]},
        N3 | {"minus": None},
        N3 | {"minus": "0.174"},
        N3 | {"minus": True},
    ],
)
def test_interactions_that_are_none(piece: object) -> None:
    for pieces in ([piece], [N23, piece], [piece, N23]):
        assert refusal("decrements", ITEMS, VALUES | {"interactions": pieces}) == PIECE


def test_an_interaction_may_name_every_code_of_an_item() -> None:
    always = {"items": ["a"], "codes": ["1", "2", "3"], "minus": 0.2}
    score = scorer("decrements", ITEMS, VALUES | {"interactions": [always]})
    assert score(1, 1, 1).value == pytest.approx(1 + 0.01 - 0.02 - 0.2, abs=1e-12)


def test_an_interactions_codes_are_codes_of_each_of_its_items() -> None:
    lost = {"a": {"1": 0, "2": 0, "3": 0}, "b": {"1": 0, "2": 0}}
    items = (ITEMS[0], choices(2, (1, 2))[1])
    three = {"codes": ["3"], "minus": 1}
    values = {"from": 1, "decrements": lost}
    for names in (["a", "b"], ["b"]):
        pieces = [three | {"items": names}]
        assert refusal("decrements", items, values | {"interactions": pieces}) == PIECE
    score = scorer("decrements", items, values | {"interactions": [three | {"items": ["a"]}]})
    assert [score(code, 1).value for code in CODES] == [1.0, 1.0, 0.0]
