"""The sites of the programme and their contracts (EA-4.1)."""

from __future__ import annotations

from datetime import date

from flask import Blueprint, Response, abort, g, request

from qol.domain.site import Site, SiteError
from qol.domain.staff.permissions import Permission
from qol.web.lab.face import face
from qol.web.shared.access import acting, here, requires
from qol.web.shared.staff.pages import page, to

blueprint = Blueprint("sites", __name__)
FIELDS = ("code", "label", "contract", "starts", "ends")


@blueprint.get("/sites")
@requires(Permission.MANAGE_PROGRAMMES)
def sites() -> Response:
    """Show the sites and how each contract stands today."""
    return _listed({})


def _listed(given: dict[str, str], wrong: str = "") -> Response:
    found = face().programmes.sites(here().programme)
    status = 422 if wrong else 200
    return page(
        "lab/programmes/sites.html", status, found=found, given=given, wrong=wrong, fields=FIELDS
    )


@blueprint.post("/sites")
@requires(Permission.MANAGE_PROGRAMMES)
def register() -> Response:
    """Register a site, or the next contract of one; the same form twice is one site."""
    given = {name: request.form.get(name, "").strip() for name in FIELDS}
    starts, ends = _day(given["starts"]), _day(given["ends"])
    if starts is None or ends is None:
        return _listed(given, "ends" if starts else "starts")
    code, label, contract = given["code"], given["label"], given["contract"]
    site = Site(here().programme, code, label, contract, starts, ends)
    try:
        face().programmes.register_site(site, acting().actor)
    except SiteError as error:
        return _listed(given, error.field)
    return to("sites")


@blueprint.post("/sites/<code>/end")
@requires(Permission.MANAGE_PROGRAMMES)
def end(code: str) -> Response:
    """End a site's contract today."""
    known = {site.code for site, _ in face().programmes.sites(here().programme)}
    if code not in known:
        g.refusal = "not_here"
        abort(404)
    face().programmes.end_site(here().programme, code, acting().actor)
    return to("sites")


def _day(text: str) -> date | None:
    """Read a day as the browser's own field, or a person, writes it: 2026-01-31."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
