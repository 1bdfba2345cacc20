"""What the pages about people who work here call, and how they say what cannot be."""

from __future__ import annotations

import re

from flask import Response, abort, g, redirect, request

from qol.domain.staff.wrong import StaffError
from qol.usecases.lab.staffing.acts import StaffingActs
from qol.usecases.staff.read_accounts import Shown
from qol.web.lab.face import face
from qol.web.shared.access import acting
from qol.web.shared.staff.pages import language, said

_ATTEMPT = re.compile(r"[0-9A-Za-z]{26}")  # 128 random bits


def acts() -> StaffingActs:
    """Give the acts of the application that serves this request."""
    return face().staffing


def found(shown: Shown | None) -> Shown:
    """Give the account; 404 when there is none."""
    if shown is None:
        g.refusal = "not_here"
        abort(404)
    return shown


def to_change(reference: str) -> Shown:
    """Give an account that the person may change; 404, or StaffError for ``cannot``."""
    return found(acts().read.to_change(reference, acting().actor))


def attempt() -> str:
    """Read the form's number; a form without one is none of ours and gets a new one."""
    sent = request.form.get("attempt", "")
    return sent if _ATTEMPT.fullmatch(sent) else acts().dice.reference()


def account_page(reference: str) -> Response:
    """Go on to the page of an account."""
    return redirect(f"/{language()}/accounts/{reference}", 303)  # type: ignore[return-value]


def cannot(error: StaffError) -> Response:
    """Say why nothing was done, with the way back to the account."""
    reference = (request.view_args or {}).get("reference", "")
    return said(f"staffing.cannot.{error.key}", 409, link=f"accounts/{reference}")
