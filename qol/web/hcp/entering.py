"""What both ways of entering share: read the posted form, store it, lose nothing that was typed."""

from __future__ import annotations

from collections.abc import Callable

from flask import Response, current_app, request

from qol.domain.errors import AlreadyReceivedError, KeyFolderError, StoreUnavailableError
from qol.domain.follow_up import Standing
from qol.domain.instrument import Release
from qol.usecases.answered import WrongReleaseError
from qol.web.hcp.face import face
from qol.web.shared.access import here
from qol.web.shared.staff.pages import said
from qol.web.shared.staff.paper import keeping, kept_page

LATE = "hcp/late.html"
keep_what_was_typed = keeping(LATE)


def posted_release() -> Release | None:
    """Give the release that the posted form says it is of, if the programme knows it."""
    wanted, place = request.form.get("release", ""), here()
    with face().enter.entering.store.reading() as unit:
        releases = unit.releases(place.programme)
    return next((one for one in releases if one.hash == wanted), None)


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
        return kept_page(LATE, "hcp.unavailable", 503)
