"""The mail room's statements on sheets, their incidents and their keyings."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, Table, func, insert, select, text, update
from sqlalchemy.exc import IntegrityError

from qol.adapters.db.tables import FILLED, administration, pseudonym, subject
from qol.adapters.db.tables_hcp import follow_up_end
from qol.adapters.db.tables_mail import (
    received_sheet,
    sheet_duplicate,
    sheet_incident,
    sheet_keying,
)
from qol.domain.errors import AlreadySaidError
from qol.domain.follow_up import Known
from qol.domain.keying import DECIDED_TURN, Cause
from qol.domain.mail_room import Duplicate, Incident, ReceivedSheet, SheetMovedError, SheetState
from qol.domain.schedule import Slot
from qol.usecases.lab.mail_room.ports import Filed, Keying, NewSheet, Said
from qol.usecases.ports import SubjectState

_SUBJECT = (
    subject.c.id,
    subject.c.reference,
    subject.c.programme,
    subject.c.site,
    subject.c.day_zero,
)
_ONCE_LIVE = pseudonym.c.state.in_(("live", "replaced", "revoked"))
_SHEET = received_sheet.c


def by_code(connection: Connection, programme: str, digest: bytes) -> SubjectState | None:
    """Find the subject of a code that was ever live, of one whose follow-up has begun."""
    asked = (
        select(*_SUBJECT, pseudonym.c.id, pseudonym.c.state)
        .join(pseudonym, pseudonym.c.subject_id == subject.c.id)
        .where(pseudonym.c.digest == digest, subject.c.programme == programme, _ONCE_LIVE)
        .where(subject.c.day_zero.is_not(None))
    )
    row = connection.execute(asked).first()
    if row is None:
        return None
    return SubjectState(*row[:5], row[5] if row.state == "live" else None)


def known(connection: Connection, of: SubjectState, time_zone: str) -> Known:
    """Give what is stored of a subject's schedule, in days of the time zone."""
    row, zone = administration.c, ZoneInfo(time_zone)
    filled = select(row.timepoint, row.instrument, row.received_at)
    received = {
        Slot(one.timepoint, one.instrument): one.received_at.astimezone(zone).date()
        for one in connection.execute(filled.where(row.subject_id == of.id, text(FILLED)))
    }
    end = select(follow_up_end.c.ended_on).where(follow_up_end.c.subject_id == of.id)
    if of.day_zero is None:
        raise ValueError("a sheet is filed for a subject whose follow-up has begun")
    return Known(of.day_zero, received, {}, connection.execute(end).scalar())


def holder_of(connection: Connection, subject_id: int, slot: Slot) -> str | None:
    """Name the version that fills the slot, current or frozen."""
    row = administration.c
    asked = select(row.id).where(
        row.subject_id == subject_id,
        row.timepoint == slot.timepoint,
        row.instrument == slot.instrument,
        text(FILLED),
    )
    return connection.execute(asked).scalar()


def sheets(connection: Connection, programme: str, *which: Any) -> tuple[ReceivedSheet, ...]:
    """List the register, by number; ``which`` narrows it down."""
    where = (_SHEET.programme == programme, *which)
    incidents: dict[int, dict[Incident, bool]] = defaultdict(dict)
    said = select(sheet_incident.c.sheet_id, sheet_incident.c.incident, sheet_incident.c.settled_by)
    for one in connection.execute(
        said.join(received_sheet).where(*where).order_by(sheet_incident.c.incident)
    ):
        incidents[one.sheet_id][Incident(one.incident)] = one.settled_by is not None
    actors: dict[int, dict[int, str]] = defaultdict(dict)
    keyed = select(sheet_keying.c.sheet_id, sheet_keying.c.turn, sheet_keying.c.actor)
    for one in connection.execute(
        keyed.join(received_sheet).where(*where).order_by(sheet_keying.c.turn)
    ):
        actors[one.sheet_id][one.turn] = one.actor
    rows = (
        select(received_sheet, sheet_duplicate.c.decision)
        .outerjoin(sheet_duplicate, sheet_duplicate.c.sheet_id == _SHEET.id)
        .where(*where)
        .order_by(_SHEET.number)
    )
    return tuple(
        ReceivedSheet(
            number=row.number,
            state=SheetState(row.state),
            release_id=row.release_id,
            received_on=row.received_on,
            posted_on=row.posted_on,
            opener=row.opener,
            incidents=incidents[row.id],
            typists=tuple(who for turn, who in actors[row.id].items() if turn < DECIDED_TURN),
            decider=actors[row.id].get(DECIDED_TURN, ""),
            duplicate=Duplicate(row.decision) if row.decision else None,
            batch=row.destruction_id or "",
        )
        for row in connection.execute(rows)
    )


