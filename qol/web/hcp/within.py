"""What every view of the professionals' face does: act at one's own place."""

from __future__ import annotations

from collections.abc import Callable
from typing import NoReturn, TypeVar

from flask import Response, abort, g, redirect

from qol.domain.place import Place
from qol.usecases.hcp.sheets import UnknownSheetError
from qol.web.shared.access import acting, here
from qol.web.shared.staff.pages import language

Done = TypeVar("Done")


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
