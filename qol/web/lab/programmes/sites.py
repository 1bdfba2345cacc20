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
FIELDS = ("code", "label", "contract", "signed", "starts", "ends", "security")
DAYS = ("signed", "starts", "ends")


@blueprint.get("/sites")
@requires(Permission.MANAGE_PROGRAMMES)
def sites() -> Response:
    """Show the sites and how each contract stands today; ``complete`` fills the form with one."""
    known = {site.code: site for site, _ in face().programmes.sites(here().programme)}
    chosen = known.get(request.args.get("complete", ""))
    given = {name: str(getattr(chosen, name) or "") for name in FIELDS} if chosen else {}
    return _listed(given)


def _listed(given: dict[str, str], wrong: str = "") -> Response:
    found = face().programmes.sites(here().programme)
    asked = {"found": found, "given": given, "wrong": wrong, "fields": FIELDS, "days": DAYS}
    return page("lab/programmes/sites.html", 422 if wrong else 200, **asked)


@blueprint.post("/sites")
@requires(Permission.MANAGE_PROGRAMMES)
def register() -> Response:
    """Register a site, or the next contract of one; the same form twice is one site."""
    given = {name: request.form.get(name, "").strip() for name in FIELDS}
    try:
        face().programmes.register_site(_typed(given), acting().actor)
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


def _typed(given: dict[str, str]) -> Site:
    """Give the site as it was typed; SiteError names the field that is no day."""
    days = {name: _day(name, given[name]) for name in DAYS}
    texts = {name: text for name, text in given.items() if name not in DAYS}
    return Site(here().programme, **texts, **days)  # type: ignore[arg-type]


def _day(field: str, text: str) -> date:
    """Read a day as the browser's own field, or a person, writes it: 2026-01-31."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise SiteError(field, "A day is written as 2026-01-31.") from None
