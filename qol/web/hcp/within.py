"""What every view of the professionals' face does: act at one's own place, read a typed day."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from enum import StrEnum
from typing import NoReturn, TypeVar

from flask import Response, abort, g, redirect, request

from qol.domain.place import Place
from qol.usecases.hcp.sheets import UnknownSheetError
from qol.web.shared.access import acting, here
from qol.web.shared.staff.pages import language

Done = TypeVar("Done")
Code = TypeVar("Code", bound=StrEnum)
_DIGITS = re.compile(r"[0-9]{1,4}")
_CENTURY = 100


def within(act: Callable[[Place, str], Done]) -> Done:
    """Act at the person's place, in their name; a sheet of anywhere else is no sheet: 404."""
    try:
        return act(here(), acting().actor)
    except UnknownSheetError:
        not_here()


def not_here() -> NoReturn:
    """Answer 404 and leave the outcome for the ledger."""
    g.refusal = "not_here"
    abort(404)


def sheet_page(number: str, path: str = "") -> Response:
    """Go on to a page of a sheet."""
    tail = f"/{path}" if path else ""
    return redirect(f"/{language()}/sheets/{number}{tail}", 303)  # type: ignore[return-value]


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
