"""What a wording may hold: plain text, with emphasis ``*…*`` and nothing else."""

from __future__ import annotations

import re

from qol.domain.plain import LONGEST, hides

# A tag or a comment; "< 5 years" and "> 10" are words (HTML: a tag begins with a letter).
_TAG = re.compile(r"<[A-Za-z/!?]")
_ENTITY = re.compile(r"&(#\d+|#[xX][0-9a-fA-F]+|[A-Za-z][A-Za-z0-9]{1,31});")
_OTHER_MARKUP = re.compile(r"`|~~|\]\(|__[^_\s][^_]*__|^\s*#{1,6}\s", re.MULTILINE)
_EMPHASIS = re.compile(r"\*[^*\s]([^*]*[^*\s])?\*")


def complaint(text: str) -> str | None:
    """Say in one sentence what is wrong with a text, or None; never repeats the text."""
    if len(text) > LONGEST:
        return f"is longer than {LONGEST} characters"
    if hides(text):
        return "holds a control character"
    if _TAG.search(text) or _ENTITY.search(text):
        return "holds markup; only *…* may mark emphasis"
    if _OTHER_MARKUP.search(text) or "**" in text:
        return "holds markup; only *…* may mark emphasis"
    if "*" in _EMPHASIS.sub("", text):
        return "holds a * that is not one of a pair around words"
    return None
