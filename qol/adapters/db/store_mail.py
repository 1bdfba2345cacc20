"""What the mail room may ask of the database."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from sqlalchemy import Connection, insert

from qol.adapters.db import deposits
from qol.adapters.db import mail_batches as batches
from qol.adapters.db import mail_sheets as sheets
from qol.adapters.db.documents import Decode, Releases, Versions, drawn_from
from qol.adapters.db.engine import Database
from qol.adapters.db.ledger import Recorder
from qol.adapters.db.tables_hcp import entry
from qol.adapters.db.tables_mail import sheet_too_late
from qol.domain.administration import Administration
from qol.domain.audit import AuditEvent
from qol.domain.follow_up import Known
from qol.domain.instrument import Release
from qol.domain.mail_room import Duplicate, Incident, ReceivedSheet, SheetState
from qol.domain.schedule import InForce, Slot
from qol.usecases.lab.mail_room.ports import Batch, Filed, Keying, NewSheet, Said
from qol.usecases.ports import Fault, SubjectState


def no_fault(point: str) -> None:
    """Pass a named point of a transaction."""


class SqlMailUnit:
    """One transaction of the mail room."""

    def __init__(self, store: SqlMailStore, connection: Connection, *, writes: bool) -> None:
        """Made by the store."""
        self._store = store
        self._connection = connection
        self._writes = writes

    def versions(self, programme: str) -> tuple[InForce, ...]:
        """List a programme's versions, oldest first."""
        return self._store.known_versions.read(self._connection, programme)

    def releases(self, programme: str) -> tuple[Release, ...]:
        """List the releases that its versions may draw from, in order of publication."""
        wanted = drawn_from(self.versions(programme))
        return self._store.known_releases.read(self._connection, wanted)

    def by_code(self, programme: str, digest: bytes) -> SubjectState | None:
        """Find the subject of a code that was ever live; ``live`` says whether this code is."""
        return sheets.by_code(self._connection, programme, digest)

    def known(self, subject: SubjectState, time_zone: str) -> Known:
        """Give what is stored of a subject's schedule, in days of the time zone."""
        return sheets.known(self._connection, subject, time_zone)

    def sheets(self, programme: str) -> tuple[ReceivedSheet, ...]:
        """List the register, by number."""
        return sheets.sheets(self._connection, programme)

    def last_number(self, programme: str) -> int:
        """Give the highest number of the register; 0 when it is empty."""
        return sheets.last_number(self._connection, programme)

    def filed_as(self, programme: str, attempt: str) -> int | None:
        """Give the number under which that attempt was filed."""
        return sheets.filed_as(self._connection, programme, attempt)

    def file(self, sheet: NewSheet, said: Said) -> None:
        """Insert a sheet and its incidents; SheetMovedError when the number was taken."""
        sheets.file(self._connection, sheet, said)

    def sheet(self, programme: str, number: int) -> Filed | None:
        """Find a sheet; a writing unit holds it until it ends."""
        if self._writes:
            sheets.hold(self._connection, programme, number)
        return sheets.sheet(self._connection, programme, number)

    def keyings(self, sheet_id: int) -> tuple[Keying, ...]:
        """List a sheet's keyings, by turn."""
        return sheets.keyings(self._connection, sheet_id)

    def add_keying(self, sheet_id: int, keying: Keying, at: datetime) -> None:
        """Insert a keying; SheetMovedError when its turn was taken."""
        sheets.add_keying(self._connection, sheet_id, keying, at)
        self._store.fault("after_keying")

    def move(self, sheet_id: int, state: SheetState) -> None:
        """Set the state of a sheet that this unit holds."""
        sheets.change(self._connection, sheet_id, state=state.value)

    def identify(self, sheet_id: int, subject_id: int) -> None:
        """Say whose sheet it is."""
        sheets.change(self._connection, sheet_id, subject_id=subject_id)

    def say(self, sheet_id: int, incident: Incident, said: Said) -> None:
        """Keep an incident; AlreadySaidError when it was said."""
        sheets.say(self._connection, sheet_id, incident, said)

    def settle(self, sheet_id: int, incident: Incident, said: Said) -> None:
        """Keep who settled an incident; AlreadySaidError when it was settled."""
        sheets.settle(self._connection, sheet_id, incident, said)

    def decide(self, sheet_id: int, decision: Duplicate, said: Said) -> None:
        """Keep what is decided of a duplicate; AlreadySaidError when it was decided."""
        sheets.decide(self._connection, sheet_id, decision, said)

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

    def deposited(self, sheet_id: int, administration: str) -> None:
        """Keep which administration a sheet became."""
        sheets.change(self._connection, sheet_id, administration_id=administration)

    def holder_of(self, subject_id: int, slot: Slot) -> str | None:
        """Name the version that fills the slot, current or frozen; None when it is free."""
        return sheets.holder_of(self._connection, subject_id, slot)

    def duplicates(self, sheet_id: int, administration: str) -> None:
        """Keep which version held the place of a sheet that came too late."""
        row = {"sheet_id": sheet_id, "administration_id": administration}
        self._connection.execute(insert(sheet_too_late).inline(), row)

    def batches(self, programme: str) -> tuple[Batch, ...]:
        """List the destructions, newest first."""
        return batches.batches(self._connection, programme)

    def batch(self, programme: str, batch: str) -> Batch | None:
        """Find one; a writing unit holds it until it ends."""
        if self._writes:
            batches.hold(self._connection, batch)
        return batches.batch(self._connection, programme, batch)

    def prepare(self, batch: Batch) -> None:
        """Insert a batch and put its sheets into it; SheetMovedError when one is in another."""
        batches.prepare(self._connection, batch)

    def confirm(self, batch: str, said: Said) -> None:
        """Keep who confirmed, and set the sheets' state."""
        batches.confirm(self._connection, batch, said)

    def commit(self, event: AuditEvent) -> None:
        """Write the event and commit; a reading unit does so in a transaction of its own."""
        if self._writes:
            self._store.record(self._connection, event)
        else:
            with self._store.database.writing() as connection:
                self._store.record(connection, event)


class SqlMailStore:
    """Opens the mail room's units."""

    def __init__(
        self, database: Database, decode: Decode, recorder: Recorder, fault: Fault = no_fault
    ) -> None:
        """``fault`` is called at after_begin, after_keying, after_row, after_event and _commit."""
        self.database = database
        self._recorder = recorder
        self.fault = fault
        self.known_versions = Versions()
        self.known_releases = Releases(decode)

    def record(self, connection: Connection, event: AuditEvent) -> None:
        """Write the event and commit: nothing here commits otherwise."""
        with self._recorder.writing(connection, event):
            self.fault("after_event")
            connection.commit()
        self.fault("after_commit")

    @contextmanager
    def reading(self) -> Iterator[SqlMailUnit]:
        """Open a snapshot; reading commits its own event at the end."""
        with self.database.reading() as connection:
            yield SqlMailUnit(self, connection, writes=False)

    @contextmanager
    def writing(self) -> Iterator[SqlMailUnit]:
        """Open a short write transaction; it is rolled back unless committed."""
        with self.database.writing() as connection:
            self.fault("after_begin")
            yield SqlMailUnit(self, connection, writes=True)
