"""What scoring is given and what it gives."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from qol.domain.instrument import Scale

Numbers = tuple[float | None, ...]
Reason = Literal["too_few_items", "not_applicable", "scale_missing", "not_defined"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """A method's answer: the value, or None when its missing rule gives none.

    ``band`` names the band that the value stands for; ``defined`` is false where the
    formula itself has no value (a share of no hours).
    """

    value: float | None
    rule: str
    band: str | None = None
    defined: bool = True


@dataclass(frozen=True, slots=True)
class Inputs:
    """What a scale is made from: the codes of its items or scales, in its order.

    ``possible`` holds the numbers that each can count (of a wide range without being
    written out); None for a scale, whose values nobody lists.
    """

    names: tuple[str, ...]
    possible: tuple[Sequence[float] | None, ...]


Rule = Callable[[Numbers], Outcome]
"""Scores one person: a number for each input, None where there is none."""

Method = Callable[[Scale, Inputs], Rule]
"""Reads a scale's parameters once; InstrumentError when they are wrong."""


@dataclass(frozen=True, slots=True)
class Score:
    """One scale's value and how it came to be.

    ``algorithm`` is the method, ``version`` that of the instrument's scoring; ``band`` is
    the name that goes with the value, if the scale sorts into bands; ``reason`` says why
    ``value`` is None. Of a scale made from scales, the items are those beneath it.
    """

    scale: str
    value: float | None
    algorithm: str
    version: str
    items_used: int
    items_total: int
    rule: str
    reason: Reason | None = None
    band: str | None = None
