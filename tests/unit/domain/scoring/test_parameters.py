"""Parameters are read strictly: what data misspells is refused, never ignored."""

from __future__ import annotations

from math import inf, nan

import pytest

from qol.domain.errors import InstrumentError
from qol.domain.instrument import Scale
from qol.domain.scoring import parameters as read
from qol.domain.scoring.missing import RULES, needed
from qol.domain.scoring.result import Inputs

NO_NUMBERS = (None, True, False, "1", [1], {}, inf, -inf, nan, 10**400, -(10**400), 1j)
INPUTS = Inputs(("a", "b", "c"), (None, None, None))


def scale(**parameters: object) -> Scale:
    return Scale("sc", ("a", "b", "c"), "made", parameters)


@pytest.mark.parametrize("given", [0, -1, 0.5, 2**1000, 1.7976931348623157e308, -2e-308])
def test_numbers(given: float) -> None:
    assert read.is_number(given)
    found = read.number(scale(n=given), "n")
    assert (found, type(found)) == (given, float)


@pytest.mark.parametrize("given", NO_NUMBERS)
def test_what_is_no_number(given: object) -> None:
    assert not read.is_number(given)
    for reader in (read.number, read.optional):
        with pytest.raises(InstrumentError, match=r"^scale sc: parameter 'n' must be a number$"):
            reader(scale(n=given), "n")
    assert read.numbered({"x": 1, "y": given}) is None


def test_required_and_optional() -> None:
    with pytest.raises(InstrumentError, match=r"^scale sc: parameter 'n' must be a number$"):
        read.number(scale(m=1), "n")
    assert read.optional(scale(m=1), "n") is None
    assert read.optional(scale(n=0), "n") == 0.0
    assert read.flag(scale(), "f") is False
    assert read.flag(scale(f=True), "f") is True
    assert read.rows(scale(), "r") == []
    assert read.rows(scale(r=[1, "x"]), "r") == [1, "x"]
    assert read.table(scale(t={"x": None}), "t") == {"x": None}


@pytest.mark.parametrize(
    ("reader", "wrong", "sentence"),
    [
        (read.flag, (None, 0, 1, "true"), "must be true or false"),
        (read.rows, (None, "ab", {}, ("a",), 1), "must be a list"),
        (read.table, (None, {}, [], "ab", 1), "must be a table"),
    ],
)
def test_what_has_another_shape(reader: object, wrong: tuple[object, ...], sentence: str) -> None:
    assert callable(reader)
    for given in wrong:
        with pytest.raises(InstrumentError) as caught:
            reader(scale(x=given), "x")
        assert str(caught.value) == f"scale sc: parameter 'x' {sentence}"


def test_numbered_tables() -> None:
    found = read.numbered({"x": 1, "y": -0.5})
    assert found == {"x": 1.0, "y": -0.5}
    assert read.numbered({}) == {}
    assert read.numbered([1]) is None


def test_names_give_places() -> None:
    assert read.names_in(scale(), INPUTS, "n") == frozenset()
    assert read.names_in(scale(n=["c", "a"]), INPUTS, "n") == {0, 2}


def test_what_every_scale_of_items_takes() -> None:
    read.only(scale(x=1, values={}, closed=0), "x", "y")
    above = Scale("sc", (), "made", {"closed": 0}, scales=("one",))
    for made, name in ((scale(x=1), "x"), (above, "closed"), (scale(y=1, z=1), "z")):
        with pytest.raises(InstrumentError) as caught:
            read.only(made, "y")
        assert str(caught.value) == f"scale sc: method 'made' has no parameter {name!r}"


@pytest.mark.parametrize(
    ("counted", "written"),
    [(3.0, "3"), (0.0, "0"), (-2.0, "-2"), (4.4, "4.4"), (100000.0, "100000")],
)
def test_a_number_is_written_as_tables_write_it(counted: float, written: str) -> None:
    assert read.key(counted) == written


@pytest.mark.parametrize(
    ("rows", "possible", "covered"),
    [
        ({"0": 1, "1": 1}, (0, 1), True),
        ({"0": 1, "1": 1}, (1, 0, 1), True),
        ({"0": 1, "1": 1}, range(2), True),
        ({"0": 1}, (0, 1), False),
        ({"0": 1, "1": 1, "2": 1}, (0, 1), False),
        ({}, (), True),
        ({"0": 1}, None, False),
        ({}, None, False),
    ],
)
def test_a_row_for_each_number_and_no_other(
    rows: dict[str, object], possible: tuple[float, ...] | None, covered: bool
) -> None:
    assert read.covers(rows, possible) is covered


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
    assert read.missing_rule(scale(missing=rule)) == rule


def test_every_rule_is_in_the_table_above() -> None:
    tried = {"at_least_half", "half_rounded_up", "more_than_half", "all_but_one", "any", "none"}
    assert set(RULES) == tried


@pytest.mark.parametrize("given", [None, "half", ["any"], 1, True, ""])
def test_rules_that_there_are_not(given: object) -> None:
    with pytest.raises(InstrumentError) as caught:
        read.missing_rule(scale(missing=given))
    assert str(caught.value) == (
        "scale sc: parameter 'missing' must be one of all_but_one, any, at_least_half,"
        " half_rounded_up, more_than_half, none"
    )
