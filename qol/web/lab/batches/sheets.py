"""One sheet of a batch: activate it, revoke it or replace it where its site cannot."""

from __future__ import annotations

from datetime import date

from flask import Blueprint, Response, request

from qol.domain.errors import NotAllowedError
from qol.domain.revoking import RevokeReason
from qol.domain.staff.permissions import Permission
from qol.usecases.lab.batches.ports import Row
from qol.usecases.lab.batches.read_batches import UnknownBatchError, Whole
from qol.usecases.lab.pseudonyms import Place
from qol.web.lab.batches.acts import batch_page, batches, not_here, read, within
from qol.web.lab.batches.listing import UNREADY
from qol.web.shared.access import requires
from qol.web.shared.staff.pages import page

blueprint = Blueprint("batch_sheets", __name__)
_AT = "/batches/<batch>/sheets/<number>"


def _found(batch: str, number: str) -> tuple[Whole, Row]:
    whole = read(batch)
    try:
        return whole, whole.sheet(number)
    except UnknownBatchError:
        not_here()


def _page(batch: str, number: str, act: str = "", wrong: str = "") -> Response:
    whole, row = _found(batch, number)
    return page(
        f"lab/batches/{act or 'sheet'}.html",
        UNREADY if wrong else 200,
        whole=whole,
        row=row,
        wrong=wrong,
        reasons=list(RevokeReason),
        attempt=batches().dice.reference(),
        today=batches().clock.now().date(),
    )


@blueprint.get(_AT)
@requires(Permission.ISSUE_PSEUDONYMS)
def show(batch: str, number: str) -> Response:
    """Show where a sheet stands and what may be done with it."""
    return _page(batch, number)


@blueprint.get(f"{_AT}/activate")
@requires(Permission.ISSUE_PSEUDONYMS)
def ask_activate(batch: str, number: str) -> Response:
    """Ask for day zero."""
    return _page(batch, number, "activate")


@blueprint.post(f"{_AT}/activate")
@requires(Permission.ISSUE_PSEUDONYMS)
def activate(batch: str, number: str) -> Response:
    """Make a code live; a second click finds it live and changes nothing."""
    whole, row = _found(batch, number)
    try:
        day = date.fromisoformat(request.form.get("day_zero", ""))
    except ValueError:
        return _page(batch, number, "activate", "day")
    if row.state != "issued":
        return batch_page(batch, f"sheets/{number}")
    try:
        within(
            lambda programme, who: batches().activate(
                Place(programme, whole.batch.site, number), day, who
            )
        )
    except NotAllowedError:
        return _page(batch, number, "activate", "day")
    return batch_page(batch, f"sheets/{number}")


@blueprint.get(f"{_AT}/revoke")
@requires(Permission.ISSUE_PSEUDONYMS)
def ask_revoke(batch: str, number: str) -> Response:
    """Ask why."""
    return _page(batch, number, "revoke")


@blueprint.post(f"{_AT}/revoke")
@requires(Permission.ISSUE_PSEUDONYMS)
def revoke(batch: str, number: str) -> Response:
    """Kill a code; a second click finds it dead and changes nothing."""
    whole, row = _found(batch, number)
    try:
        reason = RevokeReason(request.form.get("reason", ""))
    except ValueError:
        return _page(batch, number, "revoke", "reason")
    if row.usable:
        within(
            lambda programme, who: batches().revoke(
                Place(programme, whole.batch.site, number), who, reason
            )
        )
    return batch_page(batch, f"sheets/{number}")


@blueprint.get(f"{_AT}/replace")
@requires(Permission.ISSUE_PSEUDONYMS)
def ask_replace(batch: str, number: str) -> Response:
    """Say what replacing does."""
    return _page(batch, number, "replace")


@blueprint.post(f"{_AT}/replace")
@requires(Permission.ISSUE_PSEUDONYMS)
def replace(batch: str, number: str) -> Response:
    """Give the subject another code and sheet; the same page posted twice is one replacement."""
    whole, attempt = read(batch), request.form.get("attempt", "")[:26]
    made = within(
        lambda programme, who: batches().replace(
            Place(programme, whole.batch.site, number), who, attempt
        )
    )
    return batch_page(batch, f"sheets/{made.sheet_number}")
