"""Hand the device to the patient: one POST, from which the browser goes on to the other face.

The page's form ends at the patient's host, after a 307 that repeats the body there; nothing is
ever in an address. The professional is signed out by the same act, so Back meets the sign-in.
"""

from __future__ import annotations

from flask import Blueprint, Response, current_app, redirect, request

from qol.domain.staff.permissions import Permission
from qol.usecases.hcp.hand_device_over import NothingToFillError, can_fill
from qol.web.hcp.face import face
from qol.web.hcp.within import within
from qol.web.shared.access import Door, Rule, open_to_all, requires
from qol.web.shared.headers import policy_posting_to
from qol.web.shared.staff.browser import leave
from qol.web.shared.staff.checking import checked, present
from qol.web.shared.staff.desk import desk
from qol.web.shared.staff.pages import language, page, said

blueprint = Blueprint("device", __name__)
_RULE = Rule(Door.PERMISSION, frozenset({Permission.HAND_DEVICE}))


@blueprint.get("/sheets/<number>/device")
@requires(Permission.HAND_DEVICE)
def ask(number: str) -> Response:
    """Show the button that hands the device over; its ticket is in the page already."""
    sheet = within(lambda place, who: face().read_sheet(place, who, number))
    if not can_fill(sheet):
        return said("hcp.nothing_to_fill", 409, f"sheets/{sheet.number}")
    response = page("hcp/device.html", sheet=sheet, ticket=desk().dice.reference())
    response.headers["Content-Security-Policy"] = policy_posting_to(face().patient_origin)
    return response


@blueprint.post("/sheets/<number>/device")
@open_to_all  # a second tap comes after the sign-out; what is not its ticket is checked below
def hand_over(number: str) -> Response:
    """Make the ticket good, sign out, and send the browser on with the same body."""
    ticket = request.form.get("ticket", "")[:64]
    if not face().hand_device_over.made(ticket):
        current_app.extensions["csrf"].protect()
        refused = checked(_RULE)
        if refused is not None:
            return refused
        session = present().session.digest
        try:
            within(lambda place, who: face().hand_device_over(place, who, number, ticket, session))
        except NothingToFillError:
            return said("hcp.nothing_to_fill", 409, f"sheets/{number}")
    wanted = request.form.get("language", "")
    spoken = wanted if wanted in desk().portal.languages else language()
    return leave(redirect(f"{face().patient_origin}/{spoken}/device", 307))  # type: ignore[arg-type]
