"""Small pages that say one thing, and what every page of the face shares."""

from __future__ import annotations

from datetime import date

from flask import Response, g, make_response, render_template, request
from flask_wtf.csrf import generate_csrf

from qol.domain.days import spoken_day
from qol.web.patient.drawing import MARKER, cut_response
from qol.web.patient.face import face
from qol.web.shared.answers_in import kept_fields
from qol.web.shared.words import Words, words_of


def words() -> Words:
    """Give the texts of the request's language."""
    return words_of(face().catalogues, language())


def language() -> str:
    """Give the request's language; the first of the installation where none is named."""
    named = g.get("language", "")
    return named if named in face().portal.languages else face().portal.languages[0]


def day(value: date) -> str:
    """Write a day in the request's language."""
    return spoken_day(value, words())


def page(template: str, status: int = 200, **context: object) -> Response:
    """Render a page in the request's language."""
    return make_response(render_template(template, lang=language(), **context), status)


def said(
    name: str,
    status: int,
    links: tuple[tuple[str, str], ...] = (),
    kept: list[tuple[str, str]] | None = None,
    action: str = "",
) -> Response:
    """Say ``<name>.title`` and the lines of ``<name>.text``, with buttons below.

    ``links`` are (address, text key); ``kept`` are posted codes that a button sends again.
    """
    t = words()
    return page(
        "patient/said.html",
        status,
        title=t(f"{name}.title"),
        lines=t(f"{name}.text").split("\n"),
        links=[(href, t(key)) for href, key in links],
        kept=kept or [],
        action=action,
    )


def home() -> tuple[tuple[str, str], ...]:
    """Give the one link that always works."""
    return ((f"/{language()}/", "said.home"),)


def code_page(error: str = "", typed: str = "", status: int = 200, told: str = "") -> Response:
    """Draw the code page, with the codes of a late Send in hidden fields if there are any."""
    return page(
        "patient/code.html",
        status,
        error=error,
        typed="".join(sign for sign in typed if sign.isprintable()),  # no control stands in HTML
        said=told,
        kept=kept_fields(request.form),
        token=generate_csrf(),
    )


def empty_code_page() -> Response:
    """Give the code page as everybody first sees it, drawn once for each language."""
    lang = language()
    drawn = face().drawn_once(
        ("code", lang), lambda: render_template("patient/code.html", lang=lang, token=MARKER)
    )
    return cut_response(drawn, generate_csrf())
