"""The statements on records, their trail, and the reports on them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, Row, and_, func, insert, or_, select, text, update
from sqlalchemy.exc import IntegrityError

from qol.adapters.db.lab_records import STORED, stored_of
from qol.adapters.db.mail_sheets import known as calendar_of
from qol.adapters.db.tables import FILLED, administration, subject
from qol.adapters.db.tables_hcp import entry as entered
from qol.adapters.db.tables_hcp import mixup_report
from qol.adapters.db.tables_records import mixup_decision, record_change
from qol.adapters.db.tables_staff import account, staff_grant
from qol.domain.administration import Mode
from qol.domain.follow_up import Known, Mixup
from qol.domain.records import Change, ChangeKind, Decision, RecordState, Source
from qol.usecases.lab.ports import StoredRecord
from qol.usecases.lab.records.ports import (
    LINES_A_PAGE,
    ChangedMeanwhileError,
    Decided,
    Entry,
    Line,
    Named,
    Report,
    Wanted,
)
from qol.usecases.ports import SubjectState

_STAFF = "staff:"
_LINE = select(
    administration.c.id,
    subject.c.reference,
    subject.c.site,
    administration.c.timepoint,
    administration.c.instrument,
    administration.c.mode,
    administration.c.received_at,
    administration.c.state,
).join(subject, subject.c.id == administration.c.subject_id)
_REPORT = (
    select(
        mixup_report.c.subject_id,
        subject.c.reference,
        subject.c.site,
        subject.c.sheet_number,
        mixup_report.c.timepoint,
        mixup_report.c.reason,
        mixup_report.c.actor,
        mixup_report.c.said_at,
        mixup_report.c.number,
    )
    .join(subject, subject.c.id == mixup_report.c.subject_id)
    .order_by(
        mixup_report.c.said_at,
        mixup_report.c.subject_id,
        mixup_report.c.timepoint,
        mixup_report.c.number,
    )
)


def lines(
    connection: Connection, programme: str, wanted: Wanted, page: int
) -> tuple[tuple[Line, ...], int]:
    """List one page of a programme's records, newest first, and count them all."""
    asked = [administration.c.programme == programme]
    for name in ("timepoint", "instrument", "state"):
        value = getattr(wanted, name)
        if value:
            asked.append(administration.c[name] == str(value))
    count = select(func.count()).select_from(administration).where(*asked)
    newest = (administration.c.received_at.desc(), administration.c.id)
    some = _LINE.where(*asked).order_by(*newest).limit(LINES_A_PAGE)
    rows = connection.execute(some.offset((page - 1) * LINES_A_PAGE))
    found = tuple(
        Line(*row[:5], mode=Mode(row.mode), received_at=row[6], state=RecordState(row.state))
        for row in rows
    )
    return found, connection.execute(count).scalar_one()


def record(connection: Connection, programme: str, number: str) -> StoredRecord | None:
    """Find one version of the programme, whatever its state."""
    asked = STORED.where(administration.c.programme == programme, administration.c.id == number)
    row = connection.execute(asked).first()
    return None if row is None else stored_of(row)


def at(connection: Connection, subject_id: int, timepoint: str) -> tuple[StoredRecord, ...]:
    """List the current and frozen versions of a subject at a timepoint."""
    asked = STORED.where(
        administration.c.subject_id == subject_id,
        administration.c.timepoint == timepoint,
        text(FILLED),
    )
    return tuple(stored_of(row) for row in connection.execute(asked))


def trail(connection: Connection, number: str) -> tuple[Change, ...]:
    """Follow the trail from version to version, both ways."""
    table, known, names = record_change.c, dict[tuple[str, str], Change](), {number}
    while True:
        asked = select(record_change).where(
            or_(table.record_id.in_(names), table.successor_id.in_(names))
        )
        changes = [_change(row) for row in connection.execute(asked)]
        known |= {(one.attempt, one.record): one for one in changes}
        more = {one.record for one in changes} | {o.successor for o in changes if o.successor}
        if more <= names:
            return tuple(sorted(known.values(), key=lambda one: (one.at, one.attempt)))
        names |= more


def _change(row: Row[*tuple[Any, ...]]) -> Change:
    return Change(
        attempt=row.attempt,
        record=row.record_id,
        kind=ChangeKind(row.kind),
        reason=row.reason,
        actor=row.actor,
        at=row.changed_at,
        source=Source(row.source) if row.source else None,
        successor=row.successor_id,
    )


