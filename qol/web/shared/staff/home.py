"""What every home page of staff tells first: changes of one's account, other open sessions."""

from __future__ import annotations

from datetime import date, timedelta

from flask import Response

from qol.usecases.staff.ports import Kind
from qol.web.shared.staff.checking import present
from qol.web.shared.staff.desk import desk
from qol.web.shared.staff.pages import page

_TOLD_FOR = timedelta(days=7)


def home_page(template: str, **context: object) -> Response:
    """Draw a home page; ``template`` extends ``staff/home.html``."""
    now, account = desk().clock.now(), present().account.reference
    with desk().store.reading() as unit:
        ways = [one for one in unit.credentials(account) if one.kind is not Kind.ACTIVATION]
    recent = [one.created_at for one in ways if now - one.created_at < _TOLD_FOR]
    changed: date | None = max(recent).date() if recent else None
    open_now = len(desk().whoever.sessions(account))
    return page(template, 200, changed=changed, sessions=open_now, **context)
