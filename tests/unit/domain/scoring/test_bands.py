"""Values sorted into named bands."""

from __future__ import annotations

import pytest

from qol.domain.scoring import Score
from tests.unit.domain.scoring.made import numeric, refusal, scorer

STEPS = [{"name": "low", "from": 0}, {"name": "middle", "from": 5}, {"name": "high", "from": 9.5}]
ITEM = [numeric("a", -3, 20)]


@pytest.mark.parametrize("over_scales", [False, True])
def test_each_value_lies_in_the_last_band_that_starts_at_or_below_it(over_scales: bool) -> None:
    score = scorer("bands", ITEM, {"bands": STEPS}, over_scales=over_scales)
    for value in range(21):
        rank, name = (0, "low") if value < 5 else (1, "middle") if value < 10 else (2, "high")
        assert score(value) == Score("sc", float(rank), "bands", "7", 1, 1, "none", band=name)


def test_below_the_first_band_there_is_none_and_the_score_says_so() -> None:
    score = scorer("bands", ITEM, {"bands": STEPS})
    assert score(-1) == Score("sc", None, "bands", "7", 1, 1, "none", "not_defined")
    assert score(0).band == "low"


def test_without_a_value_there_is_no_band() -> None:
    assert scorer("bands", ITEM, {"bands": STEPS})(None) == Score(
        "sc", None, "bands", "7", 0, 1, "none", "too_few_items"
    )
    above = scorer("bands", ITEM, {"bands": STEPS}, over_scales=True)
    assert above(None) == Score("sc", None, "bands", "7", 0, 1, "none", "scale_missing")


def test_one_band_is_enough() -> None:
    score = scorer("bands", ITEM, {"bands": [{"name": "any", "from": -3}]})
    assert {score(value).band for value in range(-3, 21)} == {"any"}


STEP = "a band has a name and a number it starts from"
RISE = "parameter 'bands' must rise from band to band, each name once"


@pytest.mark.parametrize(
    ("bands", "sentence"),
    [
        ({"low": 0}, "parameter 'bands' must be a list"),
        ([], RISE),
        ([{"name": "b", "from": 5}, {"name": "a", "from": 0}], RISE),
        ([{"name": "a", "from": 5}, {"name": "b", "from": 5}], RISE),
        ([{"name": "a", "from": 0}, {"name": "a", "from": 5}], RISE),
        ([["a", 0]], STEP),
        ([{"name": "a"}], STEP),
        ([{"name": "a", "from": 0, "to": 4}], STEP),
        ([{"name": "a", "from": "0"}], STEP),
        ([{"name": "a", "from": True}], STEP),
        ([{"name": "a", "from": None}], STEP),
        ([{"name": 1, "from": 0}], STEP),
        ([{"name": " ", "from": 0}], STEP),
        ([{"name": "a", "from": 0}, "b"], STEP),
    ],
)
def test_bands_that_are_none(bands: object, sentence: str) -> None:
    assert refusal("bands", ITEM, {"bands": bands}) == sentence


def test_refused() -> None:
    assert refusal("bands", ITEM, {}) == RISE
    assert refusal("bands", 2, {"bands": STEPS}) == "method 'bands' takes exactly 1 inputs"
    more = {"bands": STEPS, "worth": 1}
    assert refusal("bands", ITEM, more) == "method 'bands' has no parameter 'worth'"
