"""The code page: one field, every kind of slip told apart, and no oracle."""

from __future__ import annotations

import math

from flask import Blueprint, Response, redirect, request, session
from flask_wtf.csrf import generate_csrf

from qol.domain.pseudonym import WrongLengthError, WrongSymbolError
from qol.usecases.patient.open_visit import NothingDue, NotOffered, Unusable, Waits
from qol.usecases.patient.visit import Visit
from qol.web.patient import cookie, send
from qol.web.patient.face import face
from qol.web.patient.pages import code_page, day, empty_code_page, language, words
from qol.web.shared.answers_in import kept_fields

blueprint = Blueprint("code", __name__)


@blueprint.get("/")
def enter() -> Response:
    """Show the field. Coming here leaves a visit that was under way."""
    if "v" in session or "r" in session:
        cookie.leave()
    return empty_code_page()


@blueprint.post("/")
def check_code() -> Response:
    """Open a visit, or say what is wrong. A late Send's codes travel along."""
    f, typed = face(), request.form.get("code", "")[:64]
    address = request.remote_addr or ""
    source = f.source(address, f.clock.today("UTC"))
    try:
        found = f.open_visit(typed, source, f.allowance(address))
    except WrongLengthError as error:
        return code_page(words()("code.length").format(typed=error.typed), typed, 422)
    except WrongSymbolError:
        return code_page(words()("code.symbol"), typed, 422)
    if isinstance(found, Visit):
        return _opened(found)
    return _refused(found, typed)


def _opened(visit: Visit) -> Response:
    cookie.begin(visit, face().cipher)
    generate_csrf()  # now: a form whose own response sets a cookie is lost when Send fails
    kept = kept_fields(request.form)
    if kept:
        return send.receive_late(visit)
    return redirect(f"/{language()}/start", 303)  # type: ignore[return-value]


def _refused(found: Waits | Unusable | NothingDue | NotOffered, typed: str) -> Response:
    t = words()
    if isinstance(found, Waits):
        minutes = math.ceil(found.seconds / 60)
        response = code_page(t("code.wait").format(minutes=minutes), typed, 429)
        response.headers["Retry-After"] = str(found.seconds)
        return response
    if isinstance(found, Unusable):
        return code_page(t("code.unusable"), typed, 422)
    if isinstance(found, NotOffered):
        return code_page(t("code.not_offered"), "", 200)
    opens = t("code.opens").format(day=day(found.opens)) if found.opens else t("code.no_more")
    return code_page(opens, "", 200)
