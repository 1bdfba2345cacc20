"""The professionals' reports that answers are another person's, and what is decided (T-19)."""

from __future__ import annotations

import re

from flask import Blueprint, Response, request
from flask_wtf.csrf import generate_csrf

from qol.domain.errors import NotAllowedError
from qol.domain.place import typed_number
from qol.domain.records import Decision
from qol.domain.staff.permissions import Permission
from qol.usecases.lab.records.ports import SlotTakenError
from qol.usecases.lab.records.reassign_report import (
    NoSuchSubjectError,
    NothingToMoveError,
    Right,
)
from qol.web.lab.face import face
from qol.web.lab.records.within import kept, within
from qol.web.shared.access import requires
from qol.web.shared.staff.pages import page, said
from qol.web.shared.staff.paper import posted_visit
from qol.web.shared.staff.typed import chosen

blueprint = Blueprint("reports", __name__)
_NUMBER = re.compile("[1-9][0-9]{0,3}")
_MOVES = {Decision.REASSIGNED: False, Decision.EXCHANGED: True}
_REFUSED: dict[type[NotAllowedError], str] = {
    NoSuchSubjectError: "reports.no_sheet",
    NothingToMoveError: "reports.nothing",
    SlotTakenError: "reports.taken",
}


@blueprint.get("/reports")
@requires(Permission.CORRECT_RECORDS)
def listed() -> Response:
    """List them, those that wait first."""
    found = within(face().records.list_reports)
    return page("lab/records/reports.html", reports=found)


def _drawn(subject: str, timepoint: str, wrong: str = "", *, sent: bool = False) -> Response:
    shown = within(
        lambda programme, who: face().records.read_report(programme, who, subject, timepoint)
    )
    return page(
        "lab/records/report.html",
        422 if sent else 200,
        shown=shown,
        report=shown.report,
        decisions=[one for one in Decision if not (one is Decision.FROZEN and shown.frozen)],
        wrong=wrong,
        no_decision=sent and chosen(Decision, "decision") is None,
        sheet=typed_number(request.form.get("sheet", "")[:5]),
        token=generate_csrf(),
    )


@blueprint.get("/reports/<subject>/<timepoint>")
@requires(Permission.CORRECT_RECORDS)
def one(subject: str, timepoint: str) -> Response:
    """Show a report and what is in its slots now: which records, never their answers."""
    return _drawn(subject, timepoint)


def _looked_at() -> int | None:
    """Give the number of the report that the page was drawn of."""
    posted = request.form.get("report", "")
    return int(posted) if _NUMBER.fullmatch(posted) else None


@blueprint.post("/reports/<subject>/<timepoint>")
@requires(Permission.CORRECT_RECORDS)
def decide(subject: str, timepoint: str) -> Response:
    """Freeze, move, exchange or dismiss."""
    decision, attempt, report = chosen(Decision, "decision"), posted_visit(), _looked_at()
    if attempt is None or report is None:
        return said("hcp.unreadable", 422)
    if decision is None:
        return _drawn(subject, timepoint, sent=True)
    key = (subject, timepoint, report)
    number = typed_number(request.form.get("sheet", "")[:16])

    def act(programme: str, who: str) -> None:
        if decision in _MOVES:
            right = Right(attempt, number, _MOVES[decision])
            face().records.reassign_report(programme, who, key, right)
        else:
            face().records.decide_report(programme, who, key, attempt, decision)

    try:
        return kept(act, f"reports/{subject}/{timepoint}")
    except (NoSuchSubjectError, NothingToMoveError, SlotTakenError) as error:
        return _drawn(subject, timepoint, _REFUSED[type(error)], sent=True)
