"""Take a device that a professional hands over.

The browser comes by a 307 from the professionals' host, so it sends ``Origin: null`` and no
cookie of ours: the ticket in the body stands for both. The answer is a page with a button, not
a redirect, which would come without the new cookie.
"""

from __future__ import annotations

from flask import Blueprint, Response, request
from flask_wtf.csrf import generate_csrf

from qol.usecases.patient.open_visit import NothingDue, NotOffered
from qol.usecases.patient.visit import Visit
from qol.web.patient import cookie
from qol.web.patient.face import face
from qol.web.patient.pages import home, language, page, said

blueprint = Blueprint("device", __name__)


@blueprint.post("/device")
def take() -> Response:
    """Spend the ticket and show the Start button; whoever was here before is gone."""
    cookie.leave()
    found = face().open_on_device(request.form.get("ticket", ""))
    if isinstance(found, Visit):
        cookie.begin(found, face().cipher)
        generate_csrf()  # now: a form whose own response sets a cookie is lost when Send fails
        link = lambda other: f"/{other}/start"  # noqa: E731 - what the template calls
        return page("patient/device.html", start=f"/{language()}/start", language_link=link)
    idle = isinstance(found, NothingDue | NotOffered)
    name = "device.nothing" if idle else "device.over"
    return said(name, 409, home())
