"""Whom key files are for, and the second person who lets one leave."""

from __future__ import annotations

from contextlib import suppress

from flask import Blueprint, Response, request

from qol.domain.errors import AlreadySaidError
from qol.domain.staff.permissions import Permission
from qol.usecases.lab.batches.key_file import RecipientEndedError
from qol.usecases.lab.batches.recipients import NotARecipientError
from qol.usecases.lab.batches.release_key_file import SamePersonError
from qol.web.lab.batches.acts import batch_page, batches, not_here, read, within
from qol.web.lab.batches.listing import UNREADY
from qol.web.shared.access import acting, requires
from qol.web.shared.staff.pages import page, said, to

blueprint = Blueprint("key_files", __name__)


@blueprint.get("/recipients")
@requires(Permission.ISSUE_PSEUDONYMS)
def show() -> Response:
    """List the recipients with their fingerprints."""
    return _shown()


def _shown(wrong: str = "") -> Response:
    recipients = within(batches().recipients)
    status = UNREADY if wrong else 200
    today = batches().clock.now().date()
    return page(
        "lab/batches/recipients.html", status, recipients=recipients, wrong=wrong, today=today
    )


@blueprint.post("/recipients")
@requires(Permission.ISSUE_PSEUDONYMS)
def register() -> Response:
    """Keep a public age key under a label; a second click finds the label taken."""
    label, key = (request.form.get(name, "").strip() for name in ("label", "key"))
    try:
        within(lambda programme, who: batches().register(programme, label, key, who))
    except NotARecipientError as error:
        return _shown(error.field)
    except AlreadySaidError:
        today, known = batches().clock.now().date(), within(batches().recipients)
        same = any((one.label, one.key) == (label, key) and one.in_force(today) for one in known)
        return to("recipients") if same else _shown("taken")
    return to("recipients")


@blueprint.post("/recipients/<reference>/end")
@requires(Permission.ISSUE_PSEUDONYMS)
def end(reference: str) -> Response:
    """End a key at once; a second click finds it ended."""
    with suppress(AlreadySaidError):
        within(lambda programme, who: batches().end_recipient(programme, reference, who))
    return to("recipients")


@blueprint.get("/batches/<batch>/key-file")
@requires(Permission.ISSUE_PSEUDONYMS)
def ask(batch: str) -> Response:
    """Show whom a key file is for, to be compared before it leaves."""
    whole = read(batch)
    found = within(lambda programme, _: batches().key_file(programme, batch))
    if found is None:
        not_here()
    own = found.asked_by == acting().actor
    ended = not found.recipient.in_force(batches().clock.now().date())
    return page("lab/batches/key_file.html", whole=whole, key_file=found, own=own, ended=ended)


@blueprint.post("/batches/<batch>/key-file")
@requires(Permission.ISSUE_PSEUDONYMS)
def release(batch: str) -> Response:
    """Let the file leave, once, by somebody who did not ask for it."""
    try:
        content = within(
            lambda programme, who: batches().end_key_file.release(programme, batch, who)
        )
    except SamePersonError:
        return said("lab.key_file.same", 409, f"batches/{batch}")
    except RecipientEndedError:
        return said("lab.key_file.ended", 409, f"batches/{batch}/key-file")
    except AlreadySaidError:
        return said("lab.key_file.gone", 409, f"batches/{batch}")
    response = Response(content, mimetype="application/octet-stream")
    response.headers["Content-Disposition"] = 'attachment; filename="correspondance.csv.age"'
    return response


@blueprint.post("/batches/<batch>/key-file/withdraw")
@requires(Permission.ISSUE_PSEUDONYMS)
def withdraw(batch: str) -> Response:
    """Delete the file unread; a second click finds it gone."""
    with suppress(AlreadySaidError):
        within(lambda programme, who: batches().end_key_file.withdraw(programme, batch, who))
    return batch_page(batch)
