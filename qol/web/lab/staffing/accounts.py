"""Accounts: see them, create one, let somebody in anew, end one whose person has left."""

from __future__ import annotations

from flask import Blueprint, Response, request

from qol.domain.staff.accounts import FACES, Account
from qol.domain.staff.permissions import Permission
from qol.domain.staff.tokens import printed, reference_of
from qol.domain.staff.wrong import StaffError
from qol.usecases.staff.create_account import Person
from qol.web.lab.staffing.acts import account_page, acts, attempt, cannot, found, to_change
from qol.web.shared.access import acting, requires
from qol.web.shared.staff.pages import page, said

blueprint = Blueprint("accounts", __name__)
blueprint.register_error_handler(StaffError, cannot)
_ONE = "/accounts/<reference>"


@blueprint.get("/accounts")
@requires(Permission.MANAGE_ACCOUNTS)
def show_all() -> Response:
    """List everybody who has or had an account."""
    return page("lab/staffing/list.html", accounts=acts().list_accounts(acting().actor))


@blueprint.get(_ONE)
@requires(Permission.MANAGE_ACCOUNTS, Permission.MANAGE_GRANTS)
def show(reference: str) -> Response:
    """Show one account, its grants, and what may be done with it."""
    return page("lab/staffing/account.html", shown=found(acts().read(reference, acting().actor)))


@blueprint.get("/accounts/new")
@requires(Permission.MANAGE_ACCOUNTS)
def ask_new() -> Response:
    """Ask who it is."""
    return _asked_new(acts().dice.reference())


def _asked_new(number: str, wrong: str = "") -> Response:
    status = 422 if wrong else 200
    return page("lab/staffing/new.html", status, attempt=number, wrong=wrong, faces=FACES)


@blueprint.post("/accounts/new")
@requires(Permission.MANAGE_ACCOUNTS)
def create() -> Response:
    """Create the account and show its code; the same page posted twice is one, without code."""
    form, number = request.form, attempt()
    face, login, name, rpps = (form.get(key, "") for key in ("face", "login", "name", "rpps"))
    person = Person(face, login, name, rpps.strip(), reference_of(number))
    local = form.get("way") != "psc"
    try:
        made = acts().create(person, acting().actor, local=local)
    except StaffError as error:
        return _asked_new(number, error.key)
    if made.again:
        return said("staffing.again", 409, link=f"accounts/{made.account.reference}")
    return _told(made.account, made.secret) if local else account_page(made.account.reference)


def _told(account: Account, secret: str) -> Response:
    """Show a secret, here and never again."""
    response = page("lab/staffing/secret.html", account=account, secret=printed(secret))
    response.headers["Cache-Control"] = "no-store"
    return response


@blueprint.get(f"{_ONE}/activation")
@requires(Permission.MANAGE_ACCOUNTS)
def ask_activation(reference: str) -> Response:
    """Say what a new code takes away."""
    return page("lab/staffing/activation.html", shown=to_change(reference))


@blueprint.post(f"{_ONE}/activation")
@requires(Permission.MANAGE_ACCOUNTS)
def issue(reference: str) -> Response:
    """Show a new code; a page that was used, or is older than the last change, shows none."""
    shown, seen = to_change(reference), request.form.get("seen", "") or "nothing"
    return _told(shown.account, acts().issue(reference, acting().actor, seen))


@blueprint.get(f"{_ONE}/leave")
@requires(Permission.MANAGE_ACCOUNTS)
def ask_leave(reference: str) -> Response:
    """Say what ends with the account."""
    return page("lab/staffing/leave.html", shown=to_change(reference))


@blueprint.post(f"{_ONE}/leave")
@requires(Permission.MANAGE_ACCOUNTS)
def leave(reference: str) -> Response:
    """End the account; a second click finds it ended and changes nothing."""
    if found(acts().read(reference, acting().actor)).fixed != "left":
        acts().leave(reference, acting().actor)
    return account_page(reference)
