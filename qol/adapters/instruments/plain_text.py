"""What a wording may hold: plain text, with emphasis ``*…*`` and nothing else."""

from __future__ import annotations

import re
import unicodedata

LONGEST = 4000

# A tag or a comment; "< 5 years" and "> 10" are words (HTML: a tag begins with a letter).
_TAG = re.compile(r"<[A-Za-z/!?]")
_ENTITY = re.compile(r"&(#\d+|#[xX][0-9a-fA-F]+|[A-Za-z][A-Za-z0-9]{1,31});")
_OTHER_MARKUP = re.compile(r"`|~~|\]\(|__[^_\s][^_]*__|^\s*#{1,6}\s", re.MULTILINE)
_EMPHASIS = re.compile(r"\*[^*\s]([^*]*[^*\s])?\*")
# Cc control, Cs lone surrogate, Co private use, Cn unassigned, Zl/Zp line and paragraph.
_REFUSED_CATEGORIES = frozenset({"Cc", "Cs", "Co", "Cn", "Zl", "Zp"})
# Marks that turn the direction of what follows: a label could show other words than it holds.
_TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff")


def complaint(text: str) -> str | None:
    """Say in one sentence what is wrong with a text, or None; never repeats the text."""
    if len(text) > LONGEST:
        return f"is longer than {LONGEST} characters"
    if any(unicodedata.category(c) in _REFUSED_CATEGORIES or c in _TURNING for c in text):
        return "holds a control character"
    if _TAG.search(text) or _ENTITY.search(text):
        return "holds markup; only *…* may mark emphasis"
    if _OTHER_MARKUP.search(text) or "**" in text:
        return "holds markup; only *…* may mark emphasis"
    if "*" in _EMPHASIS.sub("", text):
        return "holds a * that is not one of a pair around words"
    return None
