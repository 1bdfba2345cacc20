"""Rows are pushed off the folds, as little as needed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qol.adapters.paper.folds import FOLDS, creased, unfolded
from qol.adapters.paper.form import PaperForms
from qol.adapters.paper.marks import Box
from qol.adapters.paper.press import Place
from tests import forms


def _row(*tops: float, height: float = 5.0) -> tuple[list[Box], dict[str, Place]]:
    boxes = [Box(f"b{n}", "tick", "i", f"q{n}", n) for n, _ in enumerate(tops)]
    places = {f"b{n}": Place(1, 20, top, 5, height) for n, top in enumerate(tops)}
    return boxes, places


def test_a_row_beside_the_folds_stays() -> None:
    assert creased(*_row(50, 93, 100, 190, 199)) == {}


def test_a_row_on_a_fold_goes_just_below_and_what_follows_with_it() -> None:
    assert creased(*_row(96)) == {("i", "q0"): 3.5}
    # The second was clear of its fold, until the first moved it there.
    assert creased(*_row(96, 190)) == {("i", "q0"): 3.5, ("i", "q1"): 5.0}


def test_a_line_that_is_longer_than_a_third_stays() -> None:
    assert creased(*_row(60, height=100.0)) == {}


@given(st.lists(st.floats(28, 260), min_size=1, max_size=9))
def test_pushed_rows_are_clear_of_every_fold(tops: list[float]) -> None:
    boxes, places = _row(*sorted(tops))

    def draw(gaps: dict[tuple[str, str], float]) -> tuple[list[Box], dict[str, Place]]:
        moved, shift = {}, 0.0
        for box in boxes:
            shift += gaps.get(("i", box.item), 0.0)
            at = places[box.id]
            moved[box.id] = Place(at.page, at.x, at.y + shift, at.width, at.height)
        return boxes, moved

    _, last = draw(unfolded(draw))
    assert not any(
        place.y < fold < place.y + place.height for place in last.values() for fold in FOLDS
    )


def _folds(printer: PaperForms, name: str) -> bool:
    form = forms.form(name)
    gaps = unfolded(lambda found: printer._laid(form, found))
    return creased(*printer._laid(form, gaps)) == {}


def test_a_form_with_many_boxes_below_each_other_can_be_folded(forms_printer: PaperForms) -> None:
    assert _folds(forms_printer, "hads")


@pytest.mark.prove
def test_every_form_can_be_folded(forms_printer: PaperForms) -> None:
    assert all(_folds(forms_printer, name) for name in forms.EVERY)
