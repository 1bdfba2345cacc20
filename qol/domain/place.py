"""Where a professional acts."""

from __future__ import annotations

from dataclasses import dataclass

_FORGIVEN = str.maketrans({"O": "0", "I": "1", "L": "1"})


@dataclass(frozen=True, slots=True)
class Place:
    """One site of one programme: what a grant opens, and all that a professional sees."""

    programme: str
    site: str


def typed_number(text: str) -> str:
    """Read a sheet number as people type it: case, O/0 and I/L/1 are forgiven."""
    return text.strip().upper().translate(_FORGIVEN)
