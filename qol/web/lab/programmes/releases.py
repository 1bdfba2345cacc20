"""Releases and their approval by two people who signed in (EA-7.3-b)."""

from __future__ import annotations

from flask import Blueprint, Response, request

from qol.domain.publishing import APPROVERS
from qol.domain.staff.permissions import Permission
from qol.web.lab.face import face
from qol.web.shared.access import acting, requires
from qol.web.shared.staff.pages import page, to

blueprint = Blueprint("releases", __name__)


@blueprint.get("/releases")
@requires(Permission.APPROVE_RELEASES)
def releases() -> Response:
    """Show every release with its hashes, references and approvals."""
    found = face().programmes.releases()
    return page(
        "lab/programmes/releases.html", found=found, own=acting().account, approvers=APPROVERS
    )


@blueprint.post("/releases/<int:number>")
@requires(Permission.APPROVE_RELEASES)
def approve(number: int) -> Response:
    """Approve the bytes under the two hashes that the page showed."""
    hashes = request.form.get("definition", "")[:64], request.form.get("wording", "")[:64]
    person = acting()
    face().programmes.approve(number, hashes, person.account, person.actor)
    return to(f"releases#r{number}")
