"""What the mail room may ask of the store inside one transaction."""

from __future__ import annotations

from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from qol.domain.administration import Administration
from qol.domain.audit import AuditEvent
from qol.domain.follow_up import Known
from qol.domain.instrument import Release
from qol.domain.keying import Cause
from qol.domain.mail_room import Destruction, Duplicate, Incident, ReceivedSheet, SheetState
from qol.domain.schedule import InForce, Slot
from qol.usecases.ports import SubjectState


@dataclass(frozen=True, slots=True)
class Said:
    """Who did so, and when."""

    actor: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Filed:
    """A sheet of the register. ``subject`` is None as long as its code is not known."""

    id: int
    programme: str
    sheet: ReceivedSheet
    subject: SubjectState | None

    @property
    def reference(self) -> str:
        """How the ledger names the sheet."""
        return f"sheet:{self.programme}/{self.sheet.number}"


@dataclass(frozen=True, slots=True)
class NewSheet:
    """A sheet before it is filed. ``attempt`` numbers its page: a double click files one."""

    programme: str
    number: int
    subject_id: int | None
    release_id: int
    received_on: date
    posted_on: date | None
    incidents: tuple[Incident, ...]
    attempt: str


@dataclass(frozen=True, slots=True)
class Keying:
    """One person's reading, sealed; the third turn is what was decided, with its cause."""

    id: str
    turn: int
    actor: str
    visit: str
    envelope: bytes
    key_id: str
    escrow_key_id: str
    cause: Cause | None = None


@dataclass(frozen=True, slots=True)
class Batch:
    """Sheets whose paper is destroyed together: prepared by one person, confirmed by another."""

    id: str
    programme: str
    method: Destruction
    destroyed_on: date
    prepared: Said
    confirmed: Said | None
    sheets: tuple[int, ...]


class MailUnit(Protocol):
    """One transaction of the mail room. Everything is asked for one programme."""

    def versions(self, programme: str) -> tuple[InForce, ...]:
        """List a programme's versions, oldest first."""

    def releases(self, programme: str) -> tuple[Release, ...]:
        """List the releases that its versions may draw from, each checked against its hashes."""

    def by_code(self, programme: str, digest: bytes) -> SubjectState | None:
        """Find the subject of a code that was ever live; ``live`` says whether this code is."""

    def known(self, subject: SubjectState, time_zone: str) -> Known:
        """Give what is stored of a subject's schedule, in days of the time zone."""

    def sheets(self, programme: str) -> tuple[ReceivedSheet, ...]:
        """List the register, by number."""

    def last_number(self, programme: str) -> int:
        """Give the highest number of the register; 0 when it is empty."""

    def filed_as(self, programme: str, attempt: str) -> int | None:
        """Give the number under which that attempt was filed."""

    def file(self, sheet: NewSheet, said: Said) -> None:
        """Insert a sheet and its incidents; SheetMovedError when the number was taken."""

    def sheet(self, programme: str, number: int) -> Filed | None:
        """Find a sheet; a writing unit holds it until it ends."""

    def keyings(self, sheet_id: int) -> tuple[Keying, ...]:
        """List a sheet's keyings, by turn."""

    def add_keying(self, sheet_id: int, keying: Keying, at: datetime) -> None:
        """Insert a keying; SheetMovedError when its turn was taken."""

    def move(self, sheet_id: int, state: SheetState) -> None:
        """Set the state of a sheet that this unit holds."""

    def identify(self, sheet_id: int, subject_id: int) -> None:
        """Say whose sheet it is."""

    def say(self, sheet_id: int, incident: Incident, said: Said) -> None:
        """Keep an incident; AlreadySaidError when it was said."""

    def settle(self, sheet_id: int, incident: Incident, said: Said) -> None:
        """Keep who settled an incident; AlreadySaidError when it was settled."""

    def decide(self, sheet_id: int, decision: Duplicate, said: Said) -> None:
        """Keep what is decided of a duplicate; AlreadySaidError when it was decided."""

    def visit_of(self, subject_id: int, slot: Slot) -> str | None:
        """Return the visit number of the slot's current administration, if there is one."""

    def add(self, administration: Administration) -> None:
        """Insert the row; AlreadyReceivedError when the slot is filled."""

    def entered(self, administration: str, actor: str, *, masked: bool) -> None:
        """Keep who entered the row, and whether the masking of its paper was attested."""

    def deposited(self, sheet_id: int, administration: str) -> None:
        """Keep which administration a sheet became."""

    def holder_of(self, subject_id: int, slot: Slot) -> str | None:
        """Name the version that fills the slot, current or frozen; None when it is free."""

    def duplicates(self, sheet_id: int, administration: str) -> None:
        """Keep which version held the place of a sheet that came too late."""

    def batches(self, programme: str) -> tuple[Batch, ...]:
        """List the destructions, newest first."""

    def batch(self, programme: str, batch: str) -> Batch | None:
        """Find one; a writing unit holds it until it ends."""

    def prepare(self, batch: Batch) -> None:
        """Insert a batch and put its sheets into it; SheetMovedError when one is in another."""

    def confirm(self, batch: str, said: Said) -> None:
        """Keep who confirmed, and set the sheets' state."""

    def commit(self, event: AuditEvent) -> None:
        """Write the event and commit; a reading unit does so in a transaction of its own."""


class MailStore(Protocol):
    """Opens the mail room's units."""

    def reading(self) -> AbstractContextManager[MailUnit]:
        """Open a snapshot; reading commits its own event at the end."""

    def writing(self) -> AbstractContextManager[MailUnit]:
        """Open a short write transaction; it is rolled back unless committed."""
