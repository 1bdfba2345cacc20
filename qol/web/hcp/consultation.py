"""Enter answers in a consultation: the validated wording, in its order, never pre-filled."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from flask import Blueprint, Response, request
from flask_wtf.csrf import generate_csrf

from qol.domain.administration import Body
from qol.domain.answers import PATIENT_STATES, settled
from qol.domain.instrument import Release
from qol.domain.staff.permissions import Permission
from qol.usecases.answered import WrongDayError
from qol.usecases.hcp.entering import Written
from qol.usecases.hcp.open_consultation import Consultation
from qol.web.hcp.entering import (
    keep_what_was_typed,
    posted_release,
    stored,
)
from qol.web.hcp.face import face
from qol.web.hcp.within import not_here, sheet_page, within
from qol.web.shared.access import requires
from qol.web.shared.answers_in import (
    NONE,
    Trouble,
    WrongBodyError,
    given_fields,
    read_posted,
    trouble_of,
)
from qol.web.shared.staff.pages import language, page, said
from qol.web.shared.staff.paper import ENTRY_CONTROLS, posted_visit
from qol.web.shared.staff.typed import day_fields, typed_day, typed_fields

blueprint = Blueprint("consultation", __name__)


@dataclass(frozen=True, slots=True)
class Drawn:
    """Which form is drawn: of which sheet and day, under which visit number."""

    number: str
    on: str
    release: Release
    visit: str
    proxy: bool


blueprint.after_request(keep_what_was_typed)


def _opened(number: str, on: date | None) -> Consultation:
    return within(lambda place, who: face().open_consultation(place, who, number, on))


@blueprint.get("/sheets/<number>/consultation")
@requires(Permission.ENTER_ANSWERS)
def forms(number: str) -> Response:
    """List what may be answered on the day of the interview: today unless another is typed."""
    asked = "on.day" in request.args
    day = typed_day(request.args, "on")
    fields = typed_fields(request.args, "on")
    if asked and day is None:
        return _listed(number, None, fields, "to_type")
    try:
        opened = _opened(number, day)
    except WrongDayError as error:
        return _listed(number, None, fields, error.why.value)
    return _listed(opened.sheet.number, opened, day_fields(opened.on), "")


def _listed(
    number: str, opened: Consultation | None, fields: dict[str, str], wrong: str
) -> Response:
    status = 422 if wrong and fields else 200
    received = request.args.get("received") == "1"
    return page(
        "hcp/consultation.html",
        status,
        number=number,
        opened=opened,
        fields=fields,
        wrong=wrong,
        received=received,
    )


@blueprint.get("/sheets/<number>/consultation/<on>/<instrument>")
@requires(Permission.ENTER_ANSWERS)
def form(number: str, on: str, instrument: str) -> Response:
    """Draw the form, larger than elsewhere, so that the patient can look on."""
    day = _day_of(on)
    try:
        opened = _opened(number, day)
    except WrongDayError as error:
        return _listed(number, None, day_fields(day), error.why.value)
    found = opened.release(instrument, language())
    if found is None:
        not_here()
    entry, release = found
    return _drawn(Drawn(opened.sheet.number, on, release, opened.visit, proxy=entry.proxy))


def _day_of(on: str) -> date:
    try:
        return date.fromisoformat(on)
    except ValueError:
        not_here()


def _drawn(drawn: Drawn, trouble: Trouble = NONE, day_wrong: str = "") -> Response:
    here = f"/{language()}/sheets/{drawn.number}"
    instrument = drawn.release.instrument
    return page(
        "hcp/form.html",
        422 if trouble.said or day_wrong else 200,
        day_wrong=day_wrong,
        number=drawn.number,
        instrument=instrument,
        wording=drawn.release.wording,
        release=drawn.release.hash,
        action=f"{here}/consultation/{drawn.on}/{instrument.id}/send",
        home=here,
        carried=[("visit", drawn.visit)],
        marker=generate_csrf(),
        proxy=drawn.proxy,
        **trouble.shown(),
    )


@blueprint.post("/sheets/<number>/consultation/<on>/<instrument>/send")
@requires(Permission.ENTER_ANSWERS)
def send(number: str, on: str, instrument: str) -> Response:
    """Store what was answered; open items are asked about once, then stored as declined."""
    day, release, visit = _day_of(on), posted_release(), posted_visit()
    if release is None or visit is None or release.instrument.id != instrument:
        return said("hcp.unreadable", 422)
    try:
        posted = read_posted(release.instrument, request.form, proxy=True, controls=ENTRY_CONTROLS)
    except WrongBodyError:
        return said("hcp.unreadable", 422)
    drawn = Drawn(number, on, release, visit, proxy="respondent" in request.form)
    trouble = trouble_of(release.instrument, posted, PATIENT_STATES)
    if trouble is not None:
        return _drawn(drawn, trouble)
    answers = settled(release.instrument, posted.answers)
    body = Body(answers, release.wording.language, posted.respondent)
    given = replace(NONE, given=given_fields(posted), respondent=posted.respondent)
    return _stored(drawn, Written(day, release, visit), body, given)


def _stored(drawn: Drawn, written: Written, body: Body, given: Trouble) -> Response:
    number = drawn.number
    try:
        done = stored(
            number,
            lambda: within(lambda place, who: face().enter(place, who, number, written, body)),
        )
    except WrongDayError as error:
        return _drawn(drawn, given, error.why.value)
    return done if isinstance(done, Response) else _received(number, written.on)


def _received(number: str, day: date) -> Response:
    """Go back to the list of that day: what was received, what is left."""
    at = "&".join(f"on.{part}={value}" for part, value in day_fields(day).items())
    return sheet_page(number, f"consultation?{at}&received=1")
