"""Shares in percent, and two losses that follow one another: the WPAI's scores."""

from __future__ import annotations

from fractions import Fraction
from itertools import product

import pytest

from qol.domain.scoring import Score
from tests.unit.domain.scoring.made import choices, numeric, refusal, scorer

GIVEN = (None, 0, 1, 2, 3, 4)
ABSENT = {"over": ["a"], "under": ["a", "b"], "nonzero": ["c"]}


@pytest.mark.parametrize("over_scales", [False, True])
def test_every_answer_of_hours_missed_worked_and_a_yes(over_scales: bool) -> None:
    named = {
        name: [one.upper() for one in ones] if over_scales else ones
        for name, ones in ABSENT.items()
    }
    score = scorer("ratio", 3, named, over_scales=over_scales)
    lacking = "scale_missing" if over_scales else "too_few_items"
    for missed, worked, employed in product(GIVEN, repeat=3):
        found = score(missed, worked, employed)
        if employed == 0:  # before anything else: whoever has no work misses none
            assert (found.value, found.reason) == (None, "not_defined")
        elif missed is None or worked is None:
            assert (found.value, found.reason) == (None, lacking)
        elif missed + worked == 0:
            assert (found.value, found.reason) == (None, "not_defined")
        else:
            exact = Fraction(100 * missed, missed + worked)
            assert found.value == pytest.approx(float(exact), abs=1e-9)
            assert found.reason is None
        used = 3 - (missed, worked, employed).count(None)
        assert (found.rule, found.items_used, found.items_total) == ("none", used, 3)


def test_out_of_a_fixed_number() -> None:
    score = scorer("ratio", [numeric("a", 0, 10)], {"over": ["a"], "out_of": 10})
    assert [score(code).value for code in (0, 1, 5, 10)] == [0.0, 10.0, 50.0, 100.0]
    assert score(None) == Score("sc", None, "ratio", "7", 0, 1, "none", "too_few_items")
    score = scorer("ratio", 1, {"over": ["a"], "out_of": 0.5})
    assert score(4).value == 800.0


def test_what_is_over_is_added_too() -> None:
    score = scorer("ratio", 3, {"over": ["c", "a"], "under": ["b"]})
    assert score(3, 4, 4).value == 175.0
    assert score(3, 0, 4).reason == "not_defined"
    assert score(3, 4, None).reason == "too_few_items"


def test_each_of_what_must_not_be_0_may_be_missing() -> None:
    parameters = {"over": ["a"], "out_of": 4, "nonzero": ["b", "c"]}
    score = scorer("ratio", 3, parameters)
    assert score(2, None, None).value == 50.0
    assert score(2, 1, None).value == 50.0
    assert score(2, 1, 0) == Score("sc", None, "ratio", "7", 3, 3, "none", "not_defined")
    assert score(2, 0, 1).reason == "not_defined"


def test_an_input_may_have_two_parts() -> None:
    score = scorer("ratio", 1, {"over": ["a"], "out_of": 4, "nonzero": ["a"]})
    assert (score(0).value, score(0).reason) == (None, "not_defined")
    assert score(1).value == 25.0


NEEDS = "it needs 'over', and either 'under' or a positive 'out_of'"
NO_PART = "one of its inputs has no part in it"


@pytest.mark.parametrize(
    ("parameters", "sentence"),
    [
        ({}, NEEDS),
        ({"under": ["a", "b"]}, NEEDS),
        ({"over": [], "under": ["a", "b"]}, NEEDS),
        ({"over": ["a", "b"]}, NEEDS),
        ({"over": ["a"], "under": [], "nonzero": ["b"]}, NEEDS),
        ({"over": ["a"], "under": ["b"], "out_of": 10}, NEEDS),
        ({"over": ["a", "b"], "out_of": 0}, NEEDS),
        ({"over": ["a", "b"], "out_of": -1}, NEEDS),
        ({"over": ["a", "b"], "out_of": "10"}, "parameter 'out_of' must be a number"),
        ({"over": ["a"], "out_of": 10}, NO_PART),
        ({"over": ["b"], "under": ["b"]}, NO_PART),
        ({"over": ["b"], "out_of": 1, "nonzero": ["b"]}, NO_PART),
        ({"over": "a", "under": ["b"]}, "parameter 'over' must be a list"),
        *(
            (
                {"over": ["a"], "under": ["b"]} | {name: given},
                f"parameter {name!r} must name inputs of the scale, each of them once",
            )
            for name in ("over", "under", "nonzero")
            for given in (["z"], ["a", "a"], ["a", "z"], [["a"]])
        ),
        (
            {"over": ["a"], "under": ["b"], "missing": "any"},
            "method 'ratio' has no parameter 'missing'",
        ),
    ],
)
def test_refused(parameters: dict[str, object], sentence: str) -> None:
    assert refusal("ratio", 2, parameters) == sentence


PERCENT = [numeric("a", 0, 100), numeric("b", 0, 100)]


@pytest.mark.parametrize("over_scales", [False, True])
def test_the_second_loss_is_of_what_the_first_leaves(over_scales: bool) -> None:
    score = scorer("joint_loss", PERCENT, {}, over_scales=over_scales)
    for first, second in product((0, 1, 25, 50, 99, 100), repeat=2):
        exact = 100 * (1 - Fraction(100 - first, 100) * Fraction(100 - second, 100))
        found = score(first, second)
        assert found.value == pytest.approx(float(exact), abs=1e-9)
        assert (found.reason, found.rule) == (None, "none")


@pytest.mark.parametrize(
    ("codes", "value"),
    [((100, None), 100.0), ((99, None), None), ((None, 100), None), ((None, None), None)],
)
def test_once_all_is_lost_the_second_is_not_asked(
    codes: tuple[int | None, ...], value: float | None
) -> None:
    used = 2 - codes.count(None)
    reason = None if value else "too_few_items"
    found = scorer("joint_loss", PERCENT, {})(*codes)
    assert found == Score("sc", value, "joint_loss", "7", used, 2, "none", reason)


def test_joint_loss_refused() -> None:
    assert refusal("joint_loss", 1, {}) == "method 'joint_loss' takes exactly 2 inputs"
    assert refusal("joint_loss", choices(3), {}) == "method 'joint_loss' takes exactly 2 inputs"
    found = refusal("joint_loss", 2, {"out_of": 100})
    assert found == "method 'joint_loss' has no parameter 'out_of'"
