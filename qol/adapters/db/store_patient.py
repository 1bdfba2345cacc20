"""What the patient face may ask of the database: to deposit, never to read an answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, select, text

from qol.adapters.db import deposits, tickets
from qol.adapters.db.documents import Decode
from qol.adapters.db.engine import Database
from qol.adapters.db.housekeeping import SqlHousekeeping, open_housekeeping
from qol.adapters.db.ledger import Recorder
from qol.adapters.db.starting import open_database
from qol.adapters.db.tables import FILLED, administration, pseudonym, release, subject
from qol.adapters.db.transactions import SqlDrawingStore, SqlDrawingUnit, no_fault
from qol.config import Config
from qol.domain.administration import Administration
from qol.domain.audit import AuditEvent
from qol.domain.errors import NotAllowedError
from qol.domain.licence import Licensed
from qol.domain.schedule import Slot
from qol.usecases.ports import Clock, Dice, Fault, SubjectState, Ticket

_SUBJECT = (
    subject.c.id,
    subject.c.reference,
    subject.c.programme,
    subject.c.site,
    subject.c.day_zero,
)
_LIVE = pseudonym.c.state == text("'live'")
_BY_DIGEST = (
    select(*_SUBJECT, pseudonym.c.id)
    .join(pseudonym, pseudonym.c.subject_id == subject.c.id)
    .where(pseudonym.c.digest == bindparam("digest"), _LIVE)
)
_LIVE_CODE = (
    select(pseudonym.c.id)
    .where(pseudonym.c.subject_id == subject.c.id, _LIVE)
    .correlate(subject)
    .scalar_subquery()
)
_BY_ID = select(*_SUBJECT, _LIVE_CODE).where(subject.c.id == bindparam("id"))
_DEPOSITED = select(administration.c.timepoint, administration.c.instrument).where(
    administration.c.subject_id == bindparam("id"), text(FILLED)
)
_LICENCES = (
    select(
        release.c.id,
        release.c.instrument,
        release.c.version,
        release.c.language,
        release.c.licence_ends,
    )
    .where(release.c.licence_ends.is_not(None))
    .order_by(release.c.licence_ends, release.c.id)
)


class SqlPatientUnit(SqlDrawingUnit["SqlPatientStore"]):
    """One transaction of the patient face."""

    def subject_by_digest(self, digest: bytes) -> SubjectState | None:
        """Find the subject of a live pseudonym; None for every other kind of code."""
        row = self._connection.execute(_BY_DIGEST, {"digest": digest}).first()
        return None if row is None else SubjectState(*row)

    def subject(self, subject_id: int) -> SubjectState | None:
        """Ask again for a subject in mid-visit."""
        row = self._connection.execute(_BY_ID, {"id": subject_id}).first()
        return None if row is None else SubjectState(*row)

    def deposited(self, subject_id: int) -> frozenset[Slot]:
        """List the slots that hold a current or frozen administration."""
        rows = self._connection.execute(_DEPOSITED, {"id": subject_id})
        return frozenset(Slot(row[0], row[1]) for row in rows)

    def visit_of(self, subject_id: int, slot: Slot) -> str | None:
        """Return the visit number of the slot's administration, if there is one."""
        return deposits.visit_of(self._connection, subject_id, slot)

    def ticket(self, digest: bytes) -> Ticket | None:
        """Find a hand-over ticket."""
        return tickets.find(self._connection, digest)

    def spend(self, digest: bytes, now: datetime) -> bool:
        """Mark a ticket as spent; False when it was."""
        return tickets.spend(self._connection, digest, now)

    def add(self, administration: Administration) -> None:
        """Insert the row; AlreadyReceivedError when the slot is filled."""
        deposits.add(self._connection, administration)
        self._store.fault("after_row")

    def commit(self, event: AuditEvent) -> None:
        """Write the event and commit, in one transaction. There is no form without an event."""
        if not self._writes:
            raise NotAllowedError("A reading unit of the patient face has nothing to commit.")
        super().commit(event)


class SqlPatientStore(SqlDrawingStore[SqlPatientUnit]):
    """Opens units. Reading units never commit."""

    def _unit(self, connection: Connection, *, writes: bool) -> SqlPatientUnit:
        return SqlPatientUnit(self, connection, writes=writes)


@dataclass(frozen=True, slots=True)
class PatientStores:
    """What a face that deposits is given."""

    records: SqlPatientStore
    housekeeping: SqlHousekeeping
    database: Database

    def fingerprints(self) -> dict[str, str]:
        """Map the id of each registered public deposit key to its SHA-256."""
        with self.database.reading() as connection:
            return deposits.fingerprints(connection)

    def licences(self) -> tuple[Licensed, ...]:
        """List the releases whose licence has an end, soonest first."""
        with self.database.reading() as connection:
            return tuple(Licensed(*row) for row in connection.execute(_LICENCES))


def open_patient(
    config: Config, decode: Decode, clock: Clock, dice: Dice, fault: Fault = no_fault
) -> PatientStores:
    """Open the stores of the patient face; StoreUnavailableError says why it may not start."""
    database = open_database(config)
    store = SqlPatientStore(database, decode, Recorder(clock, dice), fault)
    return PatientStores(store, open_housekeeping(database, config.volatile), database)
