"""The facts around a record on its correction page: as they are, or as they were typed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from flask import request

from qol.domain.administration import Mode, Respondent
from qol.domain.records import Facts, facts_of
from qol.usecases.lab.records.read_record import RecordShown
from qol.web.shared.staff.typed import chosen, day_fields, typed_day, typed_fields

_PARTS = ("on.day", "on.month", "on.year")


def around(shown: RecordShown) -> dict[str, object]:
    """Give what the page draws of the facts: what was typed, or else what stands there."""
    before = _before(shown)
    sent, day = request.method == "POST", before.answered_on
    undated = request.form.get("undated") == "1" if sent else day is None
    fields = typed_fields(request.form, "on") if sent else day_fields(day) if day else {}
    proxy = shown.proxy or before.respondent is Respondent.PROXY
    return {
        "fields": fields,
        "undated": undated,
        "respondent": chosen(Respondent, "respondent") or before.respondent,
        "respondents": list(Respondent) if proxy else [before.respondent],
        "mode": chosen(Mode, "mode") or before.mode,
        "modes": list(Mode),
    }


def typed_facts(shown: RecordShown) -> Facts | str:
    """Read the facts as they were posted, or say what is wrong with the day.

    A field that was not sent stays as it is: what an ended session kept leaves blank ones out.
    """
    before = _before(shown)
    day = _typed_day(before.answered_on)
    if isinstance(day, str):
        return day
    return replace(
        before,
        answered_on=day,
        respondent=chosen(Respondent, "respondent") or before.respondent,
        mode=chosen(Mode, "mode") or before.mode,
    )


def _typed_day(before: date | None) -> date | str | None:
    typed = any(request.form.get(part, "").strip() for part in _PARTS)
    if request.form.get("undated") == "1":
        return "undated" if typed else None
    if not typed and _PARTS[0] not in request.form:
        return before
    return typed_day(request.form, "on") or "to_type"


def _before(shown: RecordShown) -> Facts:
    body = shown.opened.body
    if body is None:
        raise ValueError("a record that does not open is not corrected")
    return facts_of(body, shown.opened.stored.administration.mode)
