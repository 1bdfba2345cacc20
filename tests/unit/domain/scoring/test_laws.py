"""What holds whatever the answers: order, range, one answer more, reason, purity."""

from __future__ import annotations

from copy import deepcopy
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qol.domain.answers import Answer, State
from qol.domain.instrument import Instrument, Scale
from qol.domain.scoring import METHODS, Scoring
from qol.domain.scoring.missing import RULES
from tests.unit.domain.scoring.made import (
    FIVE,
    Given,
    answered,
    choice,
    instrument,
    one_scale,
    scorer,
)

codes_or_gaps = st.lists(st.none() | st.sampled_from(FIVE), min_size=1, max_size=12)
rules = st.sampled_from(sorted(RULES))
flags = st.booleans()
dice = st.randoms(use_true_random=False)
LINEAR = {"minimum": 0, "maximum": 4}
ANY = {"missing": "any"}
NO_0 = {"0": None, "1": 1, "2": 2, "3": 3, "4": 4}


def shuffled(codes: list[int | None], source: Random) -> list[int | None]:
    mixed = list(codes)
    source.shuffle(mixed)
    return mixed


@given(codes_or_gaps, rules, flags, dice)
def test_the_order_of_the_items_never_shows(
    codes: list[int | None], rule: str, flag: bool, source: Random
) -> None:
    mixed = shuffled(codes, source)
    tenths = {"five": {str(code): code / 10 for code in FIVE}}
    linear = LINEAR | {"missing": rule, "reversed": flag, "values": tenths}
    for method, parameters in (
        ("mean_linear", linear),
        ("sum", {"missing": rule, "prorated": flag, "values": tenths}),
    ):
        score = scorer(method, len(codes), parameters)
        assert score(*codes) == score(*mixed)


@given(st.permutations("abc"), st.tuples(*[st.none() | st.sampled_from(FIVE)] * 3))
def test_named_parameters_follow_their_items(
    order: list[str], codes: tuple[int | None, ...]
) -> None:
    """A scale may list its items in another order: the state, and so the value, is the same."""
    lost = {name: {str(n): (n + place) / 7 for n in FIVE} for place, name in enumerate("abc")}
    norms = {name: place + 0.5 for place, name in enumerate("abc")}
    bounds = {"a": [1, 3], "b": [None, 2], "c": [2, None]}
    piece = {"items": ["a", "c"], "codes": [3, 4], "minus": 0.1}
    for method, parameters in (
        ("decrements", {"from": 1, "decrements": lost, "interactions": [piece]}),
        ("norm_based", {"means": norms, "deviations": norms, "weights": norms}),
        ("criteria", {"bounds": bounds}),
        ("ratio", {"over": ["a"], "under": ["a", "b"], "nonzero": ["c"]}),
    ):
        straight = Scoring(instrument(3, Scale("sc", ("a", "b", "c"), method, parameters)))
        turned = Scoring(instrument(3, Scale("sc", tuple(order), method, parameters)))
        assert turned(answered(codes)) == straight(answered(codes))


@given(codes_or_gaps, rules, flags)
def test_values_stay_in_range(codes: list[int | None], rule: str, flag: bool) -> None:
    count = len(codes)
    linear = scorer("mean_linear", count, LINEAR | {"missing": rule, "reversed": flag})(*codes)
    added = scorer("sum", count, {"missing": rule, "prorated": flag})(*codes)
    assert linear.value is None or 0 <= linear.value <= 100
    assert added.value is None or 0 <= added.value <= 4 * count


@given(codes_or_gaps, rules, st.sampled_from(FIVE), flags)
def test_one_more_answer_never_takes_a_value_away(
    codes: list[int | None], rule: str, code: int, above: bool
) -> None:
    for method, parameters in (("sum", {}), ("mean_linear", LINEAR)):
        score = scorer(method, len(codes), parameters | {"missing": rule}, over_scales=above)
        before = score(*codes)
        for place, one in enumerate(codes):
            if one is None:
                after = score(*codes[:place], code, *codes[place + 1 :])
                assert after.items_used == before.items_used + 1
                assert before.value is None or after.value is not None


