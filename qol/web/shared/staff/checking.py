"""The check that every request of a face of staff meets before its view runs."""

from __future__ import annotations

from typing import NoReturn, cast

from flask import Flask, Response, abort, current_app, g, request

from qol.domain.staff.session import Factor
from qol.usecases.staff.whoever import Present
from qol.web.shared.access import Door, Rule, act_as, rule_of
from qol.web.shared.staff.browser import token
from qol.web.shared.staff.desk import desk
from qol.web.shared.staff.pages import to

_FACTOR = {Door.HALF: Factor.PASSWORD, Door.ACTIVATION: Factor.ACTIVATION}


def check_access(app: Flask) -> None:
    """Check each request against the rule of its view."""

    @app.before_request
    def check() -> Response | None:
        if request.endpoint is None:
            return None  # no such address, or no such method: the error says so
        rule = rule_of(current_app.view_functions.get(request.endpoint))
        if rule is None:
            refuse("no_rule")
        return checked(rule)


def present() -> Present:
    """Give the session of this request, once the check has let it pass."""
    return cast("Present", g.present)


def refuse(outcome: str) -> NoReturn:
    """Answer 403 and leave the outcome for the ledger."""
    g.refusal = outcome
    abort(403)


def checked(rule: Rule) -> Response | None:
    """Check this request against a rule: None lets it pass, a response leads elsewhere."""
    found = desk().whoever(token()) if token() else None
    if found is not None:
        g.present = found
        if found.session.factor is Factor.FULL:
            act_as(found.acting)
    if rule.door is Door.OPEN:
        return None
    if found is None:
        return _elsewhere("sign-in", "no_session")
    if found.session.factor is not _FACTOR.get(rule.door, Factor.FULL):
        refuse("half_session")
    if rule.door in (Door.HALF, Door.ACTIVATION, Door.BARE):
        return None
    return _whole(rule, found)


def _whole(rule: Rule, found: Present) -> Response | None:
    """Check what a whole session must bring besides."""
    if found.session.locked:
        return _elsewhere("locked", "locked")
    if not found.notice_read:
        return _elsewhere("notice", "notice_unread")
    if rule.permissions <= found.acting.permissions:
        return None
    if found.acting.place is None and found.acting.places:
        return _elsewhere("place", "no_place")
    refuse("not_granted")


def _elsewhere(path: str, outcome: str) -> Response | None:
    """Send somebody who only looks to the page that helps; refuse whoever wanted to act."""
    if request.method != "GET":
        refuse(outcome)
    return to(path)
