"""The receipt: the day, the next dates, a calendar file. No content, no pseudonym."""

from __future__ import annotations

from datetime import date, timedelta

from flask import Blueprint, Response, render_template, request
from itsdangerous import BadSignature

from qol.usecases.patient.deposit import Receipt
from qol.usecases.patient.visit import Visit
from qol.web.patient import cookie
from qol.web.patient.drawing import cut_response
from qol.web.patient.face import face
from qol.web.patient.form import described
from qol.web.patient.pages import day, home, language, said, words

blueprint = Blueprint("receipt", __name__)
MOST_DATES = 60


def to_plain(receipt: Receipt, closed: int) -> cookie.ReceiptPlain:
    """Give the receipt as the cookie carries it over the redirect."""
    later = [[w.opens.toordinal(), w.closes.toordinal()] for w in receipt.later[:MOST_DATES]]
    return receipt.day.toordinal(), later, closed


@blueprint.get("/received")
def received() -> Response:
    """Show the receipt once more after the redirect; the last one ends the visit."""
    cipher = face().cipher
    visit, plain = cookie.current(cipher), cookie.take_receipt(cipher)
    if visit is None or plain is None:
        return said("over", 403, home())
    return show(visit, plain)


def show(visit: Visit, plain: cookie.ReceiptPlain) -> Response:
    """Draw the receipt; when nothing is left to fill, forget the visit and clear the site."""
    index = visit.following()
    following = None if index is None else described(visit, index)
    key = ("received", language(), str(plain), str(following))
    response = cut_response(face().drawn_once(key, lambda: _drawn(plain, following)))
    response.headers["X-Location"] = f"/{language()}/received"
    if following is None:
        cookie.leave()
        cookie.clear_site(response)
    return response


def _drawn(plain: cookie.ReceiptPlain, following: dict[str, object] | None) -> str:
    received_day, later, closed = plain
    windows = [(date.fromordinal(opens), date.fromordinal(closes)) for opens, closes in later]
    here = "received" if following else ""
    return render_template(
        "patient/received.html",
        lang=language(),
        day=day(date.fromordinal(received_day)),
        closed=closed,
        following=following,
        dates=[(day(opens), day(closes)) for opens, closes in windows],
        signed=face().signer.dumps(later),
        language_link=lambda other: f"/{other}/{here}",
    )


@blueprint.post("/calendar")
def calendar() -> Response:
    """Build a calendar file from the form's own signed dates, in neutral words."""
    try:
        later = face().signer.loads(request.form.get("dates", ""))
    except BadSignature:
        return said("unreadable", 422, home())
    body = "\r\n".join(_calendar_lines(later)) + "\r\n"
    response = Response(body, content_type="text/calendar; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="agenda.ics"'
    return response


def _calendar_lines(later: list[list[int]]) -> list[str]:
    f, t = face(), words()
    stamp = f.clock.now().strftime("%Y%m%dT%H%M%SZ")
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//calendar//1//", "METHOD:PUBLISH"]
    for opens, closes in later:
        first = date.fromordinal(opens)
        # RFC 5545 §3.6.1: the end of an all-day event is the day after its last day.
        last = date.fromordinal(closes) + timedelta(days=1)
        lines += [
            "BEGIN:VEVENT",
            f"UID:{f.deposit.dice.reference()}",
            f"DTSTAMP:{stamp}",
            f"DTSTART;VALUE=DATE:{first:%Y%m%d}",
            f"DTEND;VALUE=DATE:{last:%Y%m%d}",
            f"SUMMARY:{t('calendar.summary')}",
            "CLASS:PRIVATE",
            "TRANSP:TRANSPARENT",
            "BEGIN:VALARM",
            "ACTION:DISPLAY",
            f"DESCRIPTION:{t('calendar.summary')}",
            "TRIGGER:PT10H",
            "END:VALARM",
            "END:VEVENT",
        ]
    return [*lines, "END:VCALENDAR"]
