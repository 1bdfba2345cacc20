"""Give somebody else a role at a place and for a time, and end a grant before its day."""

from __future__ import annotations

from datetime import date

from flask import Blueprint, Response, abort, g, request

from qol.domain.staff.grants import EndReason, Grant, Reason, longest_end
from qol.domain.staff.permissions import Permission, Role, Scope
from qol.domain.staff.tokens import reference_of
from qol.domain.staff.wrong import StaffError
from qol.usecases.staff.give_grant import Wish
from qol.usecases.staff.read_accounts import Shown
from qol.web.lab.staffing.acts import account_page, acts, attempt, cannot, to_change
from qol.web.shared.access import acting, requires
from qol.web.shared.staff.pages import language, page, words

blueprint = Blueprint("roles", __name__)
blueprint.register_error_handler(StaffError, cannot)
_ROLE = "/accounts/<reference>/role"
_END = "/accounts/<reference>/grants/<grant>/end"
_FIELDS = {"role", "place", "reason", "start", "end"}
_REASONS = [reason for reason in Reason if reason is not Reason.FIRST_ACCOUNT]
Places = dict[str, tuple[str, str | None, str | None]]


def _places(face: str) -> Places:
    """Offer what a role of the face may name: value to words, programme and site."""
    found: Places = {}
    for one in acts().places():
        label = one.labels.get(language(), one.programme)
        if face == "lab":
            found[f"{one.programme}/"] = (label, one.programme, None)
        else:
            for site in one.sites:
                where = f"{label} · {site.code} – {site.label}"
                found[f"{one.programme}/{site.code}"] = (where, one.programme, site.code)
    if face == "lab":
        found["/"] = (words()("grants.installation"), None, None)
    return found


def _roles(shown: Shown) -> list[Role]:
    """Offer the roles of the account's face."""
    return [role for role in Role if role.face == shown.account.face]


@blueprint.get(_ROLE)
@requires(Permission.MANAGE_GRANTS)
def ask(reference: str) -> Response:
    """Ask which role, where, why and until when."""
    return _asked(to_change(reference), acts().dice.reference())


def _asked(shown: Shown, number: str, wrong: str = "", template: str = "role") -> Response:
    return page(
        f"lab/staffing/{template}.html",
        422 if wrong else 200,
        shown=shown,
        attempt=number,
        wrong=wrong,
        roles=_roles(shown),
        places=_places(shown.account.face),
        reasons=_REASONS,
        until=longest_end(shown.today),
    )


@blueprint.post(_ROLE)
@requires(Permission.MANAGE_GRANTS)
def give(reference: str) -> Response:
    """Give it; names of staff and answers in one hand are asked for on a page of their own."""
    shown, number = to_change(reference), attempt()
    try:
        acts().give(_wish(shown, number), acting().actor)
    except StaffError as error:
        if error.key == "double":
            return _asked(shown, number, error.key, "double")
        if error.key.partition(".")[0] not in _FIELDS:
            raise
        return _asked(shown, number, error.key)
    return account_page(reference)


def _wish(shown: Shown, number: str) -> Wish:
    """Read the form; StaffError names the field where nothing, or nothing offered, was chosen."""
    form, places = request.form, _places(shown.account.face)
    role = {one.value: one for one in _roles(shown)}.get(form.get("role", ""))
    if role is None:
        raise StaffError("role", "No role was chosen.")
    everywhere = role.scope is Scope.INSTALLATION and not form.get("place")
    chosen = places.get("/" if everywhere else form.get("place", ""))
    if chosen is None:
        raise StaffError("place", "No place was chosen.")
    try:
        reason = Reason(form.get("reason", ""))
    except ValueError:
        raise StaffError("reason", "No reason was chosen.") from None
    return Wish(
        account=shown.account.reference,
        role=role,
        reason=reason,
        start=_day("start"),
        end=_day("end"),
        programme=chosen[1],
        site=chosen[2],
        double=form.get("double") == "1",
        reference=reference_of(number),
    )


def _day(name: str) -> date:
    """Read a day as the browser's own field, or a person, writes it: 2026-01-31."""
    try:
        return date.fromisoformat(request.form.get(name, "").strip())
    except ValueError:
        raise StaffError(name, "This is not a day.") from None


def _grant(shown: Shown, reference: str) -> Grant:
    """Find a grant of this account; 404 when it is another's or none."""
    one = next((one for one in shown.grants if one.reference == reference), None)
    if one is None:
        g.refusal = "not_here"
        abort(404)
    return one


@blueprint.get(_END)
@requires(Permission.MANAGE_GRANTS)
def ask_end(reference: str, grant: str) -> Response:
    """Ask why."""
    return _asked_end(reference, grant)


def _asked_end(reference: str, grant: str, wrong: str = "") -> Response:
    shown = to_change(reference)
    return page(
        "lab/staffing/end.html",
        422 if wrong else 200,
        shown=shown,
        grant=_grant(shown, grant),
        wrong=wrong,
        reasons=list(EndReason),
    )


@blueprint.post(_END)
@requires(Permission.MANAGE_GRANTS)
def end(reference: str, grant: str) -> Response:
    """End it at once; a second click finds it ended and changes nothing."""
    try:
        reason = EndReason(request.form.get("reason", ""))
    except ValueError:
        return _asked_end(reference, grant, "reason")
    if not _grant(to_change(reference), grant).ended:
        acts().end_grant(grant, reason, acting().actor)
    return account_page(reference)
