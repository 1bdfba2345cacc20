"""The programme that the person acts for: its versions, and one of them in plain words."""

from __future__ import annotations

from flask import Blueprint, Response, abort, g

from qol.domain.collection import ways
from qol.domain.programme import Notice, Offset
from qol.domain.staff.permissions import Permission
from qol.usecases.lab.programmes.read_programme import Opened
from qol.web.lab.face import face
from qol.web.shared.access import acting, here, load, requires
from qol.web.shared.staff.pages import page, words

blueprint = Blueprint("programme", __name__)


def spoken_offset(offset: Offset) -> str:
    """Write a distance from day zero in the request's language."""
    t = words()
    months = t("prog.months").format(count=offset.months) if offset.months else ""
    days = t("prog.days").format(count=f"{offset.days:+d}".replace("-", "−"))
    return f"{months} {days}".strip() if offset.days else months or t("prog.day_zero")


@blueprint.get("/programme")
@requires(Permission.MANAGE_PROGRAMMES)
def current() -> Response:
    """Show the current version; before there is one, how to bring it in."""
    opened = face().programmes.read(here().programme)
    return page("lab/programmes/none.html") if opened is None else _shown(opened)


@blueprint.get("/programme/versions/<int:number>")
@requires(Permission.MANAGE_PROGRAMMES)
def version(number: int) -> Response:
    """Show an older version as it was."""
    return _shown(load(lambda place: face().programmes.read(place.programme, number)))


def _shown(opened: Opened) -> Response:
    return page(
        "lab/programmes/show.html",
        opened=opened,
        programme=opened.shown.programme,
        ways=ways(opened.shown.programme),
        notice_parts=[name for name in Notice.__dataclass_fields__ if name != "version"],
        offset=spoken_offset,
        places=acting().places,
    )


@blueprint.get("/programme/document")
@requires(Permission.MANAGE_PROGRAMMES)
def document() -> Response:
    """Give the current version as a file to be changed and brought back."""
    name = here().programme
    text = face().programmes.take_out(name)
    if not text:
        g.refusal = "not_here"
        abort(404)
    response = Response(text, mimetype="application/toml")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.toml"'
    return response
