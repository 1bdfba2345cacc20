"""Emphasis in instrument text, and days as people write them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date

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


def spoken_day(day: date, words: Words) -> str:
    """Write a day in words, without a figure that could be read the other way round."""
    month = words("months").split()[day.month - 1]
    first = words("day.first") if day.day == 1 else str(day.day)
    return words("day").format(day=first, month=month, year=day.year)
