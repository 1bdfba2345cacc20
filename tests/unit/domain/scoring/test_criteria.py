"""Values that meet criteria, or do not."""

from __future__ import annotations

from itertools import product

import pytest

from qol.domain.scoring import Score
from tests.unit.domain.scoring.made import refusal, scorer

BOUNDS = {"a": [1, 3], "b": [2, None], "c": [None, 1]}


@pytest.mark.parametrize("worth", [None, 100, 0.5])
def test_every_answer_of_three_items(worth: float | None) -> None:
    extra = {} if worth is None else {"worth": worth}
    score = scorer("criteria", 3, {"bounds": BOUNDS} | extra)
    met = 1.0 if worth is None else float(worth)
    for a, b, c in product(range(5), repeat=3):
        expected = met if a in {1, 2, 3} and b in {2, 3, 4} and c in {0, 1} else 0.0
        assert score(a, b, c) == Score("sc", expected, "criteria", "7", 3, 3, "none")


def test_a_worth_of_nothing_is_nothing() -> None:
    score = scorer("criteria", 1, {"bounds": {"a": [1, 1]}, "worth": 0})
    assert [score(code).value for code in (0, 1)] == [0.0, 0.0]


@pytest.mark.parametrize("codes", [(None, 2, 0), (1, None, 0), (4, 2, None), (None, None, None)])
def test_none_may_be_missing_even_when_another_fails(codes: tuple[int | None, ...]) -> None:
    found = scorer("criteria", 3, {"bounds": BOUNDS})(*codes)
    used = sum(code is not None for code in codes)
    assert found == Score("sc", None, "criteria", "7", used, 3, "none", "too_few_items")


def test_scales_are_held_to_bounds_by_their_names() -> None:
    """PHQ-9: a core symptom and at least two, at most four, in all."""
    bounds = {"B": [2, 4], "A": [1, None]}  # the table's order says nothing
    score = scorer("criteria", 2, {"bounds": bounds}, over_scales=True)
    for a, b in product(range(5), repeat=2):
        assert score(a, b).value == float(a >= 1 and 2 <= b <= 4)


PAIR = "a pair of bounds is [lowest, highest], null for none"


@pytest.mark.parametrize(
    ("pair", "sentence"),
    [
        ([1], PAIR),
        ([1, 2, 3], PAIR),
        (1, PAIR),
        ("12", PAIR),
        ([None, None], PAIR),
        (["1", 2], PAIR),
        ([1, "2"], PAIR),
        ([True, 2], PAIR),
        ([3, 2], PAIR),
    ],
)
def test_pairs_that_are_none(pair: object, sentence: str) -> None:
    assert refusal("criteria", 1, {"bounds": {"a": pair}}) == sentence
    assert refusal("criteria", 2, {"bounds": {"a": [1, 2], "b": pair}}) == sentence


@pytest.mark.parametrize(
    ("parameters", "sentence"),
    [
        ({}, "parameter 'bounds' must be a table"),
        ({"bounds": {"a": [1, 2]}}, "parameter 'bounds' must hold one pair for each of its inputs"),
        (
            {"bounds": {"a": [1, 2], "b": [1, 2], "z": [1, 2]}},
            "parameter 'bounds' must hold one pair for each of its inputs",
        ),
        (
            {"bounds": {"a": [1, 2], "b": [1, 2]}, "worth": None},
            "parameter 'worth' must be a number",
        ),
        (
            {"bounds": {"a": [1, 2], "b": [1, 2]}, "missing": "none"},
            "method 'criteria' has no parameter 'missing'",
        ),
    ],
)
def test_refused(parameters: dict[str, object], sentence: str) -> None:
    assert refusal("criteria", 2, parameters) == sentence
