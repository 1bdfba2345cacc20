"""The ordinary changes of a programme as a form: it writes the same document, checked the same."""

from __future__ import annotations

from dataclasses import replace

from flask import Blueprint, Response, abort, g, request

from qol.domain.collection import JUSTIFIED, Justification
from qol.domain.errors import ProgrammeError
from qol.domain.programme import Notice, Offset, Postal, Programme, Timepoint, Window
from qol.domain.staff.permissions import Permission
from qol.web.lab.face import face
from qol.web.lab.programmes.changing import lines, previewed
from qol.web.shared.access import here, requires
from qol.web.shared.staff.pages import page

blueprint = Blueprint("programme_guided", __name__)
_PARTS = tuple(Notice.__dataclass_fields__)
_ENDS = ("opens", "closes")


@blueprint.get("/programme/guided")
@requires(Permission.MANAGE_PROGRAMMES)
def ask() -> Response:
    """Show the form, filled with the current version."""
    return _asked()


def _now() -> Programme:
    opened = face().programmes.read(here().programme)
    if opened is None:
        g.refusal = "not_here"
        abort(404)
    return opened.shown.programme


def _asked(problems: tuple[str, ...] = ()) -> Response:
    return page(
        "lab/programmes/guided.html",
        422 if problems else 200,
        programme=_now(),
        problems=problems,
        ways=JUSTIFIED,
        reasons=list(Justification),
        notice_parts=_PARTS,
        ends=_ENDS,
    )


@blueprint.post("/programme/guided")
@requires(Permission.MANAGE_PROGRAMMES)
def propose() -> Response:
    """Write what was typed as a document, check it as strictly, and show what it changes."""
    try:
        return previewed(face().programmes.take_out.write(_typed(_now())))
    except ProgrammeError as error:
        return _asked(error.problems)


def _typed(now: Programme) -> Programme:
    """Give the version as it was typed, on top of the version that the page showed."""
    modes = {way.value: _text(f"modes.{way}") for way in JUSTIFIED if _text(f"modes.{way}")}
    return replace(
        now,
        version=_number("based_on") + 1,
        labels={language: _text(f"labels.{language}") for language in now.languages},
        modes=modes,
        postal=_postal(),
        timepoints=tuple(_timepoint(one, now) for one in now.timepoints),
        notices={language: _notice(language) for language in now.languages},
    )


def _postal() -> Postal | None:
    """Give the post as it was typed, whole or not; nothing typed is no post."""
    address = tuple(line.strip() for line in _text("postal.address").split("\n") if line.strip())
    postal = Postal(address, _text("postal.licence"), _text("postal.reason"))
    return postal if any((postal.address, postal.licence, postal.reason)) else None


def _timepoint(one: Timepoint, now: Programme) -> Timepoint:
    at = f"timepoints.{one.code}"
    opens, closes = (
        Offset(_number(f"{at}.{end}.months"), _number(f"{at}.{end}.days")) for end in _ENDS
    )
    chosen = set(request.form.getlist(f"{at}.battery"))
    kept = tuple(name for name in one.battery if name in chosen)
    return replace(
        one,
        labels={language: _text(f"{at}.labels.{language}") for language in now.languages},
        window=Window(opens, closes),
        battery=kept + tuple(n for n in now.releases if n in chosen and n not in kept),
    )


def _notice(language: str) -> Notice:
    return Notice(**{part: _text(f"notices.{language}.{part}") for part in _PARTS})


def _text(name: str) -> str:
    return lines(request.form.get(name, "")).strip()


def _number(name: str) -> int:
    """Read a whole number; nothing is 0, and a true minus sign is one too."""
    typed = _text(name).replace("−", "-") or "0"
    try:
        return int(typed[:7])
    except ValueError:
        raise ProgrammeError(f"{name}: must be a whole number") from None