@given(codes_or_gaps, rules)
def test_reversing_mirrors(codes: list[int | None], rule: str) -> None:
    parameters = LINEAR | {"missing": rule}
    straight = scorer("mean_linear", len(codes), parameters)(*codes).value
    turned = scorer("mean_linear", len(codes), parameters | {"reversed": True})(*codes).value
    if straight is None or turned is None:
        assert straight is turned
    else:
        assert straight + turned == pytest.approx(100)


def every_method() -> Instrument:
    """One scale of each method, over three items or over scales."""
    names = ("a", "b", "c")
    table = {str(code): 10 * code for code in FIVE}
    lost = {name: {str(code): code / 10 for code in FIVE} for name in names}
    values: dict[str, object] = {"from": 1, "decrements": lost}
    same = {name: {str(code): {str(code): 1} for code in FIVE} for name in names}
    norms = dict.fromkeys(names, 2)
    cross = {one: {**table, "": 5} for one in ("", *table)}
    high = [{"name": "high", "from": 3}]
    grade = {"attributes": ["frequency", "severity", "interference"], "closed": 0}
    share = {"over": ["a"], "under": ["a", "b"], "nonzero": ["c"]}
    norm = {"means": norms, "deviations": norms, "weights": norms}
    return instrument(
        [choice("a"), choice("b", after="a"), choice("c", after="b")],
        Scale("mean", names, "mean_linear", LINEAR | {"missing": "at_least_half"}),
        Scale("sum", names, "sum", ANY | {"closed": 0}),
        Scale("one", ("b",), "single"),
        Scale("t", ("c",), "lookup", {"table": table}),
        Scale("cross", names[:2], "cross_table", {"table": cross, "minimum": 0, "maximum": 40}),
        Scale("value", names, "decrements", values),
        Scale("walk", names, "crosswalk", values | {"chances": same}),
        Scale("grade", names, "composite_grade", grade),
        Scale("share", names, "ratio", share),
        Scale("loss", names[:2], "joint_loss"),
        Scale("norm", names, "norm_based", norm),
        Scale("skip", names, "skipped"),
        Scale("state", names, "profile", {"values": dict.fromkeys(names, NO_0)}),
        Scale("met", names, "criteria", {"bounds": {name: [1, 3] for name in names}}),
        Scale("band", (), "bands", {"bands": high}, scales=("sum",)),
        Scale("all", (), "sum", ANY | {"items_more_than_percent": 50}, scales=("one", "t")),
    )


anything = st.lists(st.none() | st.sampled_from(FIVE) | st.sampled_from(State), max_size=3)


@given(anything)
def test_a_reason_exactly_where_there_is_no_value(codes: list[Given]) -> None:
    made = every_method()
    assert {scale.method for scale in made.scales} == set(METHODS)
    for one in Scoring(made)(answered(codes)):
        assert (one.reason is None) == (one.value is not None)
        assert 0 <= one.items_used <= one.items_total
        assert one.band is None or one.value is not None


@given(anything, anything)
def test_scoring_keeps_nothing_and_changes_nothing(codes: list[Given], others: list[Given]) -> None:
    answers: dict[str, Answer] = answered(codes)
    kept = deepcopy(answers)
    ready = Scoring(every_method())
    first = ready(answers)
    ready(answered(others))
    assert ready(dict(reversed(answers.items()))) == first
    assert Scoring(every_method())(answers) == first
    assert answers == kept


def test_parameters_are_read_once_and_never_written_to() -> None:
    made = every_method()
    kept = deepcopy(made.scales)
    Scoring(made)(answered([1, 2, 3]))
    assert made.scales == kept
    again = one_scale("sum", 3, {"missing": "none"})
    ready = Scoring(again)
    again.scales[0].parameters["missing"] = "any"
    assert ready(answered([1]))[0].rule == "none"
