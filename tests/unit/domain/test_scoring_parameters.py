"""What data passes wrongly is refused when the definition is read, not when a patient is scored."""

from __future__ import annotations

import pytest

from qol.domain.errors import InstrumentError
from qol.domain.instrument import Instrument, Item, ResponseSet, Scale, Section
from qol.domain.scoring import Scoring

YES_NO = ResponseSet("yesno", (0, 1))
ITEMS = (
    Item("a", "single_choice", "s", "yesno", YES_NO.codes),
    Item("b", "numeric_scale", "s", minimum=0, maximum=3),
)
LINEAR = {"minimum": 0, "maximum": 3, "missing": "any"}


def instrument(method: str, parameters: dict[str, object], items: tuple[str, ...]) -> Instrument:
    return Instrument(
        id="made-up",
        version="1",
        sections=(Section("s", ("a", "b")),),
        items=ITEMS,
        scales=(Scale("sc", items, method, parameters),),
        response_sets=(YES_NO,),
    )


@pytest.mark.parametrize(
    ("method", "parameters", "items"),
    [
        ("mean_linear", LINEAR, ("a", "b")),
        ("mean_linear", LINEAR | {"values": {"b": {"0": 3, "1": 2, "2": 1, "3": None}}}, ("b",)),
        ("sum", {"missing": "none", "prorated": False}, ("a", "b")),
        ("single", {}, ("b",)),
        ("single", {"values": {"yesno": {"0": None, "1": None}}}, ("a",)),
    ],
)
def test_accepted(method: str, parameters: dict[str, object], items: tuple[str, ...]) -> None:
    Scoring(instrument(method, parameters, items))


@pytest.mark.parametrize(
    ("method", "parameters", "items", "sentence"),
    [
        ("eval", {}, ("a",), "there is no method 'eval'; there is bands, composite_grade"),
        ("single", {}, ("a", "b"), "method 'single' takes exactly 1 inputs"),
        ("single", {"missing": "any"}, ("a",), "method 'single' has no parameter 'missing'"),
        ("sum", {"missing": "any"}, (), "it needs either items or scales, each of them once"),
        (
            "sum",
            {"missing": "any"},
            ("a", "a"),
            "it needs either items or scales, each of them once",
        ),
        ("sum", {}, ("a",), "parameter 'missing' must be one of all_but_one, any"),
        ("sum", {"missing": ["any"]}, ("a",), "parameter 'missing' must be one of"),
        ("sum", {"missing": "any", "prorated": 1}, ("a",), "'prorated' must be true or false"),
        ("sum", {"missing": "any", "prorate": True}, ("a",), "has no parameter 'prorate'"),
        ("mean_linear", {"maximum": 3, "missing": "any"}, ("b",), "'minimum' must be a number"),
        ("mean_linear", LINEAR | {"minimum": "0"}, ("b",), "'minimum' must be a number"),
        ("mean_linear", LINEAR | {"minimum": True}, ("b",), "'minimum' must be a number"),
        ("mean_linear", LINEAR | {"maximum": float("inf")}, ("b",), "'maximum' must be a number"),
        ("mean_linear", LINEAR | {"maximum": 2}, ("b",), "do not lie in minimum..maximum"),
        ("mean_linear", LINEAR | {"minimum": 3}, ("b",), "do not lie in minimum..maximum"),
        ("single", {"values": []}, ("a",), "'values' must hold tables"),
        ("single", {"values": {"b": {}}}, ("a",), "values.b is neither an item nor a response set"),
        ("single", {"values": {"yesno": {"0": 1}}}, ("a",), "give each code one number or null"),
        ("single", {"values": {"a": {"0": 1, "1": "2"}}}, ("a",), "give each code one number"),
        ("single", {"values": {"a": {"0": 1, "1": True}}}, ("a",), "give each code one number"),
        ("single", {"values": {"a": 1}}, ("a",), "give each code one number"),
    ],
)
def test_refused(
    method: str, parameters: dict[str, object], items: tuple[str, ...], sentence: str
) -> None:
    with pytest.raises(InstrumentError) as caught:
        Scoring(instrument(method, parameters, items))
    assert str(caught.value).startswith("scale sc: ")
    assert sentence in str(caught.value)
