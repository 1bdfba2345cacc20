"""Small things that every page of staff uses: texts, language, a page that says one thing."""

from __future__ import annotations

import math
from datetime import date

from flask import Response, g, make_response, redirect, render_template

from qol.domain.days import spoken_day
from qol.usecases.staff.attempting import Refused, Waits
from qol.web.shared.staff.desk import desk
from qol.web.shared.words import Words, words_of


def language() -> str:
    """Give the request's language; the first of the installation where none is named."""
    named = g.get("language", "")
    languages = desk().portal.languages
    return named if named in languages else languages[0]


def words() -> Words:
    """Give the texts of the request's language."""
    return words_of(desk().catalogues, language())


def day(value: date) -> str:
    """Write a day in the request's language."""
    return spoken_day(value, words())


def page(template: str, status: int = 200, **context: object) -> Response:
    """Render a page in the request's language."""
    return make_response(render_template(template, lang=language(), **context), status)


def to(path: str) -> Response:
    """Go on to a page of this language: after a POST with GET."""
    return redirect(f"/{language()}/{path}", 303)  # type: ignore[return-value]


def said(name: str, status: int = 200, link: str = "", **facts: object) -> Response:
    """Say ``<name>.title`` and the lines of ``<name>.text``, with one way on."""
    t = words()
    lines = t(f"{name}.text").format(**facts).split("\n")
    return page(
        "staff/said.html", status, title=t(f"{name}.title"), lines=lines, link=link, name=name
    )


def error_of(refused: Refused | Waits, wrong: str) -> tuple[str, int]:
    """Give the sentence and the status for an attempt that failed."""
    t = words()
    if isinstance(refused, Waits):
        minutes = math.ceil(refused.seconds / 60)
        return t("staff.wait").format(minutes=minutes), 429
    return t(wrong), 422
