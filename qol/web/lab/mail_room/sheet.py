"""One received sheet: where it stands, what is wrong with it, what is decided of it."""

from __future__ import annotations

from flask import Blueprint, Response, request
from flask_wtf.csrf import generate_csrf

from qol.domain.errors import PseudonymError
from qol.domain.mail_room import SEEN_LATER, Duplicate, Incident
from qol.domain.staff.permissions import Permission
from qol.usecases.lab.mail_room.register_sheet import UnknownCodeError
from qol.usecases.lab.mail_room.settle_incident import OwnSheetError
from qol.web.lab.mail_room.within import done, room, to_mail, within
from qol.web.shared.access import acting, requires
from qol.web.shared.staff.pages import page, said
from qol.web.shared.staff.typed import chosen

blueprint = Blueprint("mail_sheet", __name__)


@blueprint.get("/mail/<int:number>")
@requires(Permission.TYPE_POST)
def sheet(number: int) -> Response:
    """Show one sheet: states and days, never answers."""
    return _drawn(number)


def _drawn(number: int, wrong: str = "", status: int = 200) -> Response:
    shown = within(lambda programme, who: room().read_sheet(programme, who, number))
    found = shown.sheet
    sayable = [one for one in SEEN_LATER if one not in found.incidents]
    given_up = [one for one in found.unsettled if found.set_aside_by(one)]
    return page(
        "lab/mail_room/sheet.html",
        status,
        sheet=found,
        release=shown.release,
        overdue=found.overdue(shown.today),
        refusal=found.refuses(acting().actor),
        actor=acting().actor,
        incidents=sayable + given_up,
        decisions=tuple(Duplicate),
        wrong=wrong,
        filed=request.args.get("filed") == "1",
        token=generate_csrf(),
    )


@blueprint.post("/mail/<int:number>/incident")
@requires(Permission.TYPE_POST)
def incident(number: int) -> Response:
    """Keep an incident."""
    seen = chosen(Incident, "incident")
    if seen is None:
        return _drawn(number, "incident", 422)
    return done(lambda programme, who: room().say(programme, who, number, seen), number)


@blueprint.post("/mail/<int:number>/settle")
@requires(Permission.TYPE_POST)
def settle(number: int) -> Response:
    """Attest that what names somebody is masked, or accept a dead code."""
    seen = chosen(Incident, "incident")
    if seen is None:
        return said("hcp.unreadable", 422)
    try:
        return done(lambda programme, who: room().settle(programme, who, number, seen), number)
    except OwnSheetError:
        return said("mail.own_sheet", 409, f"mail/{number}")


@blueprint.post("/mail/<int:number>/code")
@requires(Permission.TYPE_POST)
def code(number: int) -> Response:
    """Find whose sheet it is, now that its code is known."""
    typed = request.form.get("code", "")[:64]
    try:
        within(lambda programme, who: room().identify(programme, who, number, typed))
    except UnknownCodeError:
        return _drawn(number, "mail.code.unknown", 422)
    except PseudonymError:
        return _drawn(number, "mail.code.slip", 422)
    return to_mail(number)


@blueprint.post("/mail/<int:number>/duplicate")
@requires(Permission.TYPE_POST)
def duplicate(number: int) -> Response:
    """Keep what is decided of a duplicate."""
    decision = chosen(Duplicate, "decision")
    if decision is None:
        return _drawn(number, "decision", 422)
    return done(lambda programme, who: room().decide(programme, who, number, decision), number)
