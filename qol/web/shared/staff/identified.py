"""What follows a sign-in at Pro Santé Connect: a session here, or a page that says no."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Flask, Response

from qol.usecases.staff.admit_identity import AdmitIdentity
from qol.usecases.staff.identity import Identity, Refusal
from qol.web.shared.psc import SignIn
from qol.web.shared.staff.browser import begin, origin, remember
from qol.web.shared.staff.desk import desk
from qol.web.shared.staff.pages import said, to


@dataclass(frozen=True, slots=True)
class Arrival:
    """The outcomes of a sign-in, as pages."""

    admit: AdmitIdentity

    def arrive(self, identity: Identity) -> Response:
        """Begin the session under a new token; "no access" provisions nothing."""
        opened = self.admit(identity)
        if opened is None:
            return said("psc_no_access", 403, link="sign-in")
        begin(opened.token)
        return remember(to(""), opened)

    def refuse(self, reason: Refusal) -> Response:
        """Say that it did not work; why is for the ledger."""
        trace(reason, "psc.back")
        if reason is Refusal.UNREACHABLE:
            return said("psc_unreachable", 503, link="sign-in")
        return said("psc_refused", 403, link="sign-in")


def add_provider(app: Flask, psc: SignIn) -> None:
    """Add the routes; templates find in ``psc`` where one leaves the provider."""
    routes = psc.blueprint()
    app.register_blueprint(routes)
    app.extensions["csrf"].exempt(routes)
    app.jinja_env.globals.update(psc=psc.provider.leaving())


def false_notice(reason: Refusal) -> None:
    """Leave the event of a logout notice that was refused."""
    trace(reason, "psc.notice")


def trace(reason: Refusal, where: str) -> None:
    """Leave the event of a refusal: one word, nothing of a token."""
    desk().attempts.refuse_stranger(reason.value, where, origin())
