"""Text that shows what it holds: nothing in it is unseen or turns the direction of reading."""

from __future__ import annotations

import unicodedata

LONGEST = 4000
"""Characters of one text; whoever needs more writes several."""
TOLD = 64
"""Characters of a text that a refusal names."""

# Cc control, Cf unseen or turning the direction of what follows, Cs lone surrogate,
# Co private use, Cn unassigned, Zl/Zp line and paragraph.
_REFUSED_CATEGORIES = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
_IN_WORDS = "\u00ad\u200b\u200c\u200d\u2060"  # soft hyphen, joiners, line-break places


def hides(text: str, *, lines: bool = False) -> bool:
    """Say whether a character of it is unseen or turns others; ``lines`` may follow one another."""
    allowed = _IN_WORDS + ("\n" if lines else "")
    return any(
        unicodedata.category(one) in _REFUSED_CATEGORIES for one in text if one not in allowed
    )


def told(text: str) -> str:
    """Give a text of a file as a refusal may name it: short, and nothing in it is unseen."""
    short = text if len(text) <= TOLD else f"{text[:TOLD]}…"
    return short if short.isprintable() else ascii(short)[1:-1]
