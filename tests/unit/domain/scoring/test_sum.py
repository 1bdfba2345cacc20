"""Sums: every answer of three items under every rule, prorated, told as a percentage, capped."""

from __future__ import annotations

from fractions import Fraction
from itertools import product

import pytest

from tests.unit.domain.scoring.made import choices, numeric, refusal, scorer

ENOUGH_OF_THREE = {
    "any": 1,
    "at_least_half": 2,
    "half_rounded_up": 2,
    "more_than_half": 2,
    "all_but_one": 2,
    "none": 3,
}


@pytest.mark.parametrize("rule", sorted(ENOUGH_OF_THREE))
@pytest.mark.parametrize("prorated", [None, False, True])
def test_every_answer_of_three_items(rule: str, prorated: bool | None) -> None:
    extra = {} if prorated is None else {"prorated": prorated}
    score = scorer("sum", 3, {"missing": rule} | extra)
    for codes in product((None, 0, 1, 2, 3, 4), repeat=3):
        found = score(*codes)
        given = [code for code in codes if code is not None]
        assert (found.rule, found.items_used, found.items_total) == (rule, len(given), 3)
        if len(given) < ENOUGH_OF_THREE[rule]:
            assert (found.value, found.reason) == (None, "too_few_items")
        else:
            exact = Fraction(sum(given)) * (Fraction(3, len(given)) if prorated else 1)
            assert found.value == pytest.approx(float(exact), abs=1e-12)
            assert found.reason is None


@pytest.mark.parametrize(
    ("items", "parameters", "codes", "value"),
    [
        (5, {"missing": "none", "out_of": 20}, (4, 4, 4, 4, 4), 100.0),  # WHO-5 shape
        (5, {"missing": "none", "out_of": 20}, (1, 2, 0, 3, 4), 50.0),
        (5, {"missing": "none", "out_of": 0.5}, (0, 0, 0, 0, 1), 200.0),
        (2, {"missing": "none", "ceiling": 5}, (4, 4), 5.0),  # HRQOL-4: at most 30 days
        (2, {"missing": "none", "ceiling": 5}, (3, 2), 5.0),
        (2, {"missing": "none", "ceiling": 5}, (2, 2), 4.0),
        (2, {"missing": "any", "ceiling": 5, "prorated": True}, (3, None), 5.0),
        (2, {"missing": "any", "ceiling": 5, "prorated": True, "out_of": 10}, (3, None), 50.0),
        (2, {"missing": "any", "ceiling": 0}, (3, 1), 0.0),
        (7, {"missing": "more_than_half", "prorated": True}, (1, 2, 3, 4, *[None] * 3), 17.5),
        (7, {"missing": "more_than_half", "prorated": True}, (1, 2, 3, *[None] * 4), None),
        (12, {"missing": "all_but_one", "prorated": True}, (*[2] * 11, None), 24.0),
        (12, {"missing": "all_but_one", "prorated": True}, (*[2] * 10, None, None), None),
    ],
)
def test_worked_cases(
    items: int, parameters: dict[str, object], codes: tuple[int | None, ...], value: float | None
) -> None:
    assert scorer("sum", items, parameters)(*codes).value == value


def test_a_sum_of_scales() -> None:
    parameters = {"missing": "at_least_half", "prorated": True}
    score = scorer("sum", [numeric(name, 0, 50) for name in "abc"], parameters, over_scales=True)
    assert score(10, 20, 30).value == 60.0
    assert score(10, None, 30).value == 60.0
    assert (score(10, None, None).value, score(10, None, None).reason) == (None, "scale_missing")


def test_no_digit_is_lost_whatever_the_order() -> None:
    """Ten tenths are one: a plain sum gives 0.9999999999999999."""
    tenth = {"0": 0, "1": 0.1, "2": 0.2, "3": 0.3, "4": 0.4}
    parameters = {"missing": "none", "values": {"five": tenth}}
    assert scorer("sum", choices(10), parameters)(*[1] * 10).value == 1.0


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (
            {"missing": None},
            (
                "parameter 'missing' must be one of all_but_one, any, at_least_half,"
                " half_rounded_up, more_than_half, none"
            ),
        ),
        ({"prorated": "yes"}, "parameter 'prorated' must be true or false"),
        ({"ceiling": None}, "parameter 'ceiling' must be a number"),
        ({"out_of": "100"}, "parameter 'out_of' must be a number"),
        ({"out_of": 0}, "parameter 'out_of' must be above 0"),
        ({"out_of": -1}, "parameter 'out_of' must be above 0"),
        ({"minimum": 0}, "method 'sum' has no parameter 'minimum'"),
        (
            {"items_more_than_percent": 80},
            "parameter 'items_more_than_percent' is a percentage, of a scale made from scales",
        ),
    ],
)
def test_refused(change: dict[str, object], sentence: str) -> None:
    assert refusal("sum", 2, {"missing": "any"} | change) == sentence
