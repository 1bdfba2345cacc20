"""What copying paper shares: the grid's keys and fields; a late Send loses nothing of it."""

from __future__ import annotations

import re
from collections.abc import Callable

from flask import Response, request
from flask_wtf.csrf import generate_csrf

from qol.domain.answers import State
from qol.web.shared.answers_in import CONTROLS
from qol.web.shared.staff.pages import page

KEYS = {State.UNANSWERED: "N", State.TWO_BOXES: "D", State.ILLEGIBLE: "I"}
"""One key each: the first letter in French (non répondu, deux, illisible, refus) and in English
(not answered, double, illegible, refused)."""
CORRECTION_KEYS = KEYS | {State.DECLINED: "R"}
"""A correction may also be of what a patient declined on a screen."""
VISIT = re.compile(r"[a-z0-9]{26}")
ENTRY_CONTROLS = CONTROLS | {"visit", "on.day", "on.month", "on.year", "masked"}
_LOST = frozenset({400, 403})
_MOST = 1000
_KEPT = (
    (
        re.compile(r"q\.[A-Za-z0-9_.-]{1,90}"),
        re.compile(r"-?[0-9]{1,6}|declined|unanswered|two_boxes|illegible|line|number"),
    ),
    (re.compile("release"), re.compile("[0-9a-f]{64}")),
    (re.compile("visit"), VISIT),
    (re.compile("respondent"), re.compile("self|proxy")),
    (re.compile("asked|masked|undated"), re.compile("1")),
    (re.compile("reason|source|mode"), re.compile("[a-z_]{1,32}")),
    (re.compile(r"on\.(?:day|month|year)"), re.compile("[0-9]{1,4}")),
)


def posted_visit() -> str | None:
    """Give the visit number of the page; None when it is none of ours."""
    visit = request.form.get("visit", "")
    return visit if VISIT.fullmatch(visit) else None


def kept_fields() -> list[tuple[str, str]]:
    """Pick what of the posted form may be sent again: names and values of our shapes only."""
    return [
        (name, value)
        for name, value in list(request.form.items(multi=True))[:_MOST]
        if any(n.fullmatch(name) and v.fullmatch(value) for n, v in _KEPT)
    ]


def kept_page(template: str, name: str, status: int) -> Response:
    """Say ``<name>`` on a page that holds what was posted, to be sent again."""
    return page(
        template,
        status,
        name=name,
        kept=kept_fields(),
        action=request.path,
        token=generate_csrf(),
    )


def keeping(template: str) -> Callable[[Response], Response]:
    """Answer a Send that came without session or token with a page that holds the codes."""

    def keep_what_was_typed(response: Response) -> Response:
        late = request.method == "POST" and response.status_code in _LOST
        if late and any(name == "release" for name, _ in kept_fields()):
            kept = kept_page(template, "hcp.late", response.status_code)
            response.set_data(kept.get_data())
        return response

    return keep_what_was_typed
