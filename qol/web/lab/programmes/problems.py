"""What is wrong with a document, in the page's language and by the form's blocks."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from qol.domain.problem import Problem
from qol.domain.programme import Programme
from qol.web.shared.staff.pages import words

_VISIT = re.compile(r"timepoints\[(\d+)\]\.")


@dataclass(frozen=True, slots=True)
class Spoken:
    """A problem as the page shows it; block and place are empty where there is none."""

    block: str
    place: str
    sentence: str


def spoken(
    problems: Iterable[Problem], now: Programme | None = None, typed: Programme | None = None
) -> list[Spoken]:
    """Say problems; the form's blocks are named by ``now``, what it shows, and ``typed`` in it."""
    t = words()
    return [
        Spoken(
            _block(one.place, now, typed) if now else "",
            one.place,
            one.said(t(f"prog.wrong.{one.wrong.code}"), t("prog.wrong.or")),
        )
        for one in problems
    ]


def _block(place: str, now: Programme, typed: Programme | None) -> str:
    """Name the block of a visit as its legend does; a place in the document counts visits."""
    t, found = words(), _VISIT.match(place)
    if place.startswith("new."):
        return t("prog.guided.new")
    if not found or typed is None:
        return ""
    codes = [one.code for one in typed.timepoints]
    code = codes[int(found[1])]
    if code not in {one.code for one in now.timepoints}:
        return t("prog.guided.new")
    # Two of one code: which block is meant cannot be told by it.
    return f"{t('prog.timepoint')} {code}" if codes.count(code) == 1 else ""
