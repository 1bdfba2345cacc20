"""What scoring gives."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Numbers = tuple[float | None, ...]
Reason = Literal["too_few_items", "not_applicable"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """A method's answer: the value, or None when its missing rule gives none."""

    value: float | None
    rule: str


@dataclass(frozen=True, slots=True)
class Score:
    """One scale's value and how it came to be.

    ``algorithm`` is the method, ``version`` that of the instrument's scoring;
    ``reason`` says why ``value`` is None.
    """

    scale: str
    value: float | None
    algorithm: str
    version: str
    items_used: int
    items_total: int
    rule: str
    reason: Reason | None = None
