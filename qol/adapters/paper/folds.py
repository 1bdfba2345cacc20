"""A sheet folded in three for a DL envelope: no row of boxes lies on a fold.

A crease across a box is ink to a scanner and a bump to a hand. The rows that would lie on a
fold are pushed down; what follows moves with them, so the sheet is drawn until it holds.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from qol.adapters.paper.marks import LINE, Box
from qol.adapters.paper.press import Place

FOLDS = (99.0, 198.0)  # millimetres from the top
_CLEAR = 0.5  # to be kept on both sides of a fold
_STEP = 0.25
_TRIES = 8
_LOWEST = 273.0  # where a page's text ends: what is pushed further goes to the next page

Gaps = dict[tuple[str, str], float]
"""Questionnaire and item to the millimetres of white above the item."""


def unfolded(draw: Callable[[Gaps], tuple[Sequence[Box], Mapping[str, Place]]]) -> Gaps:
    """Find the gaps with which no box lies on a fold.

    An upright line is longer than a third of the sheet: it is left where it is. After eight
    tries the best is good enough: a crease is a nuisance, no mistake.
    """
    gaps: Gaps = {}
    for _ in range(_TRIES):
        pushed = creased(*draw(gaps))
        if not pushed:
            break
        for item, more in pushed.items():
            gaps[item] = round(gaps.get(item, 0.0) + more, 2)
    return gaps


def creased(boxes: Sequence[Box], places: Mapping[str, Place]) -> Gaps:
    """Say how far down each item must go whose boxes lie on a fold."""
    rows: dict[tuple[int, str, str], list[Place]] = {}
    for box in boxes:
        place = places[box.id]
        if box.item and place.height < LINE:
            rows.setdefault((place.page, box.instrument, box.item), []).append(place)
    found: Gaps = {}
    page, moved = 0, 0.0
    for (on, questionnaire, item), row in rows.items():
        if on != page:
            page, moved = on, 0.0
        more = _push([place.y + moved for place in row], [place.height for place in row])
        if more:
            found[questionnaire, item] = more
            moved += more
        if max(place.y + place.height for place in row) + moved > _LOWEST:
            moved = -_LOWEST  # it goes over, and the rest with it: look again when drawn
    return found


def _push(tops: Sequence[float], heights: Sequence[float]) -> float:
    """Give the shortest way down on which no box touches a fold."""
    more = 0.0
    while any(
        top + more - _CLEAR < fold < top + height + more + _CLEAR
        for top, height in zip(tops, heights, strict=True)
        for fold in FOLDS
    ):
        more += _STEP
    return more
