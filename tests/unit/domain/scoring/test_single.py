"""One input reported alone."""

from __future__ import annotations

import pytest

from qol.domain.answers import State
from qol.domain.scoring import Score
from tests.unit.domain.scoring.made import numeric, refusal, scorer


def test_the_value_is_what_the_item_counts() -> None:
    score = scorer("single", 1, {})
    for code in range(5):
        assert score(code) == Score("sc", float(code), "single", "7", 1, 1, "none")


@pytest.mark.parametrize("given", [None, *(one for one in State if one != State.NOT_APPLICABLE)])
def test_no_code_no_value(given: State | None) -> None:
    found = scorer("single", 1, {})(given)
    assert found == Score("sc", None, "single", "7", 0, 1, "none", "too_few_items")


def test_a_scale_reported_again() -> None:
    score = scorer("single", [numeric("a", 0, 100)], {}, over_scales=True)
    assert score(64) == Score("sc", 64.0, "single", "7", 1, 1, "none")
    assert score(None) == Score("sc", None, "single", "7", 0, 1, "none", "scale_missing")


@pytest.mark.parametrize(
    ("items", "parameters", "sentence"),
    [
        (2, {}, "method 'single' takes exactly 1 inputs"),
        (1, {"missing": "any"}, "method 'single' has no parameter 'missing'"),
    ],
)
def test_refused(items: int, parameters: dict[str, object], sentence: str) -> None:
    assert refusal("single", items, parameters) == sentence
    assert refusal("single", items, parameters, over_scales=True) == sentence