def known(connection: Connection, subject_id: int, time_zone: str) -> Known:
    """Give what is stored of a subject's schedule, in days of the time zone."""
    table = subject.c
    asked = select(table.id, table.reference, table.programme, table.site, table.day_zero)
    row = connection.execute(asked.where(table.id == subject_id)).one()
    return calendar_of(connection, SubjectState(*row, None), time_zone)


def entry(connection: Connection, number: str) -> Entry | None:
    """Say who entered a version."""
    asked = select(entered.c.actor, entered.c.masked).where(entered.c.administration_id == number)
    row = connection.execute(asked).first()
    return None if row is None else Entry(*row)


def named(connection: Connection, programme: str, actors: Iterable[str]) -> dict[str, Named]:
    """Name the actors who hold or held a grant in the programme."""
    of = {actor.removeprefix(_STAFF): actor for actor in actors}
    table = account.c
    here = select(staff_grant.c.account).where(staff_grant.c.programme == programme)
    asked = select(table.reference, table.name, table.login).where(
        table.reference.in_(of), table.reference.in_(here)
    )
    return {of[row.reference]: Named(row.name, row.login) for row in connection.execute(asked)}


def attempted(connection: Connection, attempt: str) -> bool:
    """Say whether a page's act is done already."""
    return any(
        connection.execute(select(table.c.attempt).where(table.c.attempt == attempt)).first()
        for table in (record_change, mixup_decision)
    )


def mark(connection: Connection, number: str, before: RecordState, after: RecordState) -> None:
    """Change a version's state if it is still ``before``; ChangedMeanwhileError otherwise."""
    here = and_(administration.c.id == number, administration.c.state == before.value)
    done = connection.execute(update(administration).where(here).values(state=after.value))
    if done.rowcount != 1:
        raise ChangedMeanwhileError("This record was changed by somebody else.")


def changed(connection: Connection, change: Change) -> None:
    """Append to the trail."""
    row = {
        "attempt": change.attempt,
        "record_id": change.record,
        "kind": change.kind.value,
        "reason": change.reason,
        "source": change.source.value if change.source else None,
        "successor_id": change.successor,
        "actor": change.actor,
        "changed_at": change.at,
    }
    connection.execute(insert(record_change).inline(), row)


def reports(
    connection: Connection, programme: str, key: tuple[str, str] | None = None
) -> tuple[Report, ...]:
    """List a programme's reports, or those of a subject's timepoint, oldest first."""
    asked = _REPORT.where(subject.c.programme == programme)
    if key is not None:
        asked = asked.where(subject.c.reference == key[0], mixup_report.c.timepoint == key[1])
    rows = connection.execute(asked).all()
    return tuple(
        Report(
            *row[:5],
            Mixup(row.reason),
            *row[6:8],
            decided=_decisions(connection, row),
            number=row.number,
        )
        for row in rows
    )


def _decisions(connection: Connection, of: Row[*tuple[Any, ...]] | Report) -> tuple[Decided, ...]:
    table = mixup_decision.c
    asked = (
        select(table.attempt, table.decision, table.actor, table.decided_at, table.right_subject_id)
        .where(
            table.subject_id == of.subject_id,
            table.timepoint == of.timepoint,
            table.number == of.number,
        )
        .order_by(table.decided_at, table.attempt)
    )
    return tuple(Decided(one[0], Decision(one[1]), *one[2:]) for one in connection.execute(asked))


def decide(connection: Connection, report: Report, decided: Decided) -> None:
    """Append a decision; ChangedMeanwhileError when the report was decided before."""
    if any(one.decision is not Decision.FROZEN for one in _decisions(connection, report)):
        raise ChangedMeanwhileError("This report was decided before.")
    row = {
        "attempt": decided.attempt,
        "subject_id": report.subject_id,
        "timepoint": report.timepoint,
        "number": report.number,
        "decision": decided.decision.value,
        "right_subject_id": decided.right_subject,
        "actor": decided.actor,
        "decided_at": decided.at,
    }
    try:
        connection.execute(insert(mixup_decision).inline(), row)
    except IntegrityError as error:
        raise ChangedMeanwhileError("This report was decided at the same time.") from error
