"""Component scores, against exact fractions."""

from __future__ import annotations

from fractions import Fraction
from itertools import product

import pytest

from qol.domain.scoring import Score
from tests.unit.domain.scoring.made import refusal, scorer

NORMS: dict[str, object] = {
    "means": {"c": 1.25, "a": 3, "b": -0.5},  # the order of the tables says nothing
    "deviations": {"b": 0.75, "a": 1.6, "c": 2},
    "weights": {"a": 0.42402, "c": -0.19206, "b": 0.31813},
}
EXACT = (
    (Fraction(3), Fraction(16, 10), Fraction(42402, 100000)),
    (Fraction(-1, 2), Fraction(3, 4), Fraction(31813, 100000)),
    (Fraction(5, 4), Fraction(2), Fraction(-19206, 100000)),
)


def test_every_answer_of_three_items() -> None:
    score = scorer("norm_based", 3, NORMS)
    for codes in product(range(5), repeat=3):
        exact = 50 + 10 * sum(
            (weight * (code - mean) / deviation)
            for code, (mean, deviation, weight) in zip(codes, EXACT, strict=True)
        )
        found = score(*codes)
        assert found.value == pytest.approx(float(exact), abs=1e-9)
        assert (found.rule, found.reason, found.items_used) == ("none", None, 3)


def test_the_mean_of_the_norm_is_50_and_one_deviation_10() -> None:
    parameters = {"means": {"A": 2}, "deviations": {"A": 0.5}, "weights": {"A": 1}}
    score = scorer("norm_based", 1, parameters, over_scales=True)
    assert [score(code).value for code in range(5)] == [10.0, 30.0, 50.0, 70.0, 90.0]


@pytest.mark.parametrize("codes", [(None, 1, 1), (1, 1, None), (None, None, None)])
def test_none_may_be_missing(codes: tuple[int | None, ...]) -> None:
    used = 3 - codes.count(None)
    found = scorer("norm_based", 3, NORMS)(*codes)
    assert found == Score("sc", None, "norm_based", "7", used, 3, "none", "too_few_items")


@pytest.mark.parametrize("name", sorted(NORMS))
@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        (None, "parameter {name!r} must be a table"),
        ({}, "parameter {name!r} must be a table"),
        ({"a": 1, "b": 1}, "parameter {name!r} must give each of its inputs one number"),
        (
            {"a": 1, "b": 1, "c": 1, "d": 1},
            "parameter {name!r} must give each of its inputs one number",
        ),
        ({"a": 1, "b": 1, "c": "1"}, "parameter {name!r} must give each of its inputs one number"),
        ({"a": 1, "b": 1, "d": 1}, "parameter {name!r} must give each of its inputs one number"),
    ],
)
def test_one_number_for_each_input(name: str, given: object, sentence: str) -> None:
    assert refusal("norm_based", 3, NORMS | {name: given}) == sentence.format(name=name)


@pytest.mark.parametrize("deviation", [0, -1])
@pytest.mark.parametrize("name", ["a", "b", "c"])
def test_a_deviation_is_above_0(name: str, deviation: int) -> None:
    deviations = {"a": 1, "b": 0.001, "c": 1} | {name: deviation}
    found = refusal("norm_based", 3, NORMS | {"deviations": deviations})
    assert found == "a deviation must be above 0"


def test_no_other_parameter() -> None:
    found = refusal("norm_based", 3, NORMS | {"missing": "none"})
    assert found == "method 'norm_based' has no parameter 'missing'"
