"""Opening a programme to patients: what is missing, then the act; and closing it."""

from __future__ import annotations

from flask import Blueprint, Response, abort, g

from qol.domain.staff.permissions import Permission
from qol.usecases.lab.programmes.opening import NotReadyError
from qol.web.lab.face import face
from qol.web.shared.access import acting, here, requires
from qol.web.shared.staff.pages import page, to

blueprint = Blueprint("opening", __name__)


@blueprint.get("/programme/opening")
@requires(Permission.MANAGE_PROGRAMMES)
def ask() -> Response:
    """Say what is missing, or offer the act."""
    return _shown()


def _shown(status: int = 200) -> Response:
    found = face().programmes.check_opening(here().programme)
    if found is None:
        g.refusal = "not_here"
        abort(404)
    return page("lab/programmes/opening.html", status, state=found[0], missing=found[1])


@blueprint.post("/programme/opening/open")
@requires(Permission.MANAGE_PROGRAMMES)
def open_() -> Response:
    """Open it; refused with the list while anything is missing."""
    try:
        face().programmes.open_programme(here().programme, acting().actor)
    except NotReadyError:
        return _shown(409)
    return to("programme/opening")


@blueprint.post("/programme/opening/close")
@requires(Permission.MANAGE_PROGRAMMES)
def close() -> Response:
    """Close it: no code is issued any more."""
    face().programmes.close_programme(here().programme, acting().actor)
    return to("programme/opening")
