"""Two numbers read together, the shape of the SF-36 v1 pain scale."""

from __future__ import annotations

from fractions import Fraction

import pytest

from qol.domain.errors import InstrumentError
from qol.domain.scoring import Score
from tests.unit.domain.scoring.made import Items, choice, numeric, refusal, scorer

ITEMS: Items = [choice("a", (1, 2, 3)), numeric("b", 0, 1)]
RAW = {
    ("", "0"): "2",
    ("", "1"): "6",
    ("1", ""): "2.5",
    ("1", "0"): "2",
    ("1", "1"): "3.1",
    ("2", ""): "4",
    ("2", "0"): "5.4",
    ("2", "1"): "4.2",
    ("3", ""): "6",
    ("3", "0"): "5",
    ("3", "1"): "6",
}


def table(**change: object) -> dict[str, dict[str, object]]:
    """The table as data has it; ``r1c0`` takes the place of the first row's 0."""
    found: dict[str, dict[str, object]] = {}
    for (first, second), raw in RAW.items():
        found.setdefault(first, {})[second] = change.get(f"r{first}c{second}", float(raw))
    return found


def parameters(**change: object) -> dict[str, object]:
    return {"table": table(), "minimum": 2, "maximum": 6} | change


def test_every_pair_with_either_missing_or_none() -> None:
    score = scorer("cross_table", ITEMS, parameters())
    for first in ("", "1", "2", "3"):
        for second in ("", "0", "1"):
            given = [int(code) if code else None for code in (first, second)]
            used = sum(code is not None for code in given)
            if not used:
                expected = Score("sc", None, "cross_table", "7", 0, 2, "any", "too_few_items")
                assert score(*given) == expected
                continue
            exact = (Fraction(RAW[first, second]) - 2) / 4 * 100
            found = score(*given)
            assert found.value == pytest.approx(float(exact), abs=1e-9)
            assert (found.rule, found.items_used, found.items_total) == ("any", used, 2)
            assert found.reason is None


def test_two_scales_read_together() -> None:
    score = scorer("cross_table", ITEMS, parameters(), over_scales=True)
    assert score(2, 1).value == pytest.approx(55.0)
    assert score(None, 1).value == 100.0
    assert (score(None, None).value, score(None, None).reason) == (None, "scale_missing")


@pytest.mark.parametrize(("codes", "missed"), [((9, 1), "1"), ((1, 9), "9"), ((9, None), None)])
def test_scales_without_a_place_are_the_tables_fault(
    codes: tuple[int | None, ...], missed: str | None
) -> None:
    items = [numeric("a", 0, 9), numeric("b", 0, 9)]
    with pytest.raises(InstrumentError) as caught:
        scorer("cross_table", items, parameters(), over_scales=True)(*codes)
    assert str(caught.value) == f"scale sc: its table has no place for {missed or 'a missing item'}"


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"table": None}, "parameter 'table' must be a table"),
        ({"table": {}}, "parameter 'table' must be a table"),
        ({"table": table() | {"2": 4}}, "parameter 'table' must hold numbers"),
        ({"table": table(r2c0="5.4")}, "parameter 'table' must hold numbers"),
        ({"minimum": None}, "parameter 'minimum' must be a number"),
        ({"maximum": "6"}, "parameter 'maximum' must be a number"),
        ({"minimum": 6}, "parameter 'maximum' must be above 'minimum'"),
        ({"minimum": 7}, "parameter 'maximum' must be above 'minimum'"),
        ({"minimum": 2.1}, "its table leaves minimum..maximum"),
        ({"maximum": 5.9}, "its table leaves minimum..maximum"),
        ({"table": table(r1c0=1.9)}, "its table leaves minimum..maximum"),
        ({"table": table(r3c1=6.1)}, "its table leaves minimum..maximum"),
        ({"table": table() | {"9": {"": 7}}}, "its table leaves minimum..maximum"),
        ({"missing": "any"}, "method 'cross_table' has no parameter 'missing'"),
    ],
)
def test_refused(change: dict[str, object], sentence: str) -> None:
    assert refusal("cross_table", ITEMS, parameters(**change)) == sentence


def test_values_leave_no_range_where_nobody_lists_the_inputs_either() -> None:
    found = refusal("cross_table", ITEMS, parameters(maximum=5), over_scales=True)
    assert found == "its table leaves minimum..maximum"


@pytest.mark.parametrize(("first", "second"), sorted(RAW))
def test_each_place_that_can_be_reached_must_be_there(first: str, second: str) -> None:
    short = table()
    del short[first][second]
    missed = f"its table has no place for {second or 'a missing item'}"
    assert refusal("cross_table", ITEMS, parameters(table=short)) == missed


def test_a_row_that_is_not_there_is_named_by_its_first_place() -> None:
    short = {first: row for first, row in table().items() if first != "3"}
    found = refusal("cross_table", ITEMS, parameters(table=short))
    assert found == "its table has no place for a missing item"


@pytest.mark.parametrize("count", [1, 3])
def test_two_inputs_exactly(count: int) -> None:
    found = refusal("cross_table", count, parameters())
    assert found == "method 'cross_table' takes exactly 2 inputs"
