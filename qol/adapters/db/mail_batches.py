"""The mail room's statements on the destruction of paper."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from sqlalchemy import Connection, insert, select, update

from qol.adapters.db.tables_mail import received_sheet, sheet_destruction
from qol.domain.mail_room import Destruction, SheetMovedError, SheetState
from qol.usecases.lab.mail_room.ports import Batch, Said

_BATCH, _SHEET = sheet_destruction.c, received_sheet.c


def batches(connection: Connection, programme: str, *which: Any) -> tuple[Batch, ...]:
    """List the destructions, newest first; ``which`` narrows them down."""
    inside: dict[str, list[int]] = defaultdict(list)
    held = select(_SHEET.destruction_id, _SHEET.number).where(
        _SHEET.programme == programme, _SHEET.destruction_id.is_not(None)
    )
    for one in connection.execute(held.order_by(_SHEET.number)):
        inside[one.destruction_id].append(one.number)
    rows = select(sheet_destruction).where(_BATCH.programme == programme, *which)
    return tuple(
        Batch(
            id=row.id,
            programme=row.programme,
            method=Destruction(row.method),
            destroyed_on=row.destroyed_on,
            prepared=Said(row.prepared_by, row.prepared_at),
            confirmed=Said(row.confirmed_by, row.confirmed_at) if row.confirmed_by else None,
            sheets=tuple(inside[row.id]),
        )
        for row in connection.execute(rows.order_by(_BATCH.prepared_at.desc(), _BATCH.id))
    )


def batch(connection: Connection, programme: str, wanted: str) -> Batch | None:
    """Find one."""
    found = batches(connection, programme, _BATCH.id == wanted)
    return found[0] if found else None


def hold(connection: Connection, wanted: str) -> None:
    """Make every other transaction wait that wants to confirm the batch."""
    connection.execute(select(_BATCH.id).where(_BATCH.id == wanted).with_for_update()).first()


def prepare(connection: Connection, made: Batch) -> None:
    """Insert a batch and put its sheets into it; SheetMovedError when one is in another."""
    row = {
        "id": made.id,
        "programme": made.programme,
        "method": made.method.value,
        "destroyed_on": made.destroyed_on,
        "prepared_by": made.prepared.actor,
        "prepared_at": made.prepared.at,
    }
    connection.execute(insert(sheet_destruction).inline(), row)
    free = update(received_sheet).where(
        _SHEET.programme == made.programme,
        _SHEET.number.in_(made.sheets),
        _SHEET.destruction_id.is_(None),
    )
    if connection.execute(free.values(destruction_id=made.id)).rowcount != len(made.sheets):
        raise SheetMovedError("Somebody else put one of these sheets into another batch.")


def confirm(connection: Connection, wanted: str, said: Said) -> None:
    """Keep who confirmed, and set the sheets' state."""
    mine = update(sheet_destruction).where(_BATCH.id == wanted)
    connection.execute(mine.values(confirmed_by=said.actor, confirmed_at=said.at))
    held = update(received_sheet).where(_SHEET.destruction_id == wanted)
    connection.execute(held.values(state=SheetState.DESTROYED.value))
