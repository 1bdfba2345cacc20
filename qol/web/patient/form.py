"""Notice and form: what is due, and the instrument as one document."""

from __future__ import annotations

from flask import Blueprint, Response, redirect, render_template
from flask_wtf.csrf import generate_csrf

from qol.usecases.patient.visit import Visit
from qol.usecases.recording import DueForm
from qol.web.patient import cookie
from qol.web.patient.drawing import MARKER, CutPage, Sheet, cut_response, draw_form
from qol.web.patient.face import face
from qol.web.patient.pages import day, home, language, said

blueprint = Blueprint("form", __name__)
NOTICE = ("who", "why", "rights", "adverse", "contact")


def visit_or_page() -> Visit | Response:
    """Give the visit under way, asking the database again; else the page that says why not."""
    f = face()
    visit = cookie.current(f.cipher)
    if visit is None or visit.over(f.clock.now()):
        cookie.leave()
        return said("over", 403, home())
    with f.store.reading() as unit:
        subject = unit.subject(visit.subject)
    if not visit.belongs_to(subject):
        cookie.leave()
        return said("withdrawn", 403, home())
    return visit


@blueprint.get("/start")
def start() -> Response:
    """Say what is due, who asks and why, before anything is answered (EA-10.1)."""
    visit = visit_or_page()
    if isinstance(visit, Response):
        return visit
    left = _left(visit)
    forms = [described(visit, index) for index in left]
    version = visit.forms[left[0] if left else 0].programme_version
    key = ("start", language(), visit.programme, version, str(forms))
    return cut_response(face().drawn_once(key, lambda: _notice(visit, version, forms)))


def _notice(visit: Visit, version: int, forms: list[dict[str, object]]) -> str:
    notices = face().programme(visit, version).notices
    notice = notices.get(language()) or next(iter(notices.values()))
    return render_template(
        "patient/start.html",
        lang=language(),
        forms=forms,
        notice=[(f"notice.{part}", getattr(notice, part)) for part in NOTICE],
        notice_version=notice.version,
        language_link=lambda other: f"/{other}/start",
    )


def _left(visit: Visit) -> list[int]:
    return [index for index in range(len(visit.forms)) if index not in visit.sent]


def described(visit: Visit, index: int) -> dict[str, object]:
    """Give what a page says of a due form: its title, length and last day."""
    form = visit.forms[index]
    release = face().release(visit, form.release_for(language()))
    return {
        "number": index + 1,
        "title": release.wording.title,
        "language": release.wording.language,
        "length": len(release.instrument.items),
        "closes": day(form.closes),
    }


@blueprint.get("/questions/<int:number>")
def questions(number: int) -> Response:
    """Send the form's bytes, drawn once; only the token is this session's own."""
    visit = visit_or_page()
    if isinstance(visit, Response):
        return visit
    form = numbered(visit, number)
    if form is None:
        return said("no_form", 404, ((f"/{language()}/start", "said.start"),))
    if number - 1 in visit.sent:
        return said("sent_already", 409, ((f"/{language()}/received", "said.on"),))
    return cut_response(_drawn(visit, form, number), generate_csrf())


def numbered(visit: Visit, number: int) -> DueForm | None:
    """Give the visit's form of that number; forms count from one."""
    return visit.forms[number - 1] if 0 < number <= len(visit.forms) else None


def _drawn(visit: Visit, form: DueForm, number: int) -> CutPage:
    f, lang = face(), language()
    release_id = form.release_for(lang)
    sheet = Sheet(f.release(visit, release_id), lang, number, form.proxy)
    key = ("form", release_id, lang, number, form.proxy)
    return f.drawn_once(key, lambda: draw_form(sheet, MARKER))


@blueprint.get("/questions/<int:number>/switch")
def switch(number: int) -> Response:
    """Ask before another language begins the form again; the language is part of the data."""
    visit = visit_or_page()
    if isinstance(visit, Response):
        return visit
    here = f"/{language()}/questions/{number}"
    return said("switch", 200, ((here, "switch.again"),))


@blueprint.get("/leave")
def leave() -> Response:
    """End the visit without sending."""
    cookie.leave()
    response = redirect(f"/{language()}/", 303)
    return cookie.clear_site(response)  # type: ignore[arg-type]
