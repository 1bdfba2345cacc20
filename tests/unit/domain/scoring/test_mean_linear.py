"""Mean moved to 0-100: every answer of three items, against exact fractions."""

from __future__ import annotations

from fractions import Fraction
from itertools import product

import pytest

from tests.unit.domain.scoring.made import choice, choices, numeric, refusal, scorer

ONE_TO_FOUR = (1, 2, 3, 4)
LINEAR = {"minimum": 1, "maximum": 4, "missing": "any"}
ENOUGH_OF_THREE = {
    "any": 1,
    "at_least_half": 2,
    "half_rounded_up": 2,
    "more_than_half": 2,
    "all_but_one": 2,
    "none": 3,
}


def exact(codes: list[Fraction], low: int, high: int) -> Fraction:
    """The manual's raw score and linear transformation, in fractions."""
    return (sum(codes, Fraction(0)) / len(codes) - low) / (high - low) * 100


@pytest.mark.parametrize("rule", sorted(ENOUGH_OF_THREE))
@pytest.mark.parametrize("turned", [None, False, True])
def test_every_answer_of_three_items(rule: str, turned: bool | None) -> None:
    extra = {} if turned is None else {"reversed": turned}
    score = scorer("mean_linear", choices(3, ONE_TO_FOUR), LINEAR | {"missing": rule} | extra)
    for codes in product((None, *ONE_TO_FOUR), repeat=3):
        found = score(*codes)
        given = [Fraction(code) for code in codes if code is not None]
        assert (found.rule, found.items_used, found.items_total) == (rule, len(given), 3)
        if len(given) < ENOUGH_OF_THREE[rule]:
            assert (found.value, found.reason) == (None, "too_few_items")
        else:
            expected = exact(given, 1, 4)
            expected = 100 - expected if turned else expected
            assert found.value == pytest.approx(float(expected), abs=1e-9)
            assert found.reason is None


def test_mirrored_inputs_count_from_the_other_end() -> None:
    """The QLQ-C30 summary score takes its symptom scales as 100 minus them."""
    parameters = {"minimum": 0, "maximum": 100, "missing": "none", "mirrored": ["B", "C"]}
    items = [numeric(name, 0, 100) for name in "abc"]
    score = scorer("mean_linear", items, parameters, over_scales=True)
    for a, b, c in product((0, 20, 33, 100), repeat=3):
        expected = Fraction(a + 100 - b + 100 - c, 3)
        assert score(a, b, c).value == pytest.approx(float(expected), abs=1e-9)
    assert score(10, None, 30).value is None


def test_mirroring_starts_from_both_ends_of_one_input() -> None:
    parameters = {"minimum": 1, "maximum": 4, "missing": "none", "mirrored": ["a"]}
    score = scorer("mean_linear", choices(2, ONE_TO_FOUR), parameters)
    assert [score(code, 1).value for code in ONE_TO_FOUR] == pytest.approx(
        [50.0, 100 / 3, 50 / 3, 0.0], abs=1e-9
    )


def test_an_odd_range_and_uneven_numbers() -> None:
    """SF-36 v1 general health: 5, 4.4, 3.4, 2, 1."""
    table = {"0": 5, "1": 4.4, "2": 3.4, "3": 2, "4": 1}
    parameters = {"minimum": 1, "maximum": 5, "missing": "none", "values": {"five": table}}
    score = scorer("mean_linear", 2, parameters)
    numbers = [Fraction(50, 10), Fraction(44, 10), Fraction(34, 10), Fraction(2), Fraction(1)]
    for a, b in product(range(5), repeat=2):
        expected = exact([numbers[a], numbers[b]], 1, 5)
        assert score(a, b).value == pytest.approx(float(expected), abs=1e-9)


def test_rounding_never_leaves_0_to_100() -> None:
    tenths = {"0": 0.1, "1": 0.2, "2": 0.3, "3": 0.6, "4": 0.7}
    for turned in (False, True):
        parameters = {
            "minimum": 0.1,
            "maximum": 0.7,
            "missing": "any",
            "values": {"five": tenths},
            "reversed": turned,
        }
        for count in range(1, 8):
            score = scorer("mean_linear", count, parameters)
            for code in range(5):
                value = score(*[code] * count).value
                assert value is not None
                assert 0 <= value <= 100
            ends = [score(*[code] * count).value for code in (0, 4)]
            assert sorted(ends) == pytest.approx([0, 100], abs=1e-9)


def test_a_scale_beyond_the_ends_counts_as_the_end() -> None:
    """Nobody lists what a scale gives, so the range is kept when a person is scored."""
    items = [numeric(name, 0, 200) for name in "ab"]
    parameters = {"minimum": 50, "maximum": 100, "missing": "none"}
    score = scorer("mean_linear", items, parameters, over_scales=True)
    counted = [score(n, n).value for n in (0, 49, 50, 75, 100, 101, 200)]
    assert counted == [0, 0, 0, 50, 100, 100, 100]


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"minimum": None}, "parameter 'minimum' must be a number"),
        ({"maximum": "4"}, "parameter 'maximum' must be a number"),
        ({"reversed": 1}, "parameter 'reversed' must be true or false"),
        (
            {"mirrored": ["z"]},
            "parameter 'mirrored' must name inputs of the scale, each of them once",
        ),
        (
            {"missing": "half"},
            (
                "parameter 'missing' must be one of all_but_one, any, at_least_half,"
                " half_rounded_up, more_than_half, none"
            ),
        ),
        ({"maximum": 3}, "its items do not lie in minimum..maximum"),
        ({"minimum": 2}, "its items do not lie in minimum..maximum"),
        ({"prorated": True}, "method 'mean_linear' has no parameter 'prorated'"),
    ],
)
def test_refused(change: dict[str, object], sentence: str) -> None:
    assert refusal("mean_linear", choices(2, ONE_TO_FOUR), LINEAR | change) == sentence


@pytest.mark.parametrize(("low", "high"), [(50, 50), (51, 50)])
def test_a_range_that_is_none_is_refused_even_where_nobody_lists_the_inputs(
    low: int, high: int
) -> None:
    parameters = {"minimum": low, "maximum": high, "missing": "any"}
    found = refusal("mean_linear", 2, parameters, over_scales=True)
    assert found == "its items do not lie in minimum..maximum"


@pytest.mark.parametrize("codes", [(0, 1, 2, 3, 4), (1, 2, 3, 4, 5)])
def test_each_item_must_lie_within_the_range(codes: tuple[int, ...]) -> None:
    """One item that does not is enough, wherever it stands."""
    for place in range(3):
        items = [choice(name, ONE_TO_FOUR) for name in "abc"]
        items[place] = choice("abc"[place], codes)
        assert refusal("mean_linear", items, LINEAR) == "its items do not lie in minimum..maximum"


def test_an_item_that_only_ever_counts_as_missing_lies_in_any_range() -> None:
    nothing = dict.fromkeys("1234")
    score = scorer("mean_linear", choices(2, ONE_TO_FOUR), LINEAR | {"values": {"a": nothing}})
    assert (score(4, 4).value, score(4, 4).items_used) == (100.0, 1)
