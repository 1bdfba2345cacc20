"""What is wrong with a document, in the page's language and by the form's blocks."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from qol.domain.problem import Problem
from qol.domain.programme import Programme
from qol.web.shared.staff.pages import words

# In the document a visit is counted; in the form it goes by its code, a new one by its block.
_VISIT = re.compile(r"timepoints\[(\d+)\]\.|timepoints\.([^.]+)\.|new\.")


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
    """Name the block of a visit as its legend does; empty where the place is of none."""
    t, found = words(), _VISIT.match(place)
    if not found:
        return ""
    counted, code = found.groups(default="")
    if counted and typed is not None:
        codes = [one.code for one in typed.timepoints]
        code = codes[int(counted)]
        if codes.count(code) > 1:  # which of their blocks is meant cannot be told by it
            return ""
    known = code in {one.code for one in now.timepoints}
    return f"{t('prog.timepoint')} {code}" if known else t("prog.guided.new")
