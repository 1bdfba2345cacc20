"""How items become rows, and conditions words."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qol.adapters.paper import rows
from qol.adapters.words import read_catalogues
from qol.domain.errors import PrintingError
from qol.domain.instrument import Condition, Instrument, Item, ItemWording, SectionWording, Wording
from tests import forms

ENGLISH = read_catalogues()["en"].__getitem__
CHOICE = Item("a", "single_choice", "s", "r", (3, 1, 2))
SCALE = Item("b", "numeric_scale", "s", minimum=0, maximum=10)
NUMBER = Item("c", "integer", "s", maximum=120, display="number")


def _only_if(asked: Item, *codes: int) -> str:
    item = Item("z", "integer", "s", enable_when=Condition(asked.code, frozenset(codes)))
    instrument = Instrument("i", "1", (), (CHOICE, SCALE, NUMBER, item), ())
    labels = {"r": {1: "One", 2: "*Two*", 3: "Three"}}
    items = {one.code: ItemWording("?") for one in instrument.items}
    wording = Wording("en", "t", {"s": SectionWording()}, items, labels)
    return rows.only_if(instrument, wording, item, ENGLISH)


@pytest.mark.parametrize(
    ("asked", "codes", "said"),
    [
        (CHOICE, (2,), "Only if you crossed “Two” at question 1."),
        (CHOICE, (1, 3), "Only if you crossed “Three” or “One” at question 1."),
        (SCALE, (4, 5, 6, 9), "Only if you crossed 4 to 6 or 9 at question 2."),
        (NUMBER, (1, 2, 3, 7), "Only if you wrote 1 to 3 or 7 at question 3."),
    ],
)
def test_a_condition_is_said_with_the_labels_in_their_order(
    asked: Item, codes: tuple[int, ...], said: str
) -> None:
    assert _only_if(asked, *codes) == said


@given(st.sets(st.integers(0, 60), min_size=1))
def test_ranges_say_each_number_and_no_other(codes: set[int]) -> None:
    said = rows._ranges(sorted(codes), ENGLISH)
    found: set[int] = set()
    for part in said:
        ends = [int(number) for number in re.findall(r"\d+", part)]
        found.update(range(ends[0], ends[-1] + 1))
    assert found == codes


@pytest.mark.parametrize("name", forms.EVERY)
@pytest.mark.parametrize("language", forms.LANGUAGES)
def test_runs_keep_every_item_in_its_order(name: str, language: str) -> None:
    asked = forms.questionnaire(name, language)
    kept = [
        item.code
        for section in asked.instrument.sections
        for run in rows.runs(asked.instrument, asked.wording, section.items)
        for item in run.items
    ]
    assert kept == [item.code for item in asked.instrument.items]


def test_labels_that_are_long_stand_below_their_question() -> None:
    names = {"hads": False, "eq-5d-5l": False, "qlq-c30": True}
    for name, across in names.items():
        asked = forms.questionnaire(name)
        section = asked.instrument.sections[0]
        first = next(rows.runs(asked.instrument, asked.wording, section.items))
        assert bool(first.codes) is across


def test_a_number_has_a_box_for_each_figure_and_none_for_a_sign() -> None:
    assert rows.figures(NUMBER) == 3
    with pytest.raises(PrintingError, match="below zero"):
        rows.figures(Item("d", "integer", "s", minimum=-1, maximum=9, display="number"))
