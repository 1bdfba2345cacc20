"""Key a sheet in a grid like the paper; nothing of another's keying is on any page of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from flask import Blueprint, Response, current_app, request
from flask_wtf.csrf import generate_csrf

from qol.domain.administration import Body
from qol.domain.answers import PAPER_STATES, State, settled
from qol.domain.errors import EnvelopeError, KeyFolderError, StoreUnavailableError
from qol.domain.staff.permissions import Permission
from qol.usecases.answered import WrongDayError, WrongReleaseError
from qol.usecases.lab.mail_room.finding import MayNotKeyError
from qol.usecases.lab.mail_room.open_keying import Blank
from qol.web.lab.mail_room.within import room, to_mail, within
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
from qol.web.shared.staff.paper import ENTRY_CONTROLS, KEYS, keeping, kept_page, posted_visit
from qol.web.shared.staff.typed import typed_day, typed_fields

blueprint = Blueprint("mail_keying", __name__)
LATE = "lab/mail_room/late.html"
blueprint.after_request(keeping(LATE))
_CONTROLS = (ENTRY_CONTROLS | {"undated"}) - {"asked", "masked", "code"}


@blueprint.get("/mail/<int:number>/key")
@requires(Permission.TYPE_POST)
def grid(number: int) -> Response:
    """Draw an empty grid, the same for both people."""
    try:
        blank = within(lambda programme, who: room().open_keying(programme, who, number))
    except MayNotKeyError as error:
        return said(f"mail.may_not.{error.why.value}", 409, f"mail/{number}")
    return _drawn(blank)


def _drawn(blank: Blank, trouble: Trouble = NONE, day_wrong: str = "") -> Response:
    return page(
        "lab/mail_room/key.html",
        422 if request.method == "POST" else 200,
        number=blank.sheet.number,
        instrument=blank.release.instrument,
        wording=blank.release.wording,
        release=blank.release,
        visit=blank.visit,
        proxy=blank.proxy,
        token=generate_csrf(),
        fields=typed_fields(request.form, "on"),
        undated=request.form.get("undated") == "1",
        states=KEYS,
        day_wrong=day_wrong,
        **trouble.shown(),
    )


@blueprint.post("/mail/<int:number>/key/send")
@requires(Permission.TYPE_POST)
def send(number: int) -> Response:
    """Keep the keying; what is wrong in it is told to who typed it, and to nobody else."""
    visit = posted_visit()
    shown = within(lambda programme, who: room().read_sheet(programme, who, number))
    release = shown.release
    if visit is None or request.form.get("release") != release.hash:
        return said("hcp.unreadable", 422)
    try:
        posted = read_posted(
            release.instrument,
            request.form,
            proxy=True,
            states=PAPER_STATES - {State.NOT_APPLICABLE},
            controls=_CONTROLS,
        )
    except WrongBodyError:
        return said("hcp.unreadable", 422)
    blank = Blank(shown.sheet, release, visit, proxy=True)
    given = replace(NONE, given=given_fields(posted), respondent=posted.respondent)
    trouble = trouble_of(release.instrument, posted, PAPER_STATES) or given
    day, day_wrong = _day()
    if day_wrong or trouble.said:
        return _drawn(blank, trouble, day_wrong)
    answers = settled(release.instrument, posted.answers)
    body = Body(answers, release.wording.language, posted.respondent, day)
    return _stored(blank, body, given)


def _day() -> tuple[date | None, str]:
    """Give the day on the paper, or None where it bears none; else what is wrong with it."""
    typed = any(request.form.get(f"on.{part}", "").strip() for part in ("day", "month", "year"))
    if request.form.get("undated") == "1":
        return None, "undated" if typed else ""
    day = typed_day(request.form, "on")
    return day, "" if day else "to_type"


def _stored(blank: Blank, body: Body, given: Trouble) -> Response:
    number = blank.sheet.number
    try:
        state = within(lambda p, who: room().key(p, who, number, body, blank.visit))
    except WrongDayError as error:
        return _drawn(blank, given, error.why.value)
    except MayNotKeyError as error:
        return said(f"mail.may_not.{error.why.value}", 409, f"mail/{number}")
    except WrongReleaseError:
        return said("hcp.wrong_form", 409, f"mail/{number}")
    except (StoreUnavailableError, KeyFolderError, EnvelopeError) as error:
        current_app.logger.error("a keying was not taken: %s", error)  # noqa: TRY400 - one sentence
        return kept_page(LATE, "hcp.unavailable", 503)
    return to_mail(f"{number}?keyed={state.value}")
