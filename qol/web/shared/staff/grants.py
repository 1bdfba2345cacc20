"""Grants and their yearly review, for whoever holds that permission (EA-HAB-3)."""

from __future__ import annotations

from flask import Blueprint, Response, abort, request

from qol.domain.staff.grants import longest_end
from qol.domain.staff.permissions import Permission
from qol.domain.staff.review import Decision, under_review
from qol.web.shared.access import acting, requires
from qol.web.shared.staff.desk import desk
from qol.web.shared.staff.pages import page, to

blueprint = Blueprint("grants", __name__)


@blueprint.get("/grants")
@requires(Permission.REVIEW_GRANTS)
def grants() -> Response:
    """Show who may do what, and what waits for a decision."""
    today = desk().clock.now().date()
    found = desk().list_grants(acting().actor)
    rows = [
        (grant, account, grant.standing(today), under_review(grant, today))
        for grant, account in found
    ]
    return page("staff/grants.html", rows=rows, own=acting().account, until=longest_end(today))


@blueprint.post("/grants/<reference>")
@requires(Permission.REVIEW_GRANTS)
def review(reference: str) -> Response:
    """Keep the grant for the longest period, or remove it."""
    try:
        decision = Decision(request.form.get("decision", ""))
    except ValueError:
        abort(400)
    until = longest_end(desk().clock.now().date())
    desk().review_grant(reference, decision, until, acting())
    return to("grants")
