"""Each method on worked cases, and what must hold whatever the answers."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qol.domain.answers import Answer, Code, State
from qol.domain.instrument import Instrument, Item, ResponseSet, Scale, Section
from qol.domain.scoring import Score, score
from qol.domain.scoring.missing import RULES, needed

FOUR = ResponseSet("four", (1, 2, 3, 4))


def instrument(method: str, items: int, **parameters: object) -> Instrument:
    codes = tuple(f"it{place}" for place in range(items))
    return Instrument(
        id="made-up",
        version="1",
        sections=(Section("all", codes),),
        items=tuple(Item(code, "single_choice", "all", "four", FOUR.codes) for code in codes),
        scales=(Scale("sc", codes, method, parameters),),
        response_sets=(FOUR,),
        algorithm="7",
    )


def answered(*codes: int | State | None) -> dict[str, Answer]:
    found: dict[str, Answer] = {}
    for place, code in enumerate(codes):
        if code is not None:
            found[f"it{place}"] = code if isinstance(code, State) else Code(code)
    return found


def only_score(made: Instrument, answers: dict[str, Answer]) -> Score:
    (found,) = score(made, answers)
    return found


def mean(items: int, rule: str = "at_least_half", **more: object) -> Instrument:
    return instrument("mean_linear", items, minimum=1, maximum=4, missing=rule, **more)


def test_a_score_says_how_it_came_to_be() -> None:
    assert only_score(mean(3), answered(1, 4, State.DECLINED)) == Score(
        scale="sc",
        value=50.0,
        algorithm="mean_linear",
        version="7",
        items_used=2,
        items_total=3,
        rule="at_least_half",
        reason=None,
    )


@pytest.mark.parametrize(
    ("codes", "is_reversed", "value"),
    [
        ((1, 1), False, 0.0),
        ((4, 4), False, 100.0),
        ((4, 4), True, 0.0),
        ((1, 2), False, 100 / 6),
        ((1, 2), True, 500 / 6),
        ((None, 2), False, 100 / 3),
        ((None, None), False, None),
    ],
)
def test_mean_linear(codes: tuple[int, ...], is_reversed: bool, value: float | None) -> None:
    found = only_score(mean(2, reversed=is_reversed), answered(*codes))
    assert found.value == (None if value is None else pytest.approx(value))


@pytest.mark.parametrize(
    ("parameters", "codes", "value"),
    [
        ({"missing": "none"}, (1, 2, 3), 6.0),
        ({"missing": "none"}, (1, 2, None), None),
        ({"missing": "any"}, (1, None, None), 1.0),
        ({"missing": "any", "prorated": True}, (1, None, None), 3.0),
        ({"missing": "more_than_half", "prorated": True}, (2, 3, None), 7.5),
        ({"missing": "more_than_half", "prorated": True}, (2, None, None), None),
    ],
)
def test_sum(parameters: dict[str, object], codes: tuple[int, ...], value: float | None) -> None:
    assert only_score(instrument("sum", 3, **parameters), answered(*codes)).value == value


def test_single_is_the_items_code() -> None:
    made = instrument("single", 1)
    assert only_score(made, answered(3)).value == 3.0
    assert only_score(made, answered(3)).rule == "none"
    assert only_score(made, answered(State.DECLINED)).value is None


def test_a_scale_may_count_an_option_as_another_number_or_as_missing() -> None:
    tables = {
        "four": {"1": 0, "2": 1.5, "3": 9, "4": None},
        "it1": {"1": 4, "2": 3, "3": 2, "4": 1},
    }
    made = instrument("sum", 3, missing="any", values=tables)
    found = only_score(made, answered(2, 4, 4))
    assert (found.value, found.items_used) == (2.5, 2)


def test_why_there_is_no_value() -> None:
    closed = (State.NOT_APPLICABLE, State.NOT_APPLICABLE)
    assert only_score(mean(2), answered(*closed)).reason == "not_applicable"
    assert only_score(mean(2), answered(State.DECLINED, closed[0])).reason == "too_few_items"
    assert only_score(mean(2), answered(1, 1)).reason is None


def test_a_code_that_its_item_does_not_have_is_an_error_that_does_not_repeat_it() -> None:
    with pytest.raises(ValueError, match="item it0 is not one of its codes") as caught:
        score(mean(2), answered(97, 1))
    assert "97" not in str(caught.value)


@pytest.mark.parametrize(
    ("rule", "wanted"),
    [
        ("at_least_half", [1, 1, 2, 2, 3, 3, 4]),
        ("half_rounded_up", [1, 1, 2, 2, 3, 3, 4]),
        ("more_than_half", [1, 2, 2, 3, 3, 4, 4]),
        ("all_but_one", [1, 1, 2, 3, 4, 5, 6]),
        ("any", [1, 1, 1, 1, 1, 1, 1]),
        ("none", [1, 2, 3, 4, 5, 6, 7]),
    ],
)
def test_how_many_answers_each_rule_needs(rule: str, wanted: list[int]) -> None:
    assert [needed(rule, items) for items in range(1, len(wanted) + 1)] == wanted


def test_every_rule_is_in_the_table_above() -> None:
    tried = {"at_least_half", "half_rounded_up", "more_than_half", "all_but_one", "any", "none"}
    assert set(RULES) == tried


codes_or_gaps = st.lists(st.none() | st.sampled_from(FOUR.codes), min_size=1, max_size=12)
rules = st.sampled_from(sorted(RULES))


@given(codes_or_gaps, rules, st.booleans(), st.randoms(use_true_random=False))
def test_the_order_of_the_items_never_shows(
    codes: list[int | None], rule: str, flag: bool, dice: Random
) -> None:
    mixed = list(codes)
    dice.shuffle(mixed)
    for made in (
        mean(len(codes), rule, reversed=flag),
        instrument("sum", len(codes), missing=rule, prorated=flag),
    ):
        assert only_score(made, answered(*codes)) == only_score(made, answered(*mixed))


@given(codes_or_gaps, rules, st.booleans())
def test_values_stay_in_range(codes: list[int | None], rule: str, flag: bool) -> None:
    total = len(codes)
    linear = only_score(mean(total, rule, reversed=flag), answered(*codes)).value
    added = only_score(instrument("sum", total, missing=rule, prorated=flag), answered(*codes))
    assert linear is None or 0 <= linear <= 100
    assert added.value is None or 1 <= added.value <= 4 * total


@given(codes_or_gaps, rules, st.sampled_from(FOUR.codes))
def test_one_more_answer_never_takes_a_value_away(
    codes: list[int | None], rule: str, code: int
) -> None:
    made = mean(len(codes), rule)
    if only_score(made, answered(*codes)).value is None:
        return
    for place, given_code in enumerate(codes):
        if given_code is None:
            fuller = [*codes[:place], code, *codes[place + 1 :]]
            assert only_score(made, answered(*fuller)).value is not None


@given(codes_or_gaps, rules)
def test_reversing_mirrors(codes: list[int | None], rule: str) -> None:
    straight = only_score(mean(len(codes), rule), answered(*codes)).value
    mirrored = only_score(mean(len(codes), rule, reversed=True), answered(*codes)).value
    if straight is None or mirrored is None:
        assert straight is mirrored
    else:
        assert straight + mirrored == pytest.approx(100)
