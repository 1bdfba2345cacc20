"""A health state's digits, and a question that is skipped as it should be."""

from __future__ import annotations

from itertools import product

import pytest

from qol.domain.answers import State
from qol.domain.instrument import Item
from qol.domain.scoring import Score
from tests.unit.domain.scoring.made import choice, choices, numeric, refusal, scorer

EIGHT = tuple(range(1, 9))


def test_every_state_of_three_items_reads_as_it_is_written() -> None:
    score = scorer("profile", choices(3, EIGHT), {})
    for codes in product((None, *EIGHT), repeat=3):
        found = score(*codes)
        used = 3 - codes.count(None)
        if not used:
            assert found == Score("sc", None, "profile", "7", 0, 3, "any", "too_few_items")
            continue
        digits = "".join("9" if code is None else str(code) for code in codes)
        assert found == Score("sc", float(digits), "profile", "7", used, 3, "any")


def test_as_many_digits_as_items() -> None:
    assert scorer("profile", choices(5, EIGHT), {})(2, 1, 2, 3, 1).value == 21231.0
    assert scorer("profile", choices(1, EIGHT), {})(8).value == 8.0


DIGITS = "the codes of a profile are digits from 1 to 8"


@pytest.mark.parametrize(
    "item", [choice("b", (0, 1, 2)), choice("b", (1, 2, 9)), numeric("b", 1, 10)]
)
def test_codes_are_digits(item: Item) -> None:
    for items in ([choice("a", EIGHT), item], [item, choice("a", EIGHT)]):
        assert refusal("profile", items, {}) == DIGITS


def test_halves_and_scales_are_no_digits() -> None:
    values = {"values": {"a": {"1": 1.5, "2": 2}}}
    assert refusal("profile", choices(2, (1, 2)), values) == DIGITS
    assert refusal("profile", choices(2, (1, 2)), {}, over_scales=True) == DIGITS
    found = refusal("profile", choices(2, EIGHT), {"missing": "any"})
    assert found == "method 'profile' has no parameter 'missing'"


GIVEN = (None, 0, 1, 4)


def test_skipped_only_where_every_other_is_0() -> None:
    score = scorer("skipped", 3, {})
    for codes in product(GIVEN, repeat=3):
        used = 3 - codes.count(None)
        value = 0.0 if codes == (None, 0, 0) else codes[0]
        reason = "too_few_items" if value is None else None
        assert score(*codes) == Score("sc", value, "skipped", "7", used, 3, "none", reason)


def test_skipped_by_one_other_and_over_scales() -> None:
    score = scorer("skipped", 2, {}, over_scales=True)
    assert [score(None, other).value for other in (0, 1, None)] == [0.0, None, None]
    assert score(3, 0).value == 3.0
    assert score(None, 1).reason == "scale_missing"


def test_closed_on_all_sides_is_not_skipped() -> None:
    found = scorer("skipped", 2, {})(State.NOT_APPLICABLE, State.NOT_APPLICABLE)
    assert found == Score("sc", None, "skipped", "7", 0, 2, "none", "not_applicable")


def test_skipped_refused() -> None:
    needs = "method 'skipped' needs an item and those that let it be skipped"
    assert refusal("skipped", 1, {}) == needs
    found = refusal("skipped", 2, {"missing": "any"})
    assert found == "method 'skipped' has no parameter 'missing'"
