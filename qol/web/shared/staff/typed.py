"""Read what staff type: a day in three fields, a code of a closed list."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import TypeVar

from flask import request

Code = TypeVar("Code", bound=StrEnum)
_DIGITS = re.compile(r"[0-9]{1,4}")
_CENTURY = 100


def typed_day(fields: Mapping[str, str], name: str) -> date | None:
    """Read the three fields of a day; None when they name none. Two digits are of this century."""
    parts = [fields.get(f"{name}.{part}", "").strip() for part in ("day", "month", "year")]
    if not all(_DIGITS.fullmatch(part) for part in parts):
        return None
    day, month, year = (int(part) for part in parts)
    try:
        return date(year + 2000 if year < _CENTURY else year, month, day)
    except ValueError:
        return None


def typed_fields(fields: Mapping[str, str], name: str) -> dict[str, str]:
    """Give the three fields back as they were typed, digits only."""
    typed = {part: fields.get(f"{name}.{part}", "").strip() for part in ("day", "month", "year")}
    return {part: value for part, value in typed.items() if _DIGITS.fullmatch(value)}


def day_fields(day: date) -> dict[str, str]:
    """Give a day as its three fields."""
    return {"day": str(day.day), "month": str(day.month), "year": str(day.year)}


def chosen(codes: type[Code], name: str = "reason") -> Code | None:
    """Give the posted code of a closed list; None when none of it was chosen."""
    posted = request.form.get(name, "")
    return codes(posted) if posted in set(codes) else None
