"""Tables from one number to a score."""

from __future__ import annotations

import pytest

from qol.domain.errors import InstrumentError
from qol.domain.scoring import Score
from tests.unit.domain.scoring.made import numeric, refusal, scorer

T_SCORES = {"0": 16.2, "1": 19, "2": -3.5, "3": 0, "4": 67.7}


def test_each_number_gives_its_row() -> None:
    score = scorer("lookup", 1, {"table": T_SCORES})
    for code, value in enumerate((16.2, 19.0, -3.5, 0.0, 67.7)):
        assert score(code) == Score("sc", value, "lookup", "7", 1, 1, "none")


def test_nothing_looked_up_gives_nothing() -> None:
    table = {"table": T_SCORES}
    found = scorer("lookup", 1, table)(None)
    assert found == Score("sc", None, "lookup", "7", 0, 1, "none", "too_few_items")
    above = scorer("lookup", 1, table, over_scales=True)(None)
    assert above == Score("sc", None, "lookup", "7", 0, 1, "none", "scale_missing")


def test_what_is_looked_up_is_what_the_item_counts() -> None:
    """Its code is not: 0 counts 0.5 here, 1 as missing."""
    halves = {"0": 0.5, "1": None, "2": -1, "3": 1000, "4": 2.25}
    table = {"0.5": 10, "-1": 20, "1000": 30, "2.25": 40}
    score = scorer("lookup", 1, {"table": table, "values": {"five": halves}})
    assert [score(code).value for code in range(5)] == [10.0, None, 20.0, 30.0, 40.0]


def test_rows_that_nobody_needs_are_no_fault() -> None:
    assert scorer("lookup", 1, {"table": T_SCORES | {"77": 1}})(4).value == 67.7


def test_a_scales_value_without_a_row_is_the_tables_fault() -> None:
    """What a scale gives is not listed, so the table is found short when someone is scored."""
    score = scorer("lookup", [numeric("a", 0, 9)], {"table": T_SCORES}, over_scales=True)
    assert [score(code).value for code in range(5)] == [16.2, 19.0, -3.5, 0.0, 67.7]
    with pytest.raises(InstrumentError) as caught:
        score(5)
    assert str(caught.value) == "scale sc: its table has no place for 5"


def test_an_item_that_only_ever_counts_as_missing_needs_no_row() -> None:
    values = {"five": dict.fromkeys("01234")}
    score = scorer("lookup", 1, {"table": {"7": 1}, "values": values})
    assert score(3) == Score("sc", None, "lookup", "7", 0, 1, "none", "too_few_items")


@pytest.mark.parametrize(
    ("parameters", "sentence"),
    [
        ({}, "parameter 'table' must be a table"),
        ({"table": {}}, "parameter 'table' must be a table"),
        ({"table": [1, 2]}, "parameter 'table' must be a table"),
        ({"table": T_SCORES | {"4": "67.7"}}, "parameter 'table' must hold numbers"),
        ({"table": T_SCORES | {"4": None}}, "parameter 'table' must hold numbers"),
        ({"table": T_SCORES | {"77": None}}, "parameter 'table' must hold numbers"),
        ({"table": {"0": 1, "1": 1, "2": 1, "3": 1}}, "its table has no place for 4"),
        ({"table": {"1": 1, "2": 1, "3": 1, "4": 1}}, "its table has no place for 0"),
        ({"table": T_SCORES, "missing": "any"}, "method 'lookup' has no parameter 'missing'"),
        ({"table": T_SCORES, "minimum": 0}, "method 'lookup' has no parameter 'minimum'"),
    ],
)
def test_refused(parameters: dict[str, object], sentence: str) -> None:
    assert refusal("lookup", 1, parameters) == sentence


def test_one_input_only() -> None:
    assert refusal("lookup", 2, {"table": T_SCORES}) == "method 'lookup' takes exactly 1 inputs"
