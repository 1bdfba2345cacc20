"""Ways in beside a provider, as rows."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, insert, or_, select, update

from qol.adapters.db.tables_staff import fallback
from qol.domain.staff.fallback import Fallback, Reason


def add(connection: Connection, one: Fallback) -> None:
    """Insert a row."""
    row = {
        "reference": one.reference,
        "account": one.account,
        "reason": one.reason.value,
        "opened_at": one.opened_at,
        "until": one.until,
    }
    connection.execute(insert(fallback), row)


def open_for(connection: Connection, account: str, now: datetime) -> Fallback | None:
    """Find the one that is open longest to an account, its own or everybody's."""
    mine = or_(fallback.c.account == account, fallback.c.account.is_(None))
    asked = (
        select(fallback)
        .where(mine, fallback.c.opened_at <= now, fallback.c.until > now)
        .order_by(fallback.c.until.desc())
    )
    row = connection.execute(asked).first()
    if row is None:
        return None
    return Fallback(row.reference, row.account, Reason(row.reason), row.opened_at, row.until)


def close_all(connection: Connection, now: datetime) -> int:
    """End those that are open; how many there were."""
    still = fallback.c.until > now
    return connection.execute(update(fallback).where(still).values(until=now)).rowcount
