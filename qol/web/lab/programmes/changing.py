"""Bring a changed document in: what it changes is shown, then confirmed, once."""

from __future__ import annotations

from flask import Blueprint, Response, request

from qol.domain.errors import ProgrammeError
from qol.domain.problem import Problem, Wrong
from qol.domain.programme import Offset
from qol.domain.programme_changes import Change, dropped
from qol.domain.staff.permissions import Permission
from qol.web.lab.face import face
from qol.web.lab.programmes.problems import spoken
from qol.web.lab.programmes.reading import spoken_offset
from qol.web.shared.access import acting, here, requires
from qol.web.shared.staff.pages import page, to, words

blueprint = Blueprint("programme_change", __name__)


@blueprint.get("/programme/change")
@requires(Permission.MANAGE_PROGRAMMES)
def ask() -> Response:
    """Offer the current document to be changed in place, or a file to be sent."""
    return _asked(face().programmes.take_out(here().programme))


def _asked(document: str, problems: tuple[Problem, ...] = ()) -> Response:
    status = 422 if problems else 200
    return page("lab/programmes/change.html", status, document=document, problems=spoken(problems))


@blueprint.post("/programme/change")
@requires(Permission.MANAGE_PROGRAMMES)
def propose() -> Response:
    """Check the document as strictly as a file, and show what it changes."""
    try:
        return previewed(_posted())
    except ProgrammeError as error:
        return _asked(lines(request.form.get("document", "")), error.problems)


def previewed(document: str) -> Response:
    """Show what a document changes; ProgrammeError when it is refused."""
    proposed = face().programmes.propose(here().programme, document)
    rows = [
        (_named(one), _said(one, one.before), _said(one, one.after)) for one in proposed.changes
    ]
    gone = {field: dropped(proposed.changes, field) for field in ("timepoints", "languages")}
    return page(
        "lab/programmes/preview.html", proposed=proposed, rows=rows, document=document, gone=gone
    )


@blueprint.post("/programme/confirm")
@requires(Permission.MANAGE_PROGRAMMES)
def confirm() -> Response:
    """Make the document that was shown the next version; a second click makes no other."""
    document = lines(request.form.get("document", ""))
    try:
        face().programmes.change(here().programme, document, acting().actor)
    except ProgrammeError as error:
        return _asked(document, error.problems)
    return to("programme")


def _posted() -> str:
    """Give the file where one was sent, else what was typed."""
    sent = request.files.get("file")
    if sent is None or not sent.filename:
        return lines(request.form.get("document", ""))
    try:
        return lines(sent.read().decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise ProgrammeError(Problem("", Wrong.SENT_NO_TEXT)) from None


def lines(text: str) -> str:
    """Undo what a form does to the ends of lines."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _named(change: Change) -> tuple[str, tuple[str, ...]]:
    """Give the field's name in words, and the parts of its key, in words where there are some."""
    t, (field, *rest) = words(), change.place
    if field == "modes":
        return t("prog.field.modes"), (t(f"prog.way.{rest[0]}"),)
    if field == "postal":
        return t("prog.way.post"), (t(f"prog.postal.{rest[0]}"),)
    if field == "timepoints" and rest:
        return t("prog.timepoint"), (rest[0], t(f"prog.{rest[1]}"), *rest[2:])
    if field == "notices":
        named = "prog.version" if rest[1] == "version" else f"prog.notice.{rest[1]}"
        return t("prog.field.notices"), (rest[0], t(named))
    return t(f"prog.field.{field}"), tuple(rest)


def _said(change: Change, value: object) -> str:
    """Write a value as a person reads it; nothing where there is none."""
    if value is None:
        return ""
    if change.place[0] == "modes" or change.place == ("postal", "reason"):
        return words()(f"prog.reason.{value}")
    if isinstance(value, bool):
        return words()("prog.yes" if value else "prog.no")
    if isinstance(value, Offset):
        return spoken_offset(value)
    return ", ".join(value) if isinstance(value, tuple) else str(value)
