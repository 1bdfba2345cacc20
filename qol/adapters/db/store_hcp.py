"""What the professionals' face may ask of the database: to write, never to read an answer."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Connection, Table, insert, update
from sqlalchemy.exc import IntegrityError

from qol.adapters.db import deposits, tickets
from qol.adapters.db import hcp_subjects as subjects
from qol.adapters.db.staff_rows import end_sessions
from qol.adapters.db.tables import subject
from qol.adapters.db.tables_hcp import entry, follow_up_end, mixup_report, not_done
from qol.adapters.db.tables_staff import staff_session
from qol.adapters.db.transactions import SqlDrawingStore, SqlDrawingUnit
from qol.domain.administration import Administration
from qol.domain.errors import AlreadySaidError
from qol.domain.follow_up import Mixup, Reason
from qol.domain.place import Place
from qol.domain.schedule import Slot
from qol.usecases.hcp.ports import Attested, Followed, Said, Spare
from qol.usecases.ports import Ticket


class SqlHcpUnit(SqlDrawingUnit["SqlHcpStore"]):
    """One transaction of the professionals' face."""

    def followed(self, place: Place) -> tuple[Followed, ...]:
        """List the place's subjects whose slip was handed over, by sheet number."""
        return subjects.followed(self._connection, place)

    def by_sheet(self, place: Place, sheet_number: str) -> Followed | None:
        """Find one of them; None for every other sheet."""
        return subjects.by_sheet(self._connection, place, sheet_number)

    def spares(self, place: Place) -> int:
        """Count the codes that the place may still hand over."""
        return subjects.spares(self._connection, place)

    def next_spare(self, place: Place) -> Spare | None:
        """Take the next of them; nobody else gets it as long as this transaction lasts."""
        return subjects.next_spare(self._connection, place)

    def handed_over(self, place: Place, attempt: str) -> str | None:
        """Return the sheet number of the hand-over of that number, if there was one."""
        return subjects.handed_over(self._connection, place, attempt)

    def hand_over(self, spare: Spare, attested: Attested, day_zero: date, said: Said) -> None:
        """Make the code live from day zero on and keep what was attested."""
        subjects.make_live(self._connection, spare, said.at)
        here = update(subject).where(subject.c.id == spare.subject_id)
        self._connection.execute(here.values(day_zero=day_zero))
        try:
            subjects.attest(
                self._connection,
                spare.subject_id,
                attested,
                actor=said.actor,
                attested_at=said.at,
            )
        except IntegrityError as error:
            raise AlreadySaidError("This slip was handed over by another click.") from error

    def attested(self, subject_id: int) -> Attested | None:
        """Return what was attested when the slip was handed over."""
        return subjects.attested(self._connection, subject_id)

    def replace(self, subject_id: int, spare: Spare, slip: bytes, now: datetime) -> None:
        """Kill the subject's code at once and give it the spare's, live, its slip unprinted."""
        subjects.kill(self._connection, subject_id, "replaced", now)
        subjects.make_live(self._connection, spare, now, subject_id=subject_id, slip=slip)

    def take_slip(self, subject_id: int) -> bytes | None:
        """Return the sealed slip copy of the live code and delete it; None when there is none."""
        return subjects.take_slip(self._connection, subject_id)

    def visit_of(self, subject_id: int, slot: Slot) -> str | None:
        """Return the visit number of the slot's current administration, if there is one."""
        return deposits.visit_of(self._connection, subject_id, slot)

    def add(self, administration: Administration) -> None:
        """Insert the row; AlreadyReceivedError when the slot is filled."""
        deposits.add(self._connection, administration)
        self._store.fault("after_row")

    def entered(self, administration: str, actor: str, *, masked: bool) -> None:
        """Keep who entered the row, and whether the masking of its paper was attested."""
        row = {"administration_id": administration, "actor": actor, "masked": masked}
        self._connection.execute(insert(entry).inline(), row)

    def ticket(self, digest: bytes) -> Ticket | None:
        """Find a hand-over ticket."""
        return tickets.find(self._connection, digest)

    def add_ticket(self, digest: bytes, ticket: Ticket) -> None:
        """Keep the digest of a ticket."""
        tickets.add(self._connection, digest, ticket)
        self._store.fault("after_ticket")

    def end_session(self, digest: bytes) -> None:
        """Sign a professional out: delete the session."""
        end_sessions(self._connection, staff_session.c.digest == digest)

    def mark_not_done(self, subject_id: int, timepoint: str, reason: Reason, said: Said) -> None:
        """Keep why a timepoint was not done; AlreadySaidError when that was said."""
        self._say(not_done, said, subject_id=subject_id, timepoint=timepoint, reason=reason.value)

    def end_follow_up(self, subject_id: int, on: date, reason: Reason, said: Said) -> None:
        """Keep why a follow-up ended and kill its code; AlreadySaidError when that was said."""
        self._say(follow_up_end, said, subject_id=subject_id, ended_on=on, reason=reason.value)
        subjects.kill(self._connection, subject_id, "revoked", said.at)

    def report_mixup(self, subject_id: int, timepoint: str, reason: Mixup, said: Said) -> None:
        """Keep a report for the laboratory; AlreadySaidError while one waits for its decision."""
        number = 1 + subjects.decided_reports(self._connection, subject_id, timepoint)
        slot = {"subject_id": subject_id, "timepoint": timepoint, "number": number}
        self._say(mixup_report, said, **slot, reason=reason.value)

    def _say(self, table: Table, said: Said, **row: object) -> None:
        try:
            whole = row | {"actor": said.actor, "said_at": said.at}
            self._connection.execute(insert(table).inline(), whole)
        except IntegrityError as error:
            raise AlreadySaidError("This was said before; nothing was changed.") from error


class SqlHcpStore(SqlDrawingStore[SqlHcpUnit]):
    """Opens the units of the professionals' face."""

    def _unit(self, connection: Connection, *, writes: bool) -> SqlHcpUnit:
        return SqlHcpUnit(self, connection, writes=writes)
