"""One subject by its sheet number: where it stands, and what may be said of it."""

from __future__ import annotations

from flask import Blueprint, Response, request

from qol.domain.errors import AlreadySaidError
from qol.domain.follow_up import Mixup, Reason, Standing
from qol.domain.staff.permissions import Permission
from qol.usecases.hcp.replace_slip import replaceable
from qol.usecases.hcp.sheets import Sheet
from qol.web.hcp.face import face
from qol.web.hcp.within import not_here, sheet_page, within
from qol.web.shared.access import requires
from qol.web.shared.staff.pages import page, said
from qol.web.shared.staff.typed import chosen

blueprint = Blueprint("sheet", __name__)
UNREADY = 422  # something was not chosen: the page is shown again and says what


def _read(number: str) -> Sheet:
    return within(lambda place, who: face().read_sheet(place, who, number))


def _at(sheet: Sheet, timepoint: str) -> Standing:
    found = [one for one in sheet.standings() if one.timepoint.code == timepoint]
    return found[0] if found else not_here()


@blueprint.get("/sheets/<number>")
@requires(Permission.READ_WORK_LIST)
def show(number: str) -> Response:
    """Show each timepoint's state and dates."""
    sheet = _read(number)
    return page("hcp/sheet.html", sheet=sheet, replaceable=replaceable(sheet))


def _not_done(number: str, timepoint: str, status: int = 200) -> Response:
    sheet = _read(number)
    standing = _at(sheet, timepoint)
    return page(
        "hcp/not_done.html",
        status,
        sheet=sheet,
        standing=standing,
        reasons=list(Reason),
        no_reason=status == UNREADY,
    )


@blueprint.get("/sheets/<number>/not-done/<timepoint>")
@requires(Permission.END_FOLLOW_UP)
def ask_not_done(number: str, timepoint: str) -> Response:
    """Ask why a timepoint was not done."""
    return _not_done(number, timepoint)


@blueprint.post("/sheets/<number>/not-done/<timepoint>")
@requires(Permission.END_FOLLOW_UP)
def not_done(number: str, timepoint: str) -> Response:
    """Keep why; a second click changes nothing."""
    reason = chosen(Reason)
    if reason is None:
        return _not_done(number, timepoint, UNREADY)
    try:
        within(lambda place, who: face().not_done(place, who, number, timepoint, reason))
    except AlreadySaidError:
        return said("hcp.said_before", 409, f"sheets/{number}")
    return sheet_page(number)


def _end(number: str, status: int = 200) -> Response:
    missing, sheet = status == UNREADY, _read(number)
    return page("hcp/end.html", status, sheet=sheet, reasons=list(Reason), no_reason=missing)


@blueprint.get("/sheets/<number>/end")
@requires(Permission.END_FOLLOW_UP)
def ask_end(number: str) -> Response:
    """Ask why a follow-up ends."""
    return _end(number)


@blueprint.post("/sheets/<number>/end")
@requires(Permission.END_FOLLOW_UP)
def end(number: str) -> Response:
    """End it: the schedule stops and the code dies."""
    reason = chosen(Reason)
    if reason is None:
        return _end(number, UNREADY)
    try:
        within(lambda place, who: face().end_follow_up(place, who, number, reason))
    except AlreadySaidError:
        return said("hcp.said_before", 409, f"sheets/{number}")
    return sheet_page(number)


def _wrong(number: str, status: int = 200) -> Response:
    sheet = _read(number)
    received = [one for one in sheet.standings() if one.received]
    again = status == UNREADY
    return page(
        "hcp/wrong_patient.html",
        status,
        sheet=sheet,
        received=received,
        reasons=list(Mixup),
        no_reason=again and chosen(Mixup) is None,
        no_timepoint=again and not request.form.get("timepoint"),
    )


@blueprint.get("/sheets/<number>/wrong-patient")
@requires(Permission.REPORT_WRONG_PATIENT)
def ask_wrong_patient(number: str) -> Response:
    """Ask which deposit may be another person's, and why."""
    return _wrong(number)


@blueprint.post("/sheets/<number>/wrong-patient")
@requires(Permission.REPORT_WRONG_PATIENT)
def wrong_patient(number: str) -> Response:
    """Keep the report; the laboratory decides."""
    reason, timepoint = chosen(Mixup), request.form.get("timepoint", "")[:64]
    if reason is None or not timepoint:
        return _wrong(number, UNREADY)
    try:
        within(
            lambda place, who: face().report_wrong_patient(place, who, number, timepoint, reason)
        )
    except AlreadySaidError:
        return said("hcp.said_before", 409, f"sheets/{number}")
    return said("hcp.reported", 200, f"sheets/{number}")
