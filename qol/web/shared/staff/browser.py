"""What a browser of staff carries: the session's token, and marks of accounts it knows."""

from __future__ import annotations

from datetime import timedelta
from ipaddress import ip_address, ip_network

from flask import Response, current_app, request, session
from flask_wtf.csrf import generate_csrf
from itsdangerous import BadSignature

from qol.usecases.staff.attempting import Origin
from qol.usecases.staff.open_session import Opened
from qol.web.shared.staff.desk import desk

WARD = 10  # a hospital's address is shared by many
_MOST_MARKS = 8
_MARKS_LAST = timedelta(days=180)


def token() -> str:
    """Give the token that the cookie carries; empty when there is none."""
    found = session.get("t", "")
    return found if isinstance(found, str) else ""


def begin(new: str) -> None:
    """Start under a new token and a new form secret: nothing of before stays (T-15)."""
    session.clear()
    session["t"] = new
    generate_csrf()


def leave(response: Response) -> Response:
    """Forget the session here, and ask the browser to forget this host's pages."""
    session.clear()
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response


def origin() -> Origin:
    """Say where this attempt comes from."""
    address = request.remote_addr or ""
    source = desk().source(address, desk().clock.today("UTC"))
    return Origin(source, _share(address), tuple(sorted(_marks().items())))


def _share(address: str) -> int:
    try:
        known = ip_address(address)
    except ValueError:
        return 1
    ranges = (ip_network(cidr) for cidr in desk().portal.hospital_ranges)
    return WARD if any(known in one for one in ranges) else 1


def _name() -> str:
    return f"{current_app.config['SESSION_COOKIE_NAME']}-known"


def _marks() -> dict[str, str]:
    """Give the marks that this face signed; whatever else is there counts as nothing."""
    try:
        found = desk().browsers.loads(request.cookies.get(_name(), ""))
    except BadSignature:
        return {}
    return {str(account): str(mark) for account, mark in found}


def remember(response: Response, opened: Opened) -> Response:
    """Mark the browser as one that the account has signed in with; it opens nothing.

    Its failures are then counted apart, so that a stranger cannot lock the person out.
    """
    marks = _marks()
    mark = marks.pop(opened.account, "") or desk().dice.reference()
    kept = [*marks.items()][-(_MOST_MARKS - 1) :]
    response.set_cookie(
        _name(),
        desk().browsers.dumps([*kept, (opened.account, mark)]),
        max_age=_MARKS_LAST,
        secure=bool(current_app.config["SESSION_COOKIE_SECURE"]),
        httponly=True,
        samesite="Strict",
    )
    return response
