"""The list of records, and one of them."""

from __future__ import annotations

import re

from flask import Blueprint, Response, request
from flask_wtf.csrf import generate_csrf

from qol.domain.records import ChangeKind, FreezeReason, LiftReason, RecordState
from qol.domain.staff.permissions import Permission
from qol.usecases.lab.records.ports import Wanted
from qol.web.lab.face import face
from qol.web.lab.records.within import within
from qol.web.shared.access import requires
from qol.web.shared.staff.pages import language, page

blueprint = Blueprint("records", __name__)
_CODE = re.compile(r"[A-Za-z0-9_.-]{1,64}")
_PAGE = re.compile(r"[1-9][0-9]{0,5}")
_DECIMALS = 3


def _asked(name: str) -> str:
    """Give a code of the address; empty when it has not the shape of one."""
    posted = request.args.get(name, "")
    return posted if _CODE.fullmatch(posted) else ""


@blueprint.get("/records")
@requires(Permission.READ_RECORDS)
def listed() -> Response:
    """List records, fifty a page."""
    state, number = _asked("state"), request.args.get("page", "")
    wanted = Wanted(
        _asked("timepoint"),
        _asked("instrument"),
        RecordState(state) if state in set(RecordState) else None,
    )
    at = int(number) if _PAGE.fullmatch(number) else 1
    found = within(lambda programme, who: face().records.list_records(programme, who, wanted, at))
    return page("lab/records/list.html", list=found, wanted=wanted, states=list(RecordState))


@blueprint.get("/records/duplicates")
@requires(Permission.READ_RECORDS)
def duplicates() -> Response:
    """List the sheets of the post that came for a place already filled."""
    return page("lab/records/duplicates.html", letters=within(face().records.list_duplicates))


@blueprint.get("/records/<record>")
@requires(Permission.READ_RECORDS)
def one(record: str) -> Response:
    """Show one record whole."""
    return record_page(record)


def record_page(record: str, *, no_reason: bool = False) -> Response:
    """Draw a record, whether it opens or not; ``no_reason``: a form came back without one."""
    shown = within(lambda programme, who: face().records.read_record(programme, who, record))
    return page(
        "lab/records/record.html",
        422 if no_reason else 200,
        shown=shown,
        row=shown.opened.stored.administration,
        release=shown.opened.release,
        body=shown.opened.body,
        kinds=ChangeKind,
        freezing=list(FreezeReason),
        lifting=[one for one in LiftReason if one is not LiftReason.REPORT_DISMISSED],
        no_reason=no_reason,
        token=generate_csrf(),
        decimals=decimals,
    )


def decimals(value: float) -> str:
    """Write a score with three decimals, as the request's language does; exports keep them all."""
    text = f"{value:.{_DECIMALS}f}"
    return text.replace(".", ",") if language() == "fr" else text
