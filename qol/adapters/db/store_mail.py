"""What the mail room may ask of the database."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, insert

from qol.adapters.db import deposits
from qol.adapters.db import mail_batches as batches
from qol.adapters.db import mail_sheets as sheets
from qol.adapters.db.tables_hcp import entry
from qol.adapters.db.tables_mail import sheet_too_late
from qol.adapters.db.transactions import SqlDrawingStore, SqlDrawingUnit
from qol.domain.administration import Administration
from qol.domain.follow_up import Known
from qol.domain.mail_room import Duplicate, Incident, ReceivedSheet, SheetState
from qol.domain.schedule import Slot
from qol.usecases.lab.mail_room.ports import Batch, Filed, Keying, NewSheet, Said
from qol.usecases.ports import SubjectState


class SqlMailUnit(SqlDrawingUnit["SqlMailStore"]):
    """One transaction of the mail room."""

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


class SqlMailStore(SqlDrawingStore[SqlMailUnit]):
    """Opens the mail room's units."""

    def _unit(self, connection: Connection, *, writes: bool) -> SqlMailUnit:
        return SqlMailUnit(self, connection, writes=writes)
