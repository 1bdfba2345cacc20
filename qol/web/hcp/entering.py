"""What both ways of entering share: read the posted form, store it, lose nothing that was typed."""

from __future__ import annotations

import re
from collections.abc import Callable

from flask import Response, current_app, request
from flask_wtf.csrf import generate_csrf

from qol.domain.errors import AlreadyReceivedError, KeyFolderError, StoreUnavailableError
from qol.domain.follow_up import Standing
from qol.domain.instrument import Release
from qol.usecases.hcp.entering import WrongReleaseError
from qol.web.hcp.face import face
from qol.web.shared.access import here
from qol.web.shared.answers_in import CONTROLS
from qol.web.shared.staff.pages import page, said

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
    (re.compile("asked|masked"), re.compile("1")),
    (re.compile(r"on\.(?:day|month|year)"), re.compile("[0-9]{1,4}")),
)


def posted_release() -> Release | None:
    """Give the release that the posted form says it is of, if the programme knows it."""
    wanted, place = request.form.get("release", ""), here()
    with face().enter.entering.store.reading() as unit:
        releases = unit.releases(place.programme)
    return next((one for one in releases if one.hash == wanted), None)


def posted_visit() -> str | None:
    """Give the visit number of the page; None when it is none of ours."""
    visit = request.form.get("visit", "")
    return visit if VISIT.fullmatch(visit) else None


def stored(number: str, store: Callable[[], Standing]) -> Standing | Response:
    """Store; or the page that says who was quicker, or keeps what was typed until it can be."""
    try:
        return store()
    except AlreadyReceivedError:
        return said("hcp.taken", 409, f"sheets/{number}")
    except WrongReleaseError:
        return said("hcp.wrong_form", 409, f"sheets/{number}")
    except (StoreUnavailableError, KeyFolderError) as error:
        current_app.logger.error("an entry was not taken: %s", error)  # noqa: TRY400 - one sentence
        return _kept_page("hcp.unavailable", 503)


def kept_fields() -> list[tuple[str, str]]:
    """Pick what of the posted form may be sent again: names and values of our shapes only."""
    return [
        (name, value)
        for name, value in list(request.form.items(multi=True))[:_MOST]
        if any(n.fullmatch(name) and v.fullmatch(value) for n, v in _KEPT)
    ]


def _kept_page(name: str, status: int) -> Response:
    return page(
        "hcp/late.html",
        status,
        name=name,
        kept=kept_fields(),
        action=request.path,
        token=generate_csrf(),
    )


def keep_what_was_typed(response: Response) -> Response:
    """Answer a Send that came without session or token with a page that holds the codes."""
    late = request.method == "POST" and response.status_code in _LOST
    if late and any(name == "release" for name, _ in kept_fields()):
        kept = _kept_page("hcp.late", response.status_code)
        response.set_data(kept.get_data())
    return response
