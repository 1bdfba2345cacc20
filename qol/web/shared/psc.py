"""The routes of Pro Santé Connect: leave for it, come back from it, be told that it ended.

Made for whichever face signs professionals in; what follows a sign-in is the face's own.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from flask import (
    Blueprint,
    Response,
    g,
    make_response,
    redirect,
    render_template,
    request,
)

from qol.usecases.staff.identity import (
    LIFE,
    Identity,
    IdentityProvider,
    IdentityRefusedError,
    LogoutNotice,
    Refusal,
    Transaction,
)
from qol.web.shared.access import open_to_all

log = logging.getLogger("qol.psc")
_REDIRECTS = range(300, 400)


class Cipher(Protocol):
    """Closes and opens what the cookie carries."""

    def encrypt(self, plain: bytes) -> str:
        """Return URL-safe text."""

    def decrypt(self, text: str) -> bytes | None:
        """Return the plain bytes, or None for anything this face did not encrypt."""


@dataclass(frozen=True, slots=True)
class SignIn:
    """The three routes and what a face does with their outcome.

    ``on_identity`` begins a session of its own under a new name, or says "no access"; a redirect
    that it gives is sent as a page that goes on by itself, because the browser comes from
    another site and would not show a ``SameSite=Strict`` cookie to the next address.
    ``on_refusal`` traces the reason and draws a page, in the language of ``g.language``.
    ``on_logout`` ends the sessions that the notice names, and must bear being told twice;
    ``on_false_notice`` traces why one was refused.
    """

    provider: IdentityProvider
    cipher: Cipher
    cookie: str
    secure: bool
    languages: tuple[str, ...]
    on_identity: Callable[[Identity], Response]
    on_refusal: Callable[[Refusal], Response]
    on_logout: Callable[[LogoutNotice], None]
    on_false_notice: Callable[[Refusal], None]

    def blueprint(self) -> Blueprint:
        """Give the routes. Exempt the blueprint from the token of forms: its POST has none."""
        routes = Blueprint("psc", __name__)
        routes.add_url_rule("/psc/start", "start", self.start, methods=["GET"])
        routes.add_url_rule("/psc/return", "back", self.back, methods=["GET"])
        routes.add_url_rule("/psc/logout-notice", "notice", self.notice, methods=["POST"])
        return routes

    @open_to_all
    def start(self) -> Response:
        """Send the browser to the provider, with the transaction in a cookie of its own."""
        departure = self.provider.begin()
        kept = departure.transaction
        plain = [kept.state, kept.nonce, kept.verifier, kept.began_at, self._wanted_language()]
        response = make_response(redirect(departure.address, 303))
        # Lax: the browser must send it when it comes back from another site (F-06.11).
        response.set_cookie(
            self._name(),
            self.cipher.encrypt(json.dumps(plain).encode()),
            max_age=LIFE,
            secure=self.secure,
            httponly=True,
            samesite="Lax",
        )
        return _unkept(response)

    @open_to_all
    def back(self) -> Response:
        """Check what the browser brings back; the transaction is over, whatever comes of it."""
        try:
            identity = self.provider.finish(self._transaction(), _answer())
        except IdentityRefusedError as error:
            log.warning("sign-in refused: %s", error.reason)
            response = self.on_refusal(error.reason)
        else:
            response = _onward(self.on_identity(identity))
        response.delete_cookie(self._name(), secure=self.secure, httponly=True, samesite="Lax")
        return _unkept(response)

    @open_to_all
    def notice(self) -> Response:
        """Take a back-channel logout token: no cookie, no session, no form token."""
        try:
            notice = self.provider.read_notice(request.form.get("logout_token", ""))
        except IdentityRefusedError as error:
            log.warning("logout notice refused: %s", error.reason)
            self.on_false_notice(error.reason)
            later = error.reason is Refusal.UNREACHABLE  # its keys could not be asked for
            return _said_nothing(503 if later else 400)
        self.on_logout(notice)
        return _said_nothing(200)

    def _name(self) -> str:
        return f"__Host-{self.cookie}" if self.secure else self.cookie

    def _wanted_language(self) -> str:
        wanted = request.args.get("language", "")
        return wanted if wanted in self.languages else self.languages[0]

    def _transaction(self) -> Transaction:
        """Open the cookie; whether it is too old, or used, is for the provider's port to say."""
        g.language = self.languages[0]
        plain = self.cipher.decrypt(request.cookies.get(self._name(), ""))
        if plain is None:
            raise IdentityRefusedError(Refusal.TRANSACTION)
        state, nonce, verifier, began_at, g.language = json.loads(plain)
        return Transaction(state, nonce, verifier, began_at)


def _answer() -> dict[str, str]:
    """Give the answer's parameters; none may stand twice (RFC 6749, section 3.1)."""
    if any(len(values) > 1 for _, values in request.args.lists()):
        raise IdentityRefusedError(Refusal.MALFORMED)
    return request.args.to_dict()


def _said_nothing(status: int) -> Response:
    return _unkept(Response("", status, mimetype="text/plain"))


def _unkept(response: Response) -> Response:
    response.headers["Cache-Control"] = "no-store"
    return response


def _onward(response: Response) -> Response:
    """Turn a redirect into a page that goes on by itself; its cookies stay with it."""
    if response.status_code not in _REDIRECTS:
        return response
    page = render_template("shared/psc_onward.html", lang=g.language, onward=response.location)
    response.set_data(page)
    response.status_code = 200
    response.content_type = "text/html; charset=utf-8"
    del response.headers["Location"]
    return response
