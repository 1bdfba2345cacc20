"""The laboratory's statements on subjects and their pseudonyms."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Connection, insert, select, text, update

from qol.adapters.db.tables import pseudonym, subject
from qol.domain.errors import NotAllowedError
from qol.usecases.lab.ports import NewPseudonym, NewSubject
from qol.usecases.ports import SubjectState

_LIVE = pseudonym.c.state == text("'live'")
_USABLE = pseudonym.c.state.in_(("issued", "live"))


def add(connection: Connection, subjects: list[NewSubject]) -> None:
    """Insert a batch, in issued state: not yet usable."""
    if not subjects:
        return
    rows = [
        {
            "reference": one.reference,
            "programme": one.programme,
            "site": one.site,
            "batch": one.batch,
            "sheet_number": one.sheet_number,
        }
        for one in subjects
    ]
    made = connection.execute(
        insert(subject).returning(subject.c.id, sort_by_parameter_order=True), rows
    )
    codes = [
        {
            "subject_id": subject_id,
            "digest": one.pseudonym.digest,
            "slip": one.pseudonym.slip,
            "state": "issued",
        }
        for subject_id, one in zip(made.scalars(), subjects, strict=True)
    ]
    connection.execute(insert(pseudonym), codes)


def by_sheet(
    connection: Connection, programme: str, site: str, sheet_number: str
) -> SubjectState | None:
    """Find a subject by its sheet number, unique in a site."""
    table = subject.c
    code = select(pseudonym.c.id).where(pseudonym.c.subject_id == table.id, _LIVE)
    live = code.scalar_subquery()
    asked = select(
        table.id, table.reference, table.programme, table.site, table.day_zero, live
    ).where(table.programme == programme, table.site == site, table.sheet_number == sheet_number)
    row = connection.execute(asked).first()
    return None if row is None else SubjectState(*row)


def activate(connection: Connection, subject_id: int, day_zero: date, now: datetime) -> None:
    """Make the subject's newest pseudonym live; NotAllowedError when it is not issued."""
    table = pseudonym.c
    newest = (
        select(table.id, table.state)
        .where(table.subject_id == subject_id)
        .order_by(table.id.desc())
        .limit(1)
    )
    row = connection.execute(newest).first()
    if row is None or row.state != "issued":
        state = "not there" if row is None else row.state
        raise NotAllowedError(f"Only an issued code can be activated; this one is {state}.")
    changed = update(pseudonym).where(table.id == row.id, table.state == "issued")
    done = connection.execute(changed.values(state="live", changed_at=now))
    if done.rowcount != 1:
        raise NotAllowedError("This code was changed at the same time by somebody else.")
    connection.execute(update(subject).where(subject.c.id == subject_id).values(day_zero=day_zero))


def revoke(connection: Connection, subject_id: int, now: datetime) -> None:
    """Kill every pseudonym of the subject, and its sealed slip copies."""
    _kill(connection, subject_id, "revoked", now)


def _kill(connection: Connection, subject_id: int, state: str, now: datetime) -> None:
    changed = update(pseudonym).where(pseudonym.c.subject_id == subject_id, _USABLE)
    connection.execute(changed.values(state=state, changed_at=now, slip=None))


def replace(
    connection: Connection,
    subject_id: int,
    new: NewPseudonym,
    sheet_number: str,
    now: datetime,
) -> None:
    """Kill the old code at once and give the subject a new one, live if the old was.

    NotAllowedError when the subject has no code that could be replaced.
    """
    table = pseudonym.c
    asked = select(table.state).where(table.subject_id == subject_id, _USABLE)
    states = set(connection.execute(asked).scalars())
    if not states:
        raise NotAllowedError("This subject has no usable code: it was revoked or is unknown.")
    _kill(connection, subject_id, "replaced", now)
    row = {
        "subject_id": subject_id,
        "digest": new.digest,
        "slip": new.slip,
        "state": "live" if "live" in states else "issued",
        "changed_at": now,
    }
    connection.execute(insert(pseudonym), row)
    connection.execute(
        update(subject).where(subject.c.id == subject_id).values(sheet_number=sheet_number)
    )
