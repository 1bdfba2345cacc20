"""What every view of the mail room does: act in one's own programme; say what an act refuses."""

from __future__ import annotations

from collections.abc import Callable
from typing import NoReturn, TypeVar

from flask import Response, abort, g, redirect

from qol.domain.errors import AlreadySaidError
from qol.usecases.lab.mail_room.finding import UnknownSheetError
from qol.web.lab.face import face
from qol.web.lab.mail_room.acts import MailRoom
from qol.web.shared.access import acting, here
from qol.web.shared.staff.pages import language, said

Done = TypeVar("Done")


def room() -> MailRoom:
    """Give the acts."""
    return face().mail_room


def within(act: Callable[[str, str], Done]) -> Done:
    """Act in the person's programme, in their name; a sheet of another is no sheet: 404."""
    try:
        return act(here().programme, acting().actor)
    except UnknownSheetError:
        not_here()


def not_here() -> NoReturn:
    """Answer 404 and leave the outcome for the ledger."""
    g.refusal = "not_here"
    abort(404)


def to_mail(path: object = "") -> Response:
    """Go on to a page of the mail room."""
    tail = f"/{path}" if path else ""
    return redirect(f"/{language()}/mail{tail}", 303)  # type: ignore[return-value]


def done(act: Callable[[str, str], object], then: object) -> Response:
    """Do something once and go on; a second click is told that nothing was changed."""
    try:
        within(act)
    except AlreadySaidError:
        return said("mail.already", 409, f"mail/{then}")
    return to_mail(then)
