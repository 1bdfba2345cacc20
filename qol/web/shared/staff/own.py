"""One's own account: notice, place, lock, sessions, password, passkeys."""

from __future__ import annotations

from flask import Blueprint, Response, request

from qol.domain.place import Place
from qol.domain.staff.passwords import PasswordError
from qol.usecases.staff.attempting import Refused, Waits
from qol.web.shared.access import any_session, signed_in
from qol.web.shared.staff.activation import password_error
from qol.web.shared.staff.browser import begin, leave, origin, token
from qol.web.shared.staff.checking import present
from qol.web.shared.staff.desk import desk
from qol.web.shared.staff.pages import error_of, language, page, said, to, words
from qol.web.shared.staff.second import answer_of

blueprint = Blueprint("own", __name__)


@blueprint.get("/notice")
@any_session
def notice() -> Response:
    """Say what is kept of whom and for how long; blocking until it is read."""
    operator = desk().portal.operator[language()]
    text = words()("notice.text").format(operator=operator, days=desk().ledger_days)
    read = present().notice_read
    return page("staff/notice.html", lines=text.split("\n"), read=read)


@blueprint.post("/notice")
@any_session
def read_notice() -> Response:
    """Keep the proof of reading."""
    desk().acknowledge(present().session.account)
    return to("")


@blueprint.get("/place")
@signed_in
def places() -> Response:
    """Show the places that the person's grants open."""
    return page("staff/place.html", places=present().acting.places, chosen=present().acting.place)


@blueprint.post("/place")
@signed_in
def choose_place() -> Response:
    """Act at one place from now on."""
    programme, _, site = request.form.get("place", "").partition("/")
    desk().choose_place(present().session, present().acting, Place(programme, site))
    return to("")


@blueprint.post("/lock")
@signed_in
def lock() -> Response:
    """Lock the screen; the browser forgets its pages."""
    desk().lock(present().session)
    kept = token()
    response = leave(to("locked"))
    begin(kept)  # the cookie changes, so that Back shows nothing
    return response


@blueprint.get("/locked")
@any_session
def locked() -> Response:
    """Show a page without anything, and the field for the password."""
    return page("staff/locked.html", method=present().session.method)


@blueprint.post("/locked")
@any_session
def unlock() -> Response:
    """Give the session back to the person who knows the password."""
    password = request.form.get("password", "")
    refused = desk().unlock(present().session, password, origin())
    if refused is None:
        return to("")
    error, status = error_of(refused, "locked.wrong")
    return page("staff/locked.html", status, error=error, method=present().session.method)


def _account(status: int = 200, error: str = "", told: str = "") -> Response:
    found = present()
    with desk().store.reading() as unit:
        credentials = unit.credentials(found.account.reference)
    return page(
        "staff/account.html",
        status,
        error=error,
        told=told,
        account=found.account,
        sessions=desk().whoever.sessions(found.account.reference),
        current=found.session.digest,
        credentials=credentials,
    )


@blueprint.get("/account")
@signed_in
def account() -> Response:
    """Show one's sessions and ways in, with the day of each change."""
    return _account()


@blueprint.post("/account/sign-out-everywhere")
@signed_in
def sign_out_everywhere() -> Response:
    """End every session of the account."""
    desk().sign_out_everywhere(present().session.account)
    return leave(to("sign-in"))


@blueprint.post("/account/password")
@signed_in
def change_password() -> Response:
    """Change the password; the other sessions end."""
    found, chosen = present(), request.form.get("password", "")
    if chosen != request.form.get("again", ""):
        return _account(422, words()("password.again_wrong"))
    given = request.form.get("present", "")
    try:
        refused = desk().change_password(found.session, found.account, given, chosen, origin())
    except PasswordError as error:
        return _account(422, password_error(error, chosen))
    if refused is not None:
        error_text, status = error_of(refused, "locked.wrong")
        return _account(status, error_text)
    return _account(told=words()("account.password_changed"))


@blueprint.post("/account/passkey")
@signed_in
def ask_new_passkey() -> Response:
    """Show the page whose script makes a passkey, once the password was typed again."""
    found, password = present(), request.form.get("password", "")
    asked = desk().add_passkey.begin(found.session, found.account, password, origin())
    if isinstance(asked, Refused | Waits):
        error, status = error_of(asked, "locked.wrong")
        return _account(status, error)
    return page("staff/passkey.html", options=asked, action="account/passkey/answer")


@blueprint.post("/account/passkey/answer")
@signed_in
def keep_passkey() -> Response:
    """Keep the passkey that the browser made."""
    found = present()
    desk().add_passkey(found.session, found.account, answer_of("answer"))
    return said("passkey.added", link="account")
