"""Where a professional acts."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    """One site of one programme: what a grant opens, and all that a professional sees."""

    programme: str
    site: str
