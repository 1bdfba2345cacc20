"""Signing in, second step: six digits, or a passkey."""

from __future__ import annotations

import json
from collections.abc import Mapping

from flask import Blueprint, Response, request

from qol.usecases.staff.attempting import Refused, Waits
from qol.usecases.staff.open_session import Opened
from qol.usecases.staff.ports import Kind
from qol.web.shared.access import half_way
from qol.web.shared.staff.browser import begin, origin, remember
from qol.web.shared.staff.checking import present
from qol.web.shared.staff.desk import desk
from qol.web.shared.staff.pages import error_of, page, to

blueprint = Blueprint("second", __name__)


def answer_of(field: str) -> Mapping[str, object]:
    """Read what the script put into a field; what is no JSON object is an empty answer."""
    try:
        found = json.loads(request.form.get(field, ""))
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def _page(status: int = 200, error: str = "") -> Response:
    account = present().session.account
    with desk().store.reading() as unit:
        passkeys = bool(unit.credentials(account, Kind.PASSKEY))
    return page("staff/second.html", status, error=error, passkeys=passkeys)


def _done(found: Opened | Refused | Waits, wrong: str) -> Response:
    if isinstance(found, Opened):
        begin(found.token)
        return remember(to(""), found)
    error, status = error_of(found, wrong)
    return _page(status, error)


@blueprint.get("/second-factor")
@half_way
def second_factor() -> Response:
    """Ask for the six digits, and offer the passkey where there is one."""
    return _page()


@blueprint.post("/second-factor")
@half_way
def check_code() -> Response:
    """Spend the code; a wrong or used one is told, and counted."""
    code = request.form.get("code", "")[:16]
    found = desk().check_code(present().session, code, origin())
    return _done(found, "second.wrong")


@blueprint.post("/second-factor/passkey")
@half_way
def ask_passkey() -> Response:
    """Show the page whose script asks the browser for the passkey."""
    options = desk().check_passkey.begin(present().session)
    if options is None:
        return _page(422, "")
    return page("staff/passkey.html", options=options, action="second-factor/passkey/answer")


@blueprint.post("/second-factor/passkey/answer")
@half_way
def check_passkey() -> Response:
    """Check what the passkey signed; its challenge is taken, right or wrong."""
    found = desk().check_passkey(present().session, answer_of("answer"), origin())
    return _done(found, "second.passkey_wrong")
