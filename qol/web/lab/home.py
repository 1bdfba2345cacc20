"""The laboratory's first page."""

from __future__ import annotations

from flask import Blueprint, Response

from qol.web.shared.access import signed_in
from qol.web.shared.staff.home import home_page

blueprint = Blueprint("home", __name__)


@blueprint.get("/")
@signed_in
def home() -> Response:
    """Show what there is to do."""
    return home_page("lab/home.html")