def sheet(connection: Connection, programme: str, number: int) -> Filed | None:
    """Find a sheet and hold it; what is read of it afterwards cannot move."""
    asked = select(_SHEET.id, _SHEET.subject_id).where(
        _SHEET.programme == programme, _SHEET.number == number
    )
    row = connection.execute(asked).first()
    if row is None:
        return None
    of = connection.execute(select(*_SUBJECT).where(subject.c.id == row.subject_id)).first()
    [found] = sheets(connection, programme, _SHEET.id == row.id)
    return Filed(row.id, programme, found, SubjectState(*of, None) if of else None)


def hold(connection: Connection, programme: str, number: int) -> None:
    """Make every other transaction wait that wants to move the sheet."""
    held = select(_SHEET.id).where(_SHEET.programme == programme, _SHEET.number == number)
    connection.execute(held.with_for_update()).first()


def last_number(connection: Connection, programme: str) -> int:
    """Give the highest number of the register; 0 when it is empty."""
    asked = select(func.max(_SHEET.number)).where(_SHEET.programme == programme)
    return connection.execute(asked).scalar() or 0


def filed_as(connection: Connection, programme: str, attempt: str) -> int | None:
    """Give the number under which that attempt was filed."""
    asked = select(_SHEET.number).where(_SHEET.programme == programme, _SHEET.attempt == attempt)
    return connection.execute(asked).scalar()


def file(connection: Connection, new: NewSheet, said: Said) -> None:
    """Insert a sheet and its incidents; SheetMovedError when the number was taken."""
    row = {
        "programme": new.programme,
        "number": new.number,
        "state": SheetState.RECEIVED.value,
        "subject_id": new.subject_id,
        "release_id": new.release_id,
        "received_on": new.received_on,
        "posted_on": new.posted_on,
        "opener": said.actor,
        "registered_at": said.at,
        "attempt": new.attempt,
    }
    try:
        made = connection.execute(insert(received_sheet).returning(_SHEET.id), row).scalar_one()
    except IntegrityError as error:
        raise SheetMovedError("This number was given to another sheet.") from error
    for incident in new.incidents:
        say(connection, made, incident, said)


def keyings(connection: Connection, sheet_id: int) -> tuple[Keying, ...]:
    """List a sheet's keyings, by turn."""
    table = sheet_keying.c
    rows = select(sheet_keying).where(table.sheet_id == sheet_id).order_by(table.turn)
    return tuple(
        Keying(
            id=row.id,
            turn=row.turn,
            actor=row.actor,
            visit=row.visit,
            envelope=bytes(row.envelope),
            key_id=row.key_id,
            escrow_key_id=row.escrow_key_id,
            cause=Cause(row.cause) if row.cause else None,
        )
        for row in connection.execute(rows)
    )


def add_keying(connection: Connection, sheet_id: int, keying: Keying, at: datetime) -> None:
    """Insert a keying; SheetMovedError when its turn was taken."""
    row = {name: getattr(keying, name) for name in Keying.__dataclass_fields__}
    row |= {"sheet_id": sheet_id, "keyed_at": at}
    row["cause"] = keying.cause.value if keying.cause else None
    try:
        connection.execute(insert(sheet_keying).inline(), row)
    except IntegrityError as error:
        raise SheetMovedError("Somebody else keyed this sheet in the meantime.") from error


def change(connection: Connection, sheet_id: int, **values: object) -> None:
    """Change what may change of a sheet."""
    connection.execute(update(received_sheet).where(_SHEET.id == sheet_id).values(**values))


def say(connection: Connection, sheet_id: int, incident: Incident, said: Said) -> None:
    """Keep an incident; AlreadySaidError when it was said."""
    row = {
        "sheet_id": sheet_id,
        "incident": incident.value,
        "actor": said.actor,
        "said_at": said.at,
    }
    _once(connection, sheet_incident, row)


def settle(connection: Connection, sheet_id: int, incident: Incident, said: Said) -> None:
    """Keep who settled an incident; AlreadySaidError when it was settled."""
    table = sheet_incident.c
    mine = (table.sheet_id == sheet_id, table.incident == incident.value)
    changed = update(sheet_incident).where(*mine, table.settled_by.is_(None))
    done = connection.execute(changed.values(settled_by=said.actor, settled_at=said.at))
    if done.rowcount != 1:
        raise AlreadySaidError("This incident is not open; nothing was changed.")


def decide(connection: Connection, sheet_id: int, decision: Duplicate, said: Said) -> None:
    """Keep what is decided of a duplicate; AlreadySaidError when it was decided."""
    row = {
        "sheet_id": sheet_id,
        "decision": decision.value,
        "actor": said.actor,
        "said_at": said.at,
    }
    _once(connection, sheet_duplicate, row)


def _once(connection: Connection, table: Table, row: Mapping[str, object]) -> None:
    try:
        connection.execute(insert(table).inline(), row)
    except IntegrityError as error:
        raise AlreadySaidError("This was said before; nothing was changed.") from error
