"""The register of received sheets, and filing one."""

from __future__ import annotations

from flask import Blueprint, Response, request
from flask_wtf.csrf import generate_csrf

from qol.domain.errors import PseudonymError
from qol.domain.mail_room import SEEN_AT_OPENING, TO_IDENTIFY, Incident
from qol.domain.staff.permissions import Permission
from qol.usecases.lab.mail_room.register_sheet import Envelope, UnknownCodeError, UnlikelyDayError
from qol.web.lab.mail_room.within import room, to_mail, within
from qol.web.shared.access import acting, requires
from qol.web.shared.staff.desk import desk
from qol.web.shared.staff.pages import page, said
from qol.web.shared.staff.paper import posted_visit
from qol.web.shared.staff.typed import day_fields, typed_day, typed_fields

blueprint = Blueprint("mail_register", __name__)
_DAYS = ("received_on", "posted_on")
NO_CODE = tuple(sorted(TO_IDENTIFY))


@blueprint.get("/mail")
@requires(Permission.TYPE_POST)
def register() -> Response:
    """List the sheets: what waits too long, what waits, what is done."""
    found = within(room().register)
    return page("lab/mail_room/register.html", register=found, actor=acting().actor)


@blueprint.get("/mail/new")
@requires(Permission.TYPE_POST)
def new() -> Response:
    """Show the form for a sheet that was just opened."""
    return _drawn({}, {}, desk().dice.reference())


def _drawn(wrong: dict[str, str], days: dict[str, dict[str, str]], attempt: str) -> Response:
    found = within(room().register)
    return page(
        "lab/mail_room/new.html",
        422 if wrong else 200,
        wrong=wrong,
        days=days or {"received_on": day_fields(found.today), "posted_on": {}},
        releases=found.releases.values(),
        attempt=attempt,
        incidents=SEEN_AT_OPENING,
        no_code=NO_CODE,
        token=generate_csrf(),
    )


@blueprint.post("/mail/new")
@requires(Permission.TYPE_POST)
def file() -> Response:
    """File it; what is wrong is told beside its field, and the code is never drawn again."""
    attempt, release = posted_visit(), request.form.get("release", "")
    if attempt is None:
        return said("hcp.unreadable", 422)
    days = {name: typed_fields(request.form, name) for name in _DAYS}
    received, posted = (typed_day(request.form, name) for name in _DAYS)
    wrong = {}
    if not release.isascii() or not release.isdecimal():
        wrong["release"] = "mail.new.choose"
    if received is None:
        wrong["received_on"] = "day.to_type"
    if posted is None and any(days["posted_on"].values()):
        wrong["posted_on"] = "day.to_type"
    if wrong or received is None:
        return _drawn(wrong, days, attempt)
    code = request.form.get("code", "")[:64]
    envelope = Envelope(code, int(release[:9]), received, posted, _incidents(), attempt)
    try:
        number = within(lambda programme, who: room().register_sheet(programme, who, envelope))
    except (PseudonymError, UnknownCodeError, UnlikelyDayError) as error:
        return _drawn(_told(error), days, attempt)
    return to_mail(f"{number}?filed=1")


def _incidents() -> frozenset[Incident]:
    offered = {one.value: one for one in SEEN_AT_OPENING}
    seen = {offered[one] for one in request.form.getlist("incident") if one in offered}
    missing = request.form.get("no_code", "")
    return frozenset(seen | ({Incident(missing)} if missing in NO_CODE else set()))


def _told(error: Exception) -> dict[str, str]:
    """Say which field is wrong, and how."""
    if isinstance(error, UnlikelyDayError):
        return {"received_on": "mail.new.unlikely"}
    return {
        "code": "mail.code.unknown" if isinstance(error, UnknownCodeError) else "mail.code.slip"
    }
