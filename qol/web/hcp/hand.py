"""Hand a code over: attest the note, print the slip once, replace a lost one."""

from __future__ import annotations

from datetime import date

from flask import Blueprint, Response, current_app, request

from qol.domain.errors import PrintingError
from qol.domain.staff.permissions import Permission
from qol.usecases.hcp.hand_over import NoSpareError, NotAttestedError
from qol.usecases.hcp.open_hand_over import ToHandOver
from qol.usecases.hcp.ports import Attested
from qol.usecases.hcp.print_sheet import PrintedAlreadyError
from qol.usecases.hcp.printing import NoteVariant
from qol.usecases.hcp.replace_slip import NotReplaceableError, replaceable
from qol.web.hcp.face import face
from qol.web.hcp.within import sheet_page, within
from qol.web.shared.access import requires
from qol.web.shared.staff.pages import language, page, said
from qol.web.shared.staff.typed import chosen, day_fields, typed_day, typed_fields

blueprint = Blueprint("hand", __name__)


@blueprint.get("/hand-over")
@requires(Permission.HAND_OVER)
def ask() -> Response:
    """Ask what must be attested before a code lives (EA-10.2-b)."""
    opened = within(face().open_hand_over)
    today = day_fields(opened.today)
    given = {"note": language() if language() in opened.notes else next(iter(opened.notes))}
    return _asked(opened, given, {"given_on": today, "day_zero": today}, opened.attempt)


def _asked(
    opened: ToHandOver,
    given: dict[str, str],
    days: dict[str, dict[str, str]],
    attempt: str,
    wrong: str = "",
) -> Response:
    return page(
        "hcp/hand_over.html",
        422 if wrong else 200,
        opened=opened,
        given=given,
        days=days,
        attempt=attempt,
        wrong=wrong,
        variants=list(NoteVariant),
    )


@blueprint.post("/hand-over")
@requires(Permission.HAND_OVER)
def hand_over() -> Response:
    """Make the next code live; the same page posted twice is one hand-over."""
    given_on, day_zero = typed_day(request.form, "given_on"), typed_day(request.form, "day_zero")
    attested = _attested(given_on)
    if attested is None or day_zero is None:
        return _asked_again(_missing(given_on, day_zero))
    try:
        number = within(lambda place, who: face().hand_over(place, who, attested, day_zero))
    except NotAttestedError as error:
        return _asked_again(error.field)
    except NoSpareError:
        return said("hcp.no_spare", 409)
    return sheet_page(number, "slip")


def _asked_again(wrong: str) -> Response:
    """Show the page as it was sent, with what to look at again."""
    form, opened = request.form, within(face().open_hand_over)
    given = {name: form.get(name, "") for name in ("note", "variant", "attested")}
    days = {name: typed_fields(form, name) for name in ("given_on", "day_zero")}
    return _asked(opened, given, days, form.get("attempt", "")[:26], wrong)


def _attested(given_on: date | None) -> Attested | None:
    """Read what was attested; None when something is missing."""
    form, variant = request.form, chosen(NoteVariant, "variant")
    noted, attempt = form.get("note", "")[:16], form.get("attempt", "")
    if variant is None or given_on is None or form.get("attested") != "1" or len(attempt) != 26:  # noqa: PLR2004 - 128 bits
        return None
    return Attested(form.get(f"version.{noted}", "")[:64], noted, variant, given_on, attempt)


def _missing(given_on: date | None, day_zero: date | None) -> str:
    """Name the first thing that was not attested."""
    checks = {
        "variant": chosen(NoteVariant, "variant") is not None,
        "given_on": given_on is not None,
        "attested": request.form.get("attested") == "1",
        "day_zero": day_zero is not None,
    }
    return next((name for name, there in checks.items() if not there), "note")


@blueprint.get("/sheets/<number>/slip")
@requires(Permission.HAND_OVER)
def slip(number: str) -> Response:
    """Offer the one print of a slip."""
    sheet = within(lambda place, who: face().read_sheet(place, who, number))
    return page("hcp/slip.html", sheet=sheet, replaceable=replaceable(sheet))


@blueprint.post("/sheets/<number>/slip")
@requires(Permission.HAND_OVER)
def print_slip(number: str) -> Response:
    """Print note, slip and stub, once; a print that fails costs the code."""
    try:
        pdf = within(lambda place, who: face().print_sheet(place, who, number))
    except PrintedAlreadyError:
        return said("hcp.printed", 409, f"sheets/{number}")
    except PrintingError as error:
        current_app.logger.error("a slip was not printed: %s", error)  # noqa: TRY400 - one sentence
        return said("hcp.print_failed", 500, f"sheets/{number}/replace")
    response = Response(pdf, mimetype="application/pdf")
    response.headers["Content-Disposition"] = 'inline; filename="fiche.pdf"'
    return response


@blueprint.get("/sheets/<number>/replace")
@requires(Permission.HAND_OVER)
def ask_replace(number: str) -> Response:
    """Say what replacing a slip does."""
    sheet = within(lambda place, who: face().read_sheet(place, who, number))
    if not replaceable(sheet):
        return sheet_page(sheet.number, "slip")
    return page("hcp/replace.html", sheet=sheet)


@blueprint.post("/sheets/<number>/replace")
@requires(Permission.HAND_OVER)
def replace(number: str) -> Response:
    """Kill the lost code and give the next one; a second click finds an unprinted slip."""
    try:
        within(lambda place, who: face().replace_slip(place, who, number))
    except NotReplaceableError:
        return sheet_page(number, "slip")
    except NoSpareError:
        return said("hcp.no_spare", 409)
    return sheet_page(number, "slip")
