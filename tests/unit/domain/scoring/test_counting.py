"""What an answer counts: its code, or the number that the scale gives it."""

from __future__ import annotations

import pytest

from qol.domain.answers import Code, State
from qol.domain.instrument import Item
from qol.domain.scoring import Scoring
from tests.unit.domain.scoring.made import choice, numeric, one_scale, refusal, scorer

ANY = {"missing": "any"}
ITEMS = [choice("a"), choice("b"), numeric("c", -1, 1)]
TURNED = {"0": 4, "1": 3, "2": 2, "3": 1, "4": 0}
FIT = "must give each code one number or null"


def test_without_a_table_the_code_counts() -> None:
    score = scorer("single", [numeric("a", -2, 5, also=(77, 88))], {})
    assert [score(code).value for code in (-2, 0, 5, 77, 88)] == [-2.0, 0.0, 5.0, 77.0, 88.0]


def test_a_table_of_the_response_set_is_for_each_item_of_it() -> None:
    score = scorer("sum", ITEMS, ANY | {"values": {"five": TURNED}})
    assert score(0, 1, 1).value == 4 + 3 + 1
    assert score(4, 4, -1).value == -1.0


def test_an_items_own_table_comes_first() -> None:
    values = {"five": TURNED, "b": {"0": 0, "1": 10, "2": 20.5, "3": 30, "4": 40}}
    score = scorer("sum", ITEMS, ANY | {"values": values})
    assert score(4, 2, 0).value == 20.5
    assert score(0, 0, 0).value == 4.0


def test_a_number_has_a_table_of_its_own_with_each_code() -> None:
    """CDC healthy days: 88 is no day, 77 and 99 are no answer."""
    items = [numeric("a", 0, 2, also=(77, 88))]
    table = {"0": 0, "1": 1, "2": 2, "77": None, "88": 0}
    score = scorer("single", items, {"values": {"a": table}})
    assert [score(code).value for code in (0, 1, 2, 77, 88)] == [0.0, 1.0, 2.0, None, 0.0]
    assert (score(77).items_used, score(77).reason) == (0, "too_few_items")
    assert score(88).items_used == 1


def test_a_table_is_as_long_as_its_items_numbers_wherever_they_begin() -> None:
    table = {"2": 20, "3": 30, "4": 40}
    assert scorer("single", [numeric("a", 2, 4)], {"values": {"a": table}})(4).value == 40.0
    for wrong in (table | {"1": 10}, table | {"0": 0, "1": 10}):
        assert FIT in refusal("single", [numeric("a", 2, 4)], {"values": {"a": wrong}})


def test_null_counts_as_missing_and_0_does_not() -> None:
    values = {"five": {"0": 0, "1": None, "2": 2, "3": 3, "4": 4}}
    score = scorer("sum", ITEMS, ANY | {"values": values})
    assert (score(1, 0, None).value, score(1, 0, None).items_used) == (0.0, 1)
    assert (score(1, 1, None).value, score(1, 1, None).items_used) == (None, 0)


@pytest.mark.parametrize("state", list(State))
def test_no_state_counts_but_a_closed_item_what_the_scale_says(state: State) -> None:
    items = [choice("a"), choice("b", after="a")]
    assert scorer("sum", items, ANY)(1, state).items_used == 1
    found = scorer("sum", items, ANY | {"closed": 3})(1, state)
    closed = state is State.NOT_APPLICABLE
    assert (found.value, found.items_used) == ((4.0, 2) if closed else (1.0, 1))


def test_what_closes_to_0_counts_as_answered() -> None:
    items = [choice("a"), choice("b", after="a")]
    found = scorer("sum", items, {"missing": "none", "closed": 0})(0, State.NOT_APPLICABLE)
    assert (found.value, found.items_used, found.reason) == (0.0, 2, None)


def test_what_a_closed_item_counts_must_fit_the_method() -> None:
    """Only of an item that a condition can close."""
    linear = {"minimum": 0, "maximum": 4, "missing": "any", "closed": 9}
    items = [choice("a"), choice("b", after="a")]
    assert refusal("mean_linear", items, linear) == "its items do not lie in minimum..maximum"
    assert scorer("mean_linear", 2, linear)(4, 4).value == 100.0


