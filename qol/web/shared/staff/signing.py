"""Signing in, first step; and signing out."""

from __future__ import annotations

from flask import Blueprint, Response, request

from qol.domain.staff.session import Method
from qol.usecases.staff.check_password import HalfOpen
from qol.web.shared.access import any_session, open_to_all
from qol.web.shared.staff.browser import begin, leave, origin
from qol.web.shared.staff.checking import present
from qol.web.shared.staff.desk import desk
from qol.web.shared.staff.pages import error_of, page, to

blueprint = Blueprint("signing", __name__)


@blueprint.get("/sign-in")
@open_to_all
def sign_in() -> Response:
    """Show the two fields."""
    return page("staff/sign_in.html")


@blueprint.post("/sign-in")
@open_to_all
def check_password() -> Response:
    """Go on to the second factor; every wrong attempt gets the same page."""
    login = request.form.get("login", "")[:64]
    password = request.form.get("password", "")
    found = desk().check_password(login, password, origin())
    if isinstance(found, HalfOpen):
        begin(found.token)
        return to("second-factor")
    beside = desk().check_password.provided
    error, status = error_of(found, "sign_in.wrong_or_closed" if beside else "sign_in.wrong")
    return page("staff/sign_in.html", status, error=error)


@blueprint.post("/sign-out")
@any_session
def sign_out() -> Response:
    """End this browser's session."""
    session = present().session
    desk().sign_out(session)
    if session.method is Method.PROVIDER:
        return leave(page("staff/left.html"))
    return leave(to("sign-in"))
