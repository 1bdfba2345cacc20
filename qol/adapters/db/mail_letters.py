"""The mail room's sheets as records know them: what they became, or came too late for."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, case, func, or_, select

from qol.adapters.db.tables import administration, release, subject
from qol.adapters.db.tables_mail import received_sheet, sheet_duplicate, sheet_too_late
from qol.domain.mail_room import Duplicate, SheetState
from qol.domain.records import RecordState
from qol.usecases.lab.records.ports import Letter

_SHEET = received_sheet.c
_RECORD = func.coalesce(_SHEET.administration_id, sheet_too_late.c.administration_id)
_LATE = or_(
    _SHEET.state == SheetState.DUPLICATE.value,
    sheet_too_late.c.sheet_id.is_not(None),
    sheet_duplicate.c.decision.is_not(None),
)
"""A sheet whose paper is destroyed stays a duplicate by what was decided of it."""
_LETTER = (
    select(
        _SHEET.number,
        subject.c.reference,
        subject.c.site,
        release.c.instrument,
        _SHEET.received_on,
        _SHEET.posted_on,
        _RECORD.label("record"),
        administration.c.state,
        case((_LATE, 1), else_=0).label("late"),
        sheet_duplicate.c.decision,
    )
    .select_from(received_sheet)
    .join(subject, subject.c.id == _SHEET.subject_id)
    .join(release, release.c.id == _SHEET.release_id)
    .outerjoin(sheet_duplicate, sheet_duplicate.c.sheet_id == _SHEET.id)
    .outerjoin(sheet_too_late, sheet_too_late.c.sheet_id == _SHEET.id)
    .outerjoin(administration, administration.c.id == _RECORD)
    .order_by(_SHEET.number)
)


def _letters(connection: Connection, *which: Any) -> tuple[Letter, ...]:
    return tuple(
        Letter(
            *row[:7],
            state=RecordState(row.state) if row.state else None,
            duplicate=bool(row.late),
            decision=Duplicate(row.decision) if row.decision else None,
        )
        for row in connection.execute(_LETTER.where(*which))
    )


def of_records(connection: Connection, records: tuple[str, ...]) -> tuple[Letter, ...]:
    """List the sheets that these versions were typed from or had beside them, by number."""
    return _letters(connection, _RECORD.in_(records))


def duplicates(connection: Connection, programme: str) -> tuple[Letter, ...]:
    """List a programme's sheets that came for a filled place, by number."""
    return _letters(connection, _SHEET.programme == programme, _LATE)
