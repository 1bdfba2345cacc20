"""The destruction of paper in batches: prepared by one person, confirmed by another, certified."""

from __future__ import annotations

from flask import Blueprint, Response, request
from flask_wtf.csrf import generate_csrf

from qol.domain.errors import AlreadySaidError
from qol.domain.mail_room import Destruction, ranges
from qol.domain.staff.permissions import Permission
from qol.usecases.lab.mail_room.confirm_destruction import OwnBatchError
from qol.usecases.lab.mail_room.register_sheet import UnlikelyDayError
from qol.web.lab.mail_room.within import room, to_mail, within
from qol.web.shared.access import acting, requires
from qol.web.shared.staff.desk import desk
from qol.web.shared.staff.pages import page, said
from qol.web.shared.staff.typed import chosen, day_fields, typed_day, typed_fields

blueprint = Blueprint("mail_destroying", __name__)
_SMALL = 9


@blueprint.get("/mail/destruction")
@requires(Permission.TYPE_POST)
def destructions() -> Response:
    """List the batches, and the sheets whose paper has served."""
    return _drawn({})


def _drawn(wrong: dict[str, str]) -> Response:
    found = within(room().destructions)
    sent = request.method == "POST"
    return page(
        "lab/mail_room/destruction.html",
        422 if wrong else 200,
        found=found,
        methods=tuple(Destruction),
        wrong=wrong,
        day=typed_fields(request.form, "on") if sent else day_fields(found.today),
        kept=request.form.getlist("sheet"),
        sent=sent,
        actor=acting().actor,
        ranges=ranges,
        token=generate_csrf(),
    )


@blueprint.post("/mail/destruction")
@requires(Permission.TYPE_POST)
def prepare() -> Response:
    """Put sheets into a batch."""
    posted = [one[:_SMALL] for one in request.form.getlist("sheet")]
    numbers = [int(one) for one in posted if one.isascii() and one.isdecimal()]
    method, on = chosen(Destruction, "method"), typed_day(request.form, "on")
    if not numbers or len(numbers) != len(posted):
        return _drawn({"sheet": "mail.destroy.none_chosen"})
    if method is None:
        return _drawn({"method": "mail.destroy.method_missing"})
    if on is None:
        return _drawn({"on": "day.to_type"})
    try:
        batch = within(lambda p, who: room().prepare(p, who, numbers, method, on))
    except UnlikelyDayError:
        return _drawn({"on": "mail.destroy.unlikely"})
    return to_mail(f"destruction/{batch}")


@blueprint.get("/mail/destruction/<batch>")
@requires(Permission.TYPE_POST)
def certificate(batch: str) -> Response:
    """Show a batch; once confirmed, its certificate, to be printed."""
    found = within(lambda programme, who: room().certificate(programme, who, batch[:26]))
    actors = [one.actor for one in (found.prepared, found.confirmed) if one]
    return page(
        "lab/mail_room/certificate.html",
        batch=found,
        names={actor: _name(actor) for actor in actors},
        ranges=ranges(found.sheets),
        own=found.prepared.actor == acting().actor,
        token=generate_csrf(),
    )


def _name(actor: str) -> str:
    """Give the name of a colleague: a certificate names who did it."""
    reference = actor.removeprefix("staff:")
    with desk().store.reading() as unit:
        account = unit.account(reference)
    return account.name if account else reference


@blueprint.post("/mail/destruction/<batch>/confirm")
@requires(Permission.TYPE_POST)
def confirm(batch: str) -> Response:
    """Give the second person's word."""
    try:
        within(lambda programme, who: room().confirm(programme, who, batch[:26]))
    except OwnBatchError:
        return said("mail.own_batch", 409, f"mail/destruction/{batch[:26]}")
    except AlreadySaidError:
        return said("mail.already", 409, f"mail/destruction/{batch[:26]}")
    return to_mail(f"destruction/{batch[:26]}")
