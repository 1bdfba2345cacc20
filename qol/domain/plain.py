"""Text that shows what it holds: nothing in it is unseen or turns the direction of reading."""

from __future__ import annotations

import unicodedata

LONGEST = 4000
"""Characters of one text; whoever needs more writes several."""

# Cc control, Cs lone surrogate, Co private use, Cn unassigned, Zl/Zp line and paragraph.
_REFUSED_CATEGORIES = frozenset({"Cc", "Cs", "Co", "Cn", "Zl", "Zp"})
TURNING = "\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff"
"""Marks that turn the direction of what follows: a text could show other words than it holds."""


def hides(text: str, *, lines: bool = False) -> bool:
    """Say whether a character of it is unseen or turns others; ``lines`` may follow one another."""
    return any(
        (unicodedata.category(one) in _REFUSED_CATEGORIES or one in TURNING)
        and not (lines and one == "\n")
        for one in text
    )
