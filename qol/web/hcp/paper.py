"""Copy a paper form in a grid like the paper: every line needs its code, or why there is none."""

from __future__ import annotations

from dataclasses import dataclass, replace

from flask import Blueprint, Response, request
from flask_wtf.csrf import generate_csrf

from qol.domain.administration import Body
from qol.domain.answers import PAPER_STATES, State, settled
from qol.domain.follow_up import Standing
from qol.domain.instrument import Release
from qol.domain.staff.permissions import Permission
from qol.usecases.answered import WrongDayError
from qol.usecases.hcp.entering import Written
from qol.usecases.hcp.open_transcription import Transcription
from qol.usecases.hcp.transcribe import NotMaskedError
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
from qol.web.shared.staff.pages import page, said
from qol.web.shared.staff.paper import ENTRY_CONTROLS, KEYS, posted_visit
from qol.web.shared.staff.typed import typed_day, typed_fields

blueprint = Blueprint("paper", __name__)
blueprint.after_request(keep_what_was_typed)


@dataclass(frozen=True, slots=True)
class Grid:
    """Which grid is drawn: of which sheet and release, under which visit number."""

    number: str
    release: Release
    visit: str


def _opened(number: str) -> Transcription:
    return within(lambda place, who: face().open_transcription(place, who, number))


@blueprint.get("/sheets/<number>/paper")
@requires(Permission.TRANSCRIBE_PAPER)
def forms(number: str) -> Response:
    """List the questionnaires that a paper form of this sheet may be of."""
    opened = _opened(number)
    done = [
        one
        for one in opened.sheet.standings()
        if one.received and one.timepoint.code == request.args.get("received")
    ]
    return page("hcp/paper.html", opened=opened, done=done[0] if done else None)


@blueprint.get("/sheets/<number>/paper/<int:release_id>")
@requires(Permission.TRANSCRIBE_PAPER)
def grid(number: str, release_id: int) -> Response:
    """Draw the grid of one release; nothing in it is chosen."""
    opened = _opened(number)
    release = opened.release(release_id)
    if release is None:
        not_here()
    return _drawn(Grid(opened.sheet.number, release, opened.visit))


def _drawn(grid: Grid, trouble: Trouble = NONE, day_wrong: str = "") -> Response:
    sent = request.method == "POST"
    masked = request.form.get("masked") == "1"
    return page(
        "hcp/grid.html",
        422 if sent else 200,
        number=grid.number,
        instrument=grid.release.instrument,
        wording=grid.release.wording,
        release=grid.release,
        visit=grid.visit,
        token=generate_csrf(),
        fields=typed_fields(request.form, "on"),
        masked=masked,
        unmasked=sent and not masked,
        states=KEYS,
        day_wrong=day_wrong,
        **trouble.shown(),
    )


@blueprint.post("/sheets/<number>/paper/<int:release_id>/send")
@requires(Permission.TRANSCRIBE_PAPER)
def send(number: str, release_id: int) -> Response:
    """Store the copy; its date decides the timepoint."""
    release, visit = posted_release(), posted_visit()
    if release is None or visit is None or release.id != release_id:
        return said("hcp.unreadable", 422)
    try:
        posted = read_posted(
            release.instrument,
            request.form,
            proxy=True,
            states=PAPER_STATES - {State.NOT_APPLICABLE},
            controls=ENTRY_CONTROLS - {"asked"},
        )
    except WrongBodyError:
        return said("hcp.unreadable", 422)
    drawn, day = Grid(number, release, visit), typed_day(request.form, "on")
    given = replace(NONE, given=given_fields(posted), respondent=posted.respondent)
    trouble = trouble_of(release.instrument, posted, PAPER_STATES) or given
    if day is None or trouble.said:
        return _drawn(drawn, trouble, "" if day else "to_type")
    body = Body(
        settled(release.instrument, posted.answers), release.wording.language, posted.respondent
    )
    return _stored(drawn, Written(day, release, visit), body, given)


def _stored(drawn: Grid, written: Written, body: Body, given: Trouble) -> Response:
    masked = request.form.get("masked") == "1"
    number = drawn.number

    def store() -> Standing:
        return within(
            lambda place, who: face().transcribe(place, who, number, written, body, masked=masked)
        )

    try:
        done = stored(number, store)
    except WrongDayError as error:
        return _drawn(drawn, given, error.why.value)
    except NotMaskedError:
        return _drawn(drawn, given)
    if isinstance(done, Response):
        return done
    return sheet_page(number, f"paper?received={done.timepoint.code}")
