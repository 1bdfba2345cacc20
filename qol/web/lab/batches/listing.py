"""The batches of a programme: see them, issue another, revoke one."""

from __future__ import annotations

import re
from contextlib import suppress

from flask import Blueprint, Response, request

from qol.domain.errors import AlreadySaidError, NotAllowedError
from qol.domain.revoking import RevokeReason, Which
from qol.domain.site import Site, Standing
from qol.domain.staff.permissions import Permission
from qol.usecases.lab.batches.key_file import Recipient, RecipientEndedError
from qol.usecases.lab.issue_pseudonyms import MOST, Wish
from qol.web.lab.batches.acts import batch_page, batches, not_here, read, within
from qol.web.shared.access import here, requires
from qol.web.shared.staff.pages import page

blueprint = Blueprint("batches", __name__)
UNREADY = 422  # something was not chosen: the page is shown again and says what
_COUNT = re.compile(r"[0-9]{1,4}")
_ATTEMPT = 26  # characters of 128 random bits


@blueprint.get("/batches")
@requires(Permission.PRINT_SLIPS)
def show_all() -> Response:
    """List the batches by site."""
    return page("lab/batches/list.html", batches=within(batches().read))


@blueprint.get("/batches/<batch>")
@requires(Permission.PRINT_SLIPS)
def show(batch: str) -> Response:
    """Show a batch by sheet numbers and states; no code is ever on a page."""
    found = read(batch)
    key_file = within(lambda programme, _: batches().key_file(programme, batch))
    return page("lab/batches/batch.html", whole=found, key_file=key_file)


@blueprint.get("/batches/new")
@requires(Permission.ISSUE_PSEUDONYMS)
def ask_issue() -> Response:
    """Ask for whom and how many."""
    return _asked(batches().dice.reference())


def _sites() -> list[Site]:
    """List the sites whose contract is in force: no other gets codes (EA-4.1)."""
    found = batches().sites(here().programme)
    return [site for site, standing in found if standing is Standing.IN_FORCE]


def _asked(attempt: str, wrong: str = "") -> Response:
    recipients = _recipients()
    shown = {"recipients": recipients, "sites": _sites(), "most": MOST}
    status = UNREADY if wrong else 200
    return page("lab/batches/new.html", status, attempt=attempt, wrong=wrong, **shown)


@blueprint.post("/batches/new")
@requires(Permission.ISSUE_PSEUDONYMS)
def issue() -> Response:
    """Issue a batch; the same page posted twice is one batch."""
    form = request.form
    site, count, attempt = form.get("site", "").strip(), form.get("count", ""), _attempt()
    if site not in {one.code for one in _sites()}:
        return _asked(attempt, "site")
    if not _COUNT.fullmatch(count) or not 1 <= int(count) <= MOST:
        return _asked(attempt, "count")
    wish = Wish(attempt, _recipient(form.get("recipient", "")))
    try:
        made = within(lambda where, who: batches().issue(where, site, int(count), who, wish))
    except RecipientEndedError:
        return _asked(attempt, "recipient")
    except NotAllowedError:  # the programme is not open to patients
        return _asked(attempt, "unopened")
    return batch_page(made.reference)


def _attempt() -> str:
    """Read the page's number; a page without one is none of ours."""
    found = request.form.get("attempt", "")
    return found if len(found) == _ATTEMPT else batches().dice.reference()


def _recipients() -> list[Recipient]:
    """List the recipients whose key is in force: for no other is anything packed."""
    today = batches().clock.now().date()
    return [one for one in within(batches().recipients) if one.in_force(today)]


def _recipient(chosen: str) -> Recipient | None:
    """Find the chosen recipient of the programme; none was chosen, or 404."""
    if not chosen:
        return None
    found = [one for one in within(batches().recipients) if one.reference == chosen]
    return found[0] if found else not_here()


@blueprint.get("/batches/<batch>/revoke")
@requires(Permission.ISSUE_PSEUDONYMS)
def ask_revoke(batch: str) -> Response:
    """Say what revoking a batch does."""
    return _asked_revoke(batch)


def _asked_revoke(batch: str, wrong: str = "") -> Response:
    return page(
        "lab/batches/revoke_batch.html",
        UNREADY if wrong else 200,
        whole=read(batch),
        wrong=wrong,
        reasons=list(RevokeReason),
        which=list(Which),
    )


@blueprint.post("/batches/<batch>/revoke")
@requires(Permission.ISSUE_PSEUDONYMS)
def revoke(batch: str) -> Response:
    """Kill codes of a batch; a second click finds none left and changes nothing."""
    try:
        which = Which(request.form.get("which", ""))
    except ValueError:
        return _asked_revoke(batch, "which")
    try:
        reason = RevokeReason(request.form.get("reason", ""))
    except ValueError:
        return _asked_revoke(batch, "reason")
    with suppress(AlreadySaidError):
        within(lambda programme, who: batches().revoke_batch(programme, batch, which, reason, who))
    return batch_page(batch)
