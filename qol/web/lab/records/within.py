"""What every view of records does: act in one's own programme, say who was quicker."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from flask import Response, abort, g, redirect

from qol.domain.errors import EnvelopeError
from qol.usecases.lab.records.ports import ChangedMeanwhileError, UnknownRecordError
from qol.web.shared.access import acting, here
from qol.web.shared.staff.pages import language, said

Done = TypeVar("Done")


def within(act: Callable[[str, str], Done]) -> Done:
    """Act in the person's programme and name; what is of anywhere else is nowhere: 404."""
    try:
        return act(here().programme, acting().actor)
    except UnknownRecordError:
        g.refusal = "not_here"
        abort(404)


def kept(act: Callable[[str, str], None], path: str) -> Response:
    """Act and go on to a page; or say who was quicker, or that it cannot be read any more."""
    try:
        within(act)
    except ChangedMeanwhileError:
        return said("records.changed", 409, path)
    except EnvelopeError:
        return said("records.shut", 409, path)
    return redirect(f"/{language()}/{path}", 303)  # type: ignore[return-value]
