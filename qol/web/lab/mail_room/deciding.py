"""Where two keyings differ: both readings, and what is decided."""

from __future__ import annotations

from flask import Blueprint, Response, current_app, request
from flask_wtf.csrf import generate_csrf

from qol.domain.errors import EnvelopeError
from qol.domain.keying import Cause, Choice, OwnKeyingError, UndecidedError
from qol.domain.staff.permissions import Permission
from qol.web.lab.mail_room.within import room, to_mail, within
from qol.web.shared.access import requires
from qol.web.shared.staff.pages import page, said
from qol.web.shared.staff.typed import chosen

blueprint = Blueprint("mail_deciding", __name__)
_NAME = "choice."


@blueprint.errorhandler(EnvelopeError)
def unopened(error: EnvelopeError) -> Response:
    """Say that the keys of that year do not open it; nothing is changed."""
    current_app.logger.error("a keying does not open: %s", error)
    return said("mail.unopened", 503, "mail")


@blueprint.get("/mail/<int:number>/decide")
@requires(Permission.TYPE_POST)
def decide(number: int) -> Response:
    """Show the parts that differ, and only those."""
    return _drawn(number)


def _drawn(number: int, wrong: str = "", part: str = "") -> Response:
    found = within(lambda programme, who: room().compare(programme, who, number))
    return page(
        "lab/mail_room/decide.html",
        422 if wrong else 200,
        found=found,
        instrument=found.release.instrument,
        wording=found.release.wording,
        causes=tuple(Cause),
        wrong=wrong,
        part=part,
        chosen={name: value for name, value in request.form.items() if name.startswith(_NAME)},
        token=generate_csrf(),
    )


@blueprint.post("/mail/<int:number>/decide")
@requires(Permission.TYPE_POST)
def decided(number: int) -> Response:
    """Keep the decision and deposit what stands."""
    cause, choices = chosen(Cause, "cause"), _choices()
    if choices is None:
        return said("hcp.unreadable", 422)
    if cause is None:
        return _drawn(number, "mail.decide.cause_missing", "cause")
    try:
        state = within(lambda p, who: room().reconcile(p, who, number, choices, cause))
    except UndecidedError as error:
        return _drawn(number, "mail.decide.undecided", error.part)
    except OwnKeyingError:
        return _drawn(number, "mail.decide.own")
    return to_mail(f"{number}?keyed={state.value}")


def _choices() -> dict[str, Choice] | None:
    """Read what was chosen; None when it is nothing that the page sends."""
    posted = {k[len(_NAME) :]: v for k, v in request.form.items() if k.startswith(_NAME)}
    if not set(posted.values()) <= set(Choice):
        return None
    return {part: Choice(value) for part, value in posted.items()}


@blueprint.post("/mail/<int:number>/deposit")
@requires(Permission.TYPE_POST)
def deposit(number: int) -> Response:
    """Deposit what two people agree on, where that was interrupted."""
    state = within(lambda programme, who: room().deposit(programme, who, number))
    return to_mail(f"{number}?keyed={state.value}")
