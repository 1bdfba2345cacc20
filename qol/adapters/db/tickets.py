"""The statements on hand-over tickets, for the face that makes them and the one that spends."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, insert, select, update

from qol.adapters.db.tables_hcp import device_ticket
from qol.usecases.ports import Ticket


def find(connection: Connection, digest: bytes) -> Ticket | None:
    """Find a ticket by its digest."""
    table = device_ticket.c
    asked = select(table.subject_id, table.visit, table.made_at, table.spent_at)
    row = connection.execute(asked.where(table.digest == digest)).first()
    return None if row is None else Ticket(*row)


def add(connection: Connection, digest: bytes, ticket: Ticket) -> None:
    """Keep the digest of a ticket."""
    row = {
        "digest": digest,
        "subject_id": ticket.subject_id,
        "visit": ticket.visit,
        "made_at": ticket.made_at,
    }
    connection.execute(insert(device_ticket).inline(), row)


def spend(connection: Connection, digest: bytes, now: datetime) -> bool:
    """Mark a ticket as spent; False when it was."""
    table = device_ticket.c
    unspent = update(device_ticket).where(table.digest == digest, table.spent_at.is_(None))
    return connection.execute(unspent.values(spent_at=now)).rowcount == 1
