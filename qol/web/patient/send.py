"""Send: read the form strictly, ask once about open items, deposit, give the receipt.

Send posts to another address than the form's, so that Back after a network failure brings
the filled form back (design section 3.4).
"""

from __future__ import annotations

from flask import Blueprint, Response, current_app, redirect, request
from flask_wtf.csrf import generate_csrf

from qol.domain.administration import Body
from qol.domain.answers import PATIENT_STATES, State, settled
from qol.domain.errors import AlreadyReceivedError, KeyFolderError, StoreUnavailableError
from qol.domain.instrument import Release
from qol.usecases.patient.deposit import SubjectGoneError
from qol.usecases.patient.visit import Visit
from qol.web.patient import cookie, receipt
from qol.web.patient.drawing import Sheet, draw_form
from qol.web.patient.face import face
from qol.web.patient.pages import code_page, home, language, said
from qol.web.shared.answers_in import (
    Posted,
    Trouble,
    WrongBodyError,
    kept_fields,
    read_posted,
    trouble_of,
)

blueprint = Blueprint("send", __name__)


@blueprint.post("/send/<int:number>")
def send(number: int) -> Response:
    """Receive the form of that number; too late a Send gets the code page, codes kept."""
    visit = cookie.current(face().cipher)
    if visit is None or visit.over(face().clock.now()):
        return too_late()
    if not 0 < number <= len(visit.forms):
        return said("no_form", 404, home())
    return receive(visit, number - 1)


def too_late() -> Response:
    """Ask for the code once more; the codes just posted wait in hidden fields."""
    cookie.leave()
    if not kept_fields(request.form):
        return code_page(status=400, told="late.nothing")
    return code_page(status=403)


def receive_late(visit: Visit) -> Response:
    """Deposit what a late Send carried through the code page."""
    wanted = request.form.get("release")
    for index, form in enumerate(visit.forms):
        hashes = {face().release(visit, r).hash for r in form.releases.values()}
        if wanted in hashes:
            return receive(visit, index)
    return said("late_closed", 409, ((f"/{language()}/start", "said.start"),))


def receive(visit: Visit, index: int) -> Response:
    """Deposit the posted form as the visit's form at that index, or say what is wrong."""
    release = _release(visit, index)
    if release is None or request.files:
        return said("unreadable", 422, home())
    try:
        posted = read_posted(release.instrument, request.form, proxy=visit.forms[index].proxy)
    except WrongBodyError:
        return said("unreadable", 422, home())
    trouble = trouble_of(release.instrument, posted, PATIENT_STATES)
    if trouble is not None:
        return _redrawn(visit, index, release, trouble)
    return _deposited(visit, index, release, posted)


def _release(visit: Visit, index: int) -> Release | None:
    wanted = request.form.get("release")
    releases = (face().release(visit, r) for r in visit.forms[index].releases.values())
    return next((release for release in releases if release.hash == wanted), None)


def _redrawn(visit: Visit, index: int, release: Release, trouble: Trouble) -> Response:
    sheet = Sheet(release, language(), index + 1, visit.forms[index].proxy)
    page = draw_form(sheet, generate_csrf(), trouble)
    return Response(page, 422, content_type="text/html; charset=utf-8")


def _deposited(visit: Visit, index: int, release: Release, posted: Posted) -> Response:
    answers = settled(release.instrument, posted.answers)
    closed = sum(answers[code] is State.NOT_APPLICABLE for code in posted.answers)
    body = Body(answers, release.wording.language, posted.respondent)
    try:
        given = face().deposit(visit, index, release, body)
    except AlreadyReceivedError:
        return said("duplicate", 409, ((f"/{language()}/start", "said.start"),))
    except SubjectGoneError:
        cookie.leave()
        return said("withdrawn", 403, home())
    except (StoreUnavailableError, KeyFolderError) as error:
        current_app.logger.error("a deposit was not taken: %s", error)  # noqa: TRY400 - one sentence, no traceback
        action = f"/{language()}/send/{index + 1}"
        return said("unavailable", 503, kept=kept_fields(request.form), action=action)
    after = visit.after(index)
    cookie.keep(after, face().cipher)
    plain = receipt.to_plain(given, closed)
    cookie.put_receipt(plain, face().cipher)
    if request.headers.get("X-Requested-With") == "fetch":
        return receipt.show(after, plain)
    return redirect(f"/{language()}/received", 303)  # type: ignore[return-value]
