"""Releases and their approval by two people who signed in (EA-7.3-b)."""

from __future__ import annotations

from flask import Blueprint, Response, request

from qol.domain.publishing import APPROVERS
from qol.domain.staff.permissions import Permission
from qol.usecases.lab.programmes.read_releases import Published
from qol.web.lab.face import face
from qol.web.shared.access import acting, load, requires
from qol.web.shared.staff.pages import page, to

blueprint = Blueprint("releases", __name__)


@blueprint.get("/releases")
@requires(Permission.APPROVE_RELEASES)
def releases() -> Response:
    """Show every release with its hashes, references and approvals."""
    own = acting().account
    return page("lab/programmes/releases.html", found=_listed(), own=own, approvers=APPROVERS)


def _listed() -> tuple[Published, ...]:
    return face().programmes.releases()


def _found(number: int) -> Published:
    """Find a release; 404 when there is none of that number."""
    return load(lambda _: next((one for one in _listed() if one.release.id == number), None))


@blueprint.get("/releases/<int:number>")
@requires(Permission.APPROVE_RELEASES)
def read(number: int) -> Response:
    """Show a release's whole text, and under it the approval: one approves what one read."""
    found = _found(number)
    return page(
        "lab/programmes/release.html",
        one=found,
        instrument=found.release.instrument,
        wording=found.release.wording,
        own=acting().account,
    )


@blueprint.post("/releases/<int:number>")
@requires(Permission.APPROVE_RELEASES)
def approve(number: int) -> Response:
    """Approve the bytes under the two hashes that the page showed."""
    _found(number)
    hashes = request.form.get("definition", "")[:64], request.form.get("wording", "")[:64]
    person = acting()
    face().programmes.approve(number, hashes, person.account, person.actor)
    return to(f"releases#r{number}")
