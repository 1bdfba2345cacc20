"""Emphasis in instrument text, and the words of a language."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from markupsafe import Markup, escape

_EMPHASIS = re.compile(r"\*([^*]+)\*")
Words = Callable[[str], str]
Catalogues = Mapping[str, Mapping[str, str]]


def emphasised(text: str) -> Markup:
    """Escape plain text and turn ``*…*`` into emphasis; nothing else is markup."""
    return Markup(_EMPHASIS.sub(r"<b>\1</b>", str(escape(text))))  # noqa: S704 - escaped first


def words_of(catalogues: Catalogues, language: str) -> Words:
    """Give the function that templates call ``t``; an unknown key is a bug and raises."""
    return catalogues[language].__getitem__
