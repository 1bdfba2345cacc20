"""The work list, the follow-up of everybody, and finding a sheet by its number."""

from __future__ import annotations

import re

from flask import Blueprint, Response, request

from qol.domain.place import typed_number
from qol.domain.staff.permissions import Permission
from qol.web.hcp.face import face
from qol.web.hcp.within import not_here, sheet_page, within
from qol.web.shared.access import acting, requires, signed_in
from qol.web.shared.staff.home import home_page
from qol.web.shared.staff.pages import page

blueprint = Blueprint("home", __name__)
_NUMBER = re.compile(r"[0-9A-Z]{5}")


@blueprint.get("/")
@signed_in
def home() -> Response:
    """Show what is due or late: states and dates, never answers."""
    if Permission.READ_WORK_LIST not in acting().permissions:
        return home_page("staff/home.html")
    return home_page("hcp/home.html", list=within(face().work_list))


@blueprint.get("/follow-up")
@requires(Permission.READ_WORK_LIST)
def follow_up() -> Response:
    """Show every subject of the place with each of its timepoints."""
    return page("hcp/follow_up.html", list=within(face().work_list))


@blueprint.get("/sheets")
@requires(Permission.READ_WORK_LIST)
def find() -> Response:
    """Go to the sheet of that number."""
    number = typed_number(request.args.get("number", "")[:16])
    return sheet_page(number) if _NUMBER.fullmatch(number) else not_here()
