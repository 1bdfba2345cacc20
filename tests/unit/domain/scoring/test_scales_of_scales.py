"""Scales made from scales, the share of items beneath them, and what a list of scores says."""

from __future__ import annotations

import pytest

from qol.domain.answers import State
from qol.domain.errors import InstrumentError
from qol.domain.instrument import Scale
from qol.domain.scoring import METHODS, Score, Scoring, score
from tests.unit.domain.scoring.made import answered, choice, instrument, refusal, scorer

NONE, ANY = {"missing": "none"}, {"missing": "any"}


def over(code: str, *scales: str, **parameters: object) -> Scale:
    return Scale(code, (), "sum", ANY | parameters, scales=scales)


TWO = (Scale("one", ("a", "b"), "sum", dict(ANY)), Scale("two", ("c", "d"), "sum", dict(ANY)))


def test_scores_come_in_the_instruments_order_with_its_version() -> None:
    made = instrument(4, *TWO, over("all", "two", "one"), Scale("last", ("d",), "single"))
    found = score(made, answered((1, 2, 3, None)))
    assert found == [
        Score("one", 3.0, "sum", "7", 2, 2, "any"),
        Score("two", 3.0, "sum", "7", 1, 2, "any"),
        Score("all", 6.0, "sum", "7", 3, 4, "any"),
        Score("last", None, "single", "7", 0, 1, "none", "too_few_items"),
    ]
    assert Scoring(made)(answered((1, 2, 3, None))) == found


def test_an_instrument_without_scales_has_no_scores() -> None:
    assert score(instrument(2), answered((1, 2))) == []


def test_an_item_beneath_two_scales_is_one_item() -> None:
    shared = Scale("two", ("b", "c"), "sum", dict(ANY))
    made = instrument(3, TWO[0], shared, over("all", "one", "two"), over("top", "all", "one"))
    ready = Scoring(made)
    assert ready.items_beneath == {
        "one": frozenset("ab"),
        "two": frozenset("bc"),
        "all": frozenset("abc"),
        "top": frozenset("abc"),
    }
    found = ready(answered((1, 2, 4)))
    assert [(one.value, one.items_used, one.items_total) for one in found] == [
        (3.0, 2, 2),
        (6.0, 2, 2),
        (9.0, 3, 3),
        (12.0, 3, 3),
    ]


@pytest.mark.parametrize(
    ("share", "name", "fewest"),
    [
        (0, "items_over_0_percent", 1),
        (25, "items_over_25_percent", 2),
        (49.9, "items_over_49.9_percent", 2),
        (50, "items_over_50_percent", 3),
        (80, "items_over_80_percent", 4),
        (99.5, "items_over_99.5_percent", 4),
    ],
)
def test_more_than_a_share_of_the_items_beneath(share: float, name: str, fewest: int) -> None:
    """FACT-G: more than 80 % of 27. Exactly the share is not more."""
    made = instrument(4, *TWO, over("all", "one", "two", items_more_than_percent=share))
    for used in range(5):
        found = score(made, answered([2] * used + [None] * (4 - used)))[-1]
        assert (found.rule, found.items_used, found.items_total) == (name, used, 4)
        assert found.value == (2.0 * used if used >= fewest else None)


def test_why_the_share_leaves_no_value() -> None:
    made = instrument(4, *TWO, over("all", "one", "two", items_more_than_percent=80))
    assert score(made, answered((1, 1, 1, None)))[-1].reason == "too_few_items"
    assert score(made, answered((1, 1, None, None)))[-1].reason == "scale_missing"
    closed = answered([State.NOT_APPLICABLE] * 4)
    assert score(made, closed)[-1].reason == "not_applicable"
    whole = instrument(
        4, *TWO, over("all", "one", "two", items_more_than_percent=80, missing="none")
    )
    found = score(whole, answered((1, 1, 1, 1)))[-1]
    assert found == Score("all", 4.0, "sum", "7", 4, 4, "items_over_80_percent")


@pytest.mark.parametrize("share", [-1, 100, 101])
def test_a_share_is_a_percentage_below_100(share: float) -> None:
    parameters = ANY | {"items_more_than_percent": share}
    sentence = "parameter 'items_more_than_percent' is a percentage, of a scale made from scales"
    assert refusal("sum", 2, parameters, over_scales=True) == sentence
    assert refusal("sum", 2, ANY | {"items_more_than_percent": 50}) == sentence


def test_a_share_is_a_number_and_of_sums() -> None:
    parameters = ANY | {"items_more_than_percent": "80"}
    found = refusal("sum", 2, parameters, over_scales=True)
    assert found == "parameter 'items_more_than_percent' must be a number"
    found = refusal("single", 1, {"items_more_than_percent": 80}, over_scales=True)
    assert found == "method 'single' has no parameter 'items_more_than_percent'"


CLOSED, DECLINED = State.NOT_APPLICABLE, State.DECLINED


@pytest.mark.parametrize(
    ("codes", "reason"),
    [
        ((CLOSED, CLOSED), "not_applicable"),
        ((CLOSED, DECLINED), "too_few_items"),
        ((CLOSED, None), "too_few_items"),
        ((None, None), "too_few_items"),
        ((CLOSED, 1), "too_few_items"),
        ((1, 1), None),
    ],
)
def test_why_there_is_no_value(codes: tuple[int | State | None, ...], reason: str | None) -> None:
    assert scorer("sum", 2, NONE)(*codes).reason == reason
    above = scorer("sum", 2, NONE, over_scales=True)(*codes).reason
    assert above == ("scale_missing" if reason == "too_few_items" else reason)


def test_what_is_not_defined_says_so_before_anything_else() -> None:
    """Of items that are all closed and count 0, the share is of nothing."""
    items = [choice("a", after="a"), choice("b", after="a")]
    parameters = {"over": ["a"], "under": ["b"], "closed": 0}
    assert scorer("ratio", items, parameters)(CLOSED, CLOSED).reason == "not_defined"


def test_all_scales_there_and_still_none() -> None:
    """A scale above others may lack a value though none beneath it does."""
    bands = {"bands": [{"name": "high", "from": 3}]}
    assert scorer("bands", 1, bands, over_scales=True)(1).reason == "not_defined"


NEITHER = "it needs either items or scales, each of them once"


@pytest.mark.parametrize(
    ("scale", "sentence"),
    [
        (Scale("sc", (), "sum", dict(ANY)), NEITHER),
        (Scale("sc", ("a",), "sum", dict(ANY), scales=("one",)), NEITHER),
        (Scale("sc", ("a", "b", "a"), "sum", dict(ANY)), NEITHER),
        (over("sc", "one", "one"), NEITHER),
        (over("sc", "one", "three"), "there is no scale three before it"),
        (over("sc", "sc"), "there is no scale sc before it"),
        (over("sc", "after"), "there is no scale after before it"),
        (
            Scale("sc", ("a",), "eval"),
            f"there is no method 'eval'; there is {', '.join(sorted(METHODS))}",
        ),
    ],
)
def test_refused(scale: Scale, sentence: str) -> None:
    with pytest.raises(InstrumentError) as caught:
        Scoring(instrument(4, *TWO, scale, Scale("after", ("a",), "single")))
    assert str(caught.value) == f"scale sc: {sentence}"


def test_the_methods_that_there_are() -> None:
    """Each has a file of tests here, or shares one; a new one needs its own."""
    assert set(METHODS) == {
        "bands", "composite_grade", "criteria", "cross_table", "crosswalk", "decrements",
        "joint_loss", "lookup", "mean_linear", "norm_based", "profile", "ratio", "single",
        "skipped", "sum",
    }  # fmt: skip
