"""Text made ready for the bundled font: what it does not tell apart becomes plain."""

from __future__ import annotations

import re
import unicodedata

from markupsafe import Markup, escape

# Kinds of space and dash that the font does not tell apart, and a hyphen that is not seen.
_PLAIN = str.maketrans({"\u202f": "\u00a0", "\u2009": "\u00a0", "\u2011": "-", "\u00ad": None})
_EMPHASIS = re.compile(r"\*([^*]+)\*")


def printable(html: str) -> str:
    """Compose letters with their accents, and write spaces and dashes the plain way."""
    return unicodedata.normalize("NFC", html).translate(_PLAIN)


def emphasised(text: str) -> Markup:
    """Escape plain text and turn ``*…*`` into emphasis; nothing else is markup."""
    return Markup(_EMPHASIS.sub(r"<b>\1</b>", str(escape(text))))  # noqa: S704 - escaped first
