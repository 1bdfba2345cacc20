"""Grants, reviews and notices as rows."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, insert, select, update
from sqlalchemy.exc import IntegrityError

from qol.adapters.db.tables_staff import grant_review, notice_read, staff_grant
from qol.domain.errors import NotAllowedError
from qol.domain.staff.grants import Grant, Reason
from qol.domain.staff.permissions import Role
from qol.domain.staff.review import Decision, Review

_GRANTS = select(staff_grant).order_by(staff_grant.c.starts, staff_grant.c.reference)


def _grant(row: Any) -> Grant:
    return Grant(
        reference=row.reference,
        account=row.account,
        role=Role(row.role),
        programme=row.programme,
        site=row.site,
        reason=Reason(row.reason),
        start=row.starts,
        end=row.ends,
        ended=row.ended,
    )


def grants(
    connection: Connection, *where: ColumnElement[bool], hold: bool = False
) -> tuple[Grant, ...]:
    """List grants by start; ``hold`` keeps others from changing them until the end."""
    asked = _GRANTS.where(*where)
    found = connection.execute(asked.with_for_update() if hold else asked)
    return tuple(_grant(row) for row in found)


def add_grant(connection: Connection, one: Grant) -> None:
    """Insert a grant; NotAllowedError when the same page gave it at the same time."""
    row = {
        "reference": one.reference,
        "account": one.account,
        "role": one.role.value,
        "programme": one.programme,
        "site": one.site,
        "reason": one.reason.value,
        "starts": one.start,
        "ends": one.end,
        "ended": one.ended,
    }
    try:
        connection.execute(insert(staff_grant), row)
    except IntegrityError as error:
        raise NotAllowedError("This grant was given at the same time.") from error


def set_grant(connection: Connection, one: Grant) -> None:
    """Write a grant's period and whether it is ended."""
    here = staff_grant.c.reference == one.reference
    values = {"starts": one.start, "ends": one.end, "ended": one.ended}
    connection.execute(update(staff_grant).where(here).values(**values))


def add_review(connection: Connection, one: Review) -> None:
    """Insert a review's decision."""
    row = {
        "reference": one.reference,
        "grant_reference": one.grant,
        "reviewer": one.reviewer,
        "day": one.day,
        "decision": one.decision.value,
        "due": one.due,
    }
    connection.execute(insert(grant_review), row)


def reviews(connection: Connection) -> tuple[Review, ...]:
    """List every decision by day."""
    asked = select(grant_review).order_by(grant_review.c.day, grant_review.c.reference)
    return tuple(_review(row) for row in connection.execute(asked))


def _review(row: Any) -> Review:
    return Review(
        reference=row.reference,
        grant=row.grant_reference,
        reviewer=row.reviewer,
        day=row.day,
        decision=Decision(row.decision),
        due=row.due,
    )


def acknowledged(connection: Connection, account: str, version: str) -> bool:
    """Say whether a person has read the notice of that version."""
    here = (notice_read.c.account == account, notice_read.c.version == version)
    return connection.execute(select(notice_read.c.version).where(*here)).first() is not None


def acknowledge(connection: Connection, account: str, version: str, now: datetime) -> None:
    """Keep the proof of reading; a second one changes nothing."""
    if not acknowledged(connection, account, version):
        row = {"account": account, "version": version, "read_at": now}
        connection.execute(insert(notice_read), row)
