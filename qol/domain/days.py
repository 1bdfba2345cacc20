"""Days as people write them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date


def spoken_day(day: date, words: Callable[[str], str]) -> str:
    """Write a day in words, without a figure that could be read the other way round."""
    month = words("months").split()[day.month - 1]
    first = words("day.first") if day.day == 1 else str(day.day)
    return words("day").format(day=first, month=month, year=day.year)
