"""The activation secret, and the one page that it opens."""

from __future__ import annotations

import base64
import binascii

from flask import Blueprint, Response, request

from qol.domain.errors import EnvelopeError, NotAllowedError
from qol.domain.staff.passwords import ENOUGH_BITS, PasswordError, strength
from qol.usecases.staff.activate_account import context_of
from qol.usecases.staff.check_password import HalfOpen
from qol.web.shared.access import activating, open_to_all
from qol.web.shared.staff.browser import begin, leave, origin
from qol.web.shared.staff.checking import present
from qol.web.shared.staff.desk import desk
from qol.web.shared.staff.pages import error_of, language, page, said, to, words

blueprint = Blueprint("activation", __name__)


@blueprint.get("/activate")
@open_to_all
def enter() -> Response:
    """Show the field for the secret."""
    return page("staff/activate.html")


@blueprint.post("/activate")
@open_to_all
def spend() -> Response:
    """Spend the secret; from here on it opens nothing."""
    found = desk().open_activation(request.form.get("secret", "")[:128], origin())
    if isinstance(found, HalfOpen):
        begin(found.token)
        return to("activate/choose")
    error, status = error_of(found, "activate.wrong")
    return page("staff/activate.html", status, error=error)


def _choose(sealed: bytes, status: int = 200, error: str = "") -> Response:
    account = present().account
    codes = desk().codes
    return page(
        "staff/choose.html",
        status,
        error=error,
        login=account.login,
        sealed=base64.b64encode(sealed).decode(),
        secret=codes.secret(sealed, account.reference),
        qr=desk().qr(codes.address(sealed, account.reference, account.login)),
    )


def _sealed() -> bytes:
    """Give the sealed secret that the page carried back; a fresh one for anything else."""
    reference = present().account.reference
    try:
        sealed = base64.b64decode(request.form.get("sealed", ""), validate=True)
        desk().codes.secret(sealed, reference)
    except (binascii.Error, ValueError, EnvelopeError):
        return desk().codes.fresh(reference)
    return sealed


@blueprint.get("/activate/choose")
@activating
def choose() -> Response:
    """Show password fields and a fresh one-time secret."""
    return _choose(desk().codes.fresh(present().account.reference))


def password_error(error: PasswordError, password: str) -> str:
    """Say why a password is refused, with its strength where that is why."""
    bits = strength(password, context_of(present().account, desk().portal.names[language()]))
    return words()(error.key).format(bits=bits, enough=ENOUGH_BITS)


@blueprint.post("/activate/choose")
@activating
def keep() -> Response:
    """Keep password and factor; then the person signs in with them."""
    found, sealed = present(), _sealed()
    password = request.form.get("password", "")
    if password != request.form.get("again", ""):
        return _choose(sealed, 422, words()("password.again_wrong"))
    try:
        code = request.form.get("code", "")[:16]
        bits = desk().activate(found.session, found.account, password, sealed, code)
    except PasswordError as error:
        return _choose(sealed, 422, password_error(error, password))
    except NotAllowedError:
        return _choose(sealed, 422, words()("second.wrong"))
    return leave(said("activate.done", 200, link="sign-in", bits=bits))