def test_what_a_table_counts_must_fit_the_method_and_the_codes_need_not() -> None:
    linear: dict[str, object] = {"minimum": 0, "maximum": 1, "missing": "any"}
    outside = "its items do not lie in minimum..maximum"
    assert refusal("mean_linear", 1, linear) == outside
    fitting = {"0": 0, "1": 1, "2": None, "3": 0.5, "4": 1}
    assert scorer("mean_linear", 1, linear | {"values": {"five": fitting}})(3).value == 50.0
    item = [numeric("a", 0, 1, also=(88,))]
    assert refusal("mean_linear", item, linear) == outside
    table = {"a": {"0": 0, "1": 1, "88": 0}}
    assert scorer("mean_linear", item, linear | {"values": table})(88).value == 0.0


@pytest.mark.parametrize("item", [choice("a"), numeric("a", 0, 4), numeric("a", 0, 4, also=(88,))])
@pytest.mark.parametrize("code", [-1, 5, 97, 880])
def test_a_code_that_the_item_does_not_have(item: Item, code: int) -> None:
    """ValueError, and the sentence does not repeat what was answered."""
    with pytest.raises(ValueError, match=r"^the answer to item a is not one of its codes$"):
        scorer("single", [item], {})(code)


def test_how_the_mark_was_made_says_nothing() -> None:
    ready = Scoring(one_scale("single", [numeric("a", 0, 100)], {}))
    assert (
        ready({"a": Code(72, "line")}) == ready({"a": Code(72, "number")}) == ready({"a": Code(72)})
    )


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ([], "parameter 'values' must hold tables"),
        (None, "parameter 'values' must hold tables"),
        ({"z": TURNED}, "values.z is neither an item nor a response set of it"),
        ({"five": TURNED, "six": {}}, "values.six is neither an item nor a response set of it"),
        ({"five": [4, 3, 2, 1, 0]}, f"values.five {FIT}"),
        ({"a": None}, f"values.a {FIT}"),
        ({"b": {**TURNED, "5": 5}}, f"values.b {FIT}"),
        ({"b": {"0": 4, "1": 3, "2": 2, "3": 1}}, f"values.b {FIT}"),
        ({"b": {**TURNED, "4": "0"}}, f"values.b {FIT}"),
        ({"b": {**TURNED, "4": True}}, f"values.b {FIT}"),
        ({"b": {"0": 4, "1": 3, "2": 2, "3": 1, "04": 0}}, f"values.b {FIT}"),
        ({"c": {"-1": 1, "0": 0}}, f"values.c {FIT}"),
        ({"c": {"-1": 1, "0": 0, "1": 1, "2": 2}}, f"values.c {FIT}"),
        ({"c": {"-1": 1, "0": 0, "2": 1}}, f"values.c {FIT}"),
    ],
)
def test_refused(values: object, sentence: str) -> None:
    assert refusal("sum", ITEMS, ANY | {"values": values}) == sentence


def test_codes_outside_the_bounds_need_their_place_too() -> None:
    item = [numeric("a", 0, 1, also=(88,))]
    for table in ({"0": 0, "1": 1}, {"0": 0, "1": 1, "2": 2}, {"0": 0, "1": 1, "88": 0, "99": 0}):
        assert refusal("single", item, {"values": {"a": table}}) == f"values.a {FIT}"


@pytest.mark.parametrize("closed", [None, "0", True])
def test_what_is_closed_counts_a_number(closed: object) -> None:
    found = refusal("sum", ITEMS, ANY | {"closed": closed})
    assert found == "parameter 'closed' must be a number"


def test_scales_are_not_counted() -> None:
    for name, given in (("values", {}), ("closed", 0)):
        found = refusal("sum", 2, ANY | {name: given}, over_scales=True)
        assert found == f"method 'sum' has no parameter {name!r}"
