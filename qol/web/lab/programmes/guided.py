"""The ordinary changes of a programme as a form: it writes the same document, checked the same."""

from __future__ import annotations

from flask import Blueprint, Response, abort, g

from qol.domain.collection import JUSTIFIED, Justification
from qol.domain.errors import ProgrammeError
from qol.domain.problem import Problem
from qol.domain.programme import Programme
from qol.domain.staff.permissions import Permission
from qol.web.lab.face import face
from qol.web.lab.programmes.changing import previewed
from qol.web.lab.programmes.problems import spoken
from qol.web.lab.programmes.typed import ENDS, PARTS, Form, version
from qol.web.shared.access import here, requires
from qol.web.shared.staff.desk import desk
from qol.web.shared.staff.pages import page

blueprint = Blueprint("programme_guided", __name__)


@blueprint.get("/programme/guided")
@requires(Permission.MANAGE_PROGRAMMES)
def ask() -> Response:
    """Show the form, filled with the current version."""
    return _asked(_form())


def _form() -> Form:
    opened = face().programmes.read(here().programme)
    if opened is None:
        g.refusal = "not_here"
        abort(404)
    now = opened.shown.programme
    known = (*now.languages, *sorted(desk().catalogues.keys() - set(now.languages)))
    return Form(now, face().programmes.choices(now, known), known)


def _asked(
    form: Form,
    problems: tuple[Problem, ...] = (),
    typed: Programme | None = None,
    *,
    more: bool = False,
) -> Response:
    return page(
        "lab/programmes/guided.html",
        422 if problems else 200,
        form=form,
        programme=form.now,
        problems=spoken(problems, form.now, typed),
        more=more,
        ways=JUSTIFIED,
        reasons=list(Justification),
        notice_parts=PARTS,
        ends=ENDS,
    )


@blueprint.post("/programme/guided")
@requires(Permission.MANAGE_PROGRAMMES)
def propose() -> Response:
    """Ask for what was added; then check the document as strictly, and show what it changes."""
    form = _form()
    if form.unseen:
        return _asked(form, more=True)
    typed = None
    try:
        typed = version(form)
        return previewed(face().programmes.take_out.write(typed))
    except ProgrammeError as error:
        return _asked(form, error.problems, typed)
