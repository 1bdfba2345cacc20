"""Correct a record in a grid like the paper's; the present answers stand beside, chosen to stay."""

from __future__ import annotations

from flask import Blueprint, Response, current_app, request
from flask_wtf.csrf import generate_csrf

from qol.domain.administration import Mode
from qol.domain.errors import KeyFolderError, StoreUnavailableError
from qol.domain.records import CorrectionReason, RecordState, Source
from qol.domain.staff.permissions import Permission
from qol.usecases.answered import WrongDayError
from qol.usecases.lab.records.correct import Correction, NothingChangedError, OpenedItemsError
from qol.usecases.lab.records.facts import WrongRespondentError
from qol.usecases.lab.records.read_record import RecordShown
from qol.web.lab.face import face
from qol.web.lab.records.around import around, typed_facts
from qol.web.lab.records.within import kept, within
from qol.web.shared.access import requires
from qol.web.shared.answers_in import (
    CONTROLS,
    NONE,
    Posted,
    Trouble,
    WrongBodyError,
    given_fields,
    read_posted,
)
from qol.web.shared.staff.pages import page, said
from qol.web.shared.staff.paper import CORRECTION_KEYS, keeping, kept_page, posted_visit
from qol.web.shared.staff.typed import chosen

blueprint = Blueprint("correcting", __name__)
LATE = "lab/records/late.html"
blueprint.after_request(keeping(LATE))
_DAY = ("on.day", "on.month", "on.year")
_FIELDS = (CONTROLS - {"asked", "code"}) | {"visit", "reason", "source", "mode", "undated", *_DAY}


def _shown(record: str) -> RecordShown:
    return within(lambda programme, who: face().records.read_record(programme, who, record))


def _drawn(
    shown: RecordShown, attempt: str, trouble: Trouble = NONE, said_: str = "", day_wrong: str = ""
) -> Response:
    sent, release = request.method == "POST", shown.opened.release
    told = trouble.shown() | {"trouble": said_ or trouble.said} | around(shown)
    told["given"] = dict.fromkeys(release.instrument.by_code, "") | dict(trouble.given)
    return page(
        "lab/records/correct.html",
        422 if sent else 200,
        shown=shown,
        row=shown.opened.stored.administration,
        release=release,
        instrument=release.instrument,
        wording=release.wording,
        body=shown.opened.body,
        states=CORRECTION_KEYS,
        reasons=list(CorrectionReason),
        sources=list(Source),
        day_wrong=day_wrong,
        no_reason=sent and chosen(CorrectionReason) is None,
        no_source=sent and chosen(Source, "source") is None,
        attempt=attempt,
        token=generate_csrf(),
        **told,
    )


@blueprint.get("/records/<record>/correct")
@requires(Permission.READ_RECORDS, Permission.CORRECT_RECORDS)
def ask(record: str) -> Response:
    """Draw the grid of a current record that can be read."""
    shown = _shown(record)
    if shown.state is not RecordState.CURRENT:
        return said("records.changed", 409, f"records/{record}")
    if shown.opened.body is None:
        return said("records.shut", 409, f"records/{record}")
    return _drawn(shown, shown.attempt)


@blueprint.post("/records/<record>/correct")
@requires(Permission.READ_RECORDS, Permission.CORRECT_RECORDS)
def correct(record: str) -> Response:
    """Make the next version."""
    shown, attempt = _shown(record), posted_visit()
    release = shown.opened.release
    mode = request.form.get("mode", Mode.SELF_ONLINE)
    if attempt is None or request.form.get("release") != release.hash or mode not in set(Mode):
        return said("hcp.unreadable", 422)
    if shown.opened.body is None:
        return said("records.shut", 409, f"records/{record}")
    try:
        posted = read_posted(
            release.instrument,
            request.form,
            proxy=True,
            states=frozenset(CORRECTION_KEYS),
            controls=_FIELDS,
        )
    except WrongBodyError:
        return said("hcp.unreadable", 422)
    given = given_fields(posted)
    if posted.mistyped:
        return _drawn(shown, attempt, Trouble("form.mistyped", posted.mistyped, given))
    return _kept(shown, attempt, posted)


def _kept(shown: RecordShown, attempt: str, posted: Posted) -> Response:
    reason, source = chosen(CorrectionReason), chosen(Source, "source")
    given, record = given_fields(posted), shown.opened.stored.administration.id
    facts = typed_facts(shown)
    if reason is None or source is None or isinstance(facts, str):
        wrong = facts if isinstance(facts, str) else ""
        return _drawn(shown, attempt, Trouble("", {}, given), day_wrong=wrong)
    correction = Correction(attempt, posted.answers, reason, source, facts)

    def act(programme: str, who: str) -> None:
        face().records.correct(programme, who, record, correction)

    try:
        return kept(act, f"records/{record}")
    except (StoreUnavailableError, KeyFolderError) as error:
        current_app.logger.error("a correction was not taken: %s", error)  # noqa: TRY400 - one sentence
        return kept_page(LATE, "hcp.unavailable", 503)
    except NothingChangedError:
        return _drawn(shown, attempt, said_="records.correct.nothing")
    except WrongDayError as error:
        return _drawn(shown, attempt, Trouble("", {}, given), day_wrong=error.why.value)
    except WrongRespondentError:
        return _drawn(shown, attempt, Trouble("records.correct.no_proxy", {}, given))
    except OpenedItemsError as error:
        opened = dict.fromkeys(error.items, "records.correct.opened")
        return _drawn(shown, attempt, Trouble("records.correct.open", opened, given))
