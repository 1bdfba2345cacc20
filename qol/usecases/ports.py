"""What crosses a process, a key, a clock or the dice. One Protocol each, no more."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Protocol

from qol.domain.administration import Administration, Context
from qol.domain.audit import AuditEvent
from qol.domain.instrument import Release
from qol.domain.schedule import InForce, Slot

TICKET_LIFE = timedelta(minutes=10)
DOUBLE_TAP = timedelta(seconds=20)


class Clock(Protocol):
    """The time, so that every test repeats."""

    def now(self) -> datetime:
        """Give the time in UTC, with its zone."""

    def today(self, time_zone: str) -> date:
        """Give the day in a programme's time zone."""


class Dice(Protocol):
    """Identifiers and randomness from the system."""

    def below(self, bound: int) -> int:
        """Draw a whole number from 0 to bound - 1."""

    def reference(self) -> str:
        """Draw 128 random bits, as 26 characters without meaning."""


@dataclass(frozen=True, slots=True)
class SubjectState:
    """What a face may know of a subject.

    ``pseudonym`` is the row of its one live code, None once that is dead: a visit that
    began with a code ends with it, though the subject has a new one.
    """

    id: int
    reference: str
    programme: str
    site: str
    day_zero: date | None
    pseudonym: int | None

    @property
    def live(self) -> bool:
        """Say whether the subject has a code that works."""
        return self.pseudonym is not None


@dataclass(frozen=True, slots=True)
class Ticket:
    """What lets a handed device into one subject's visit, once, within ten minutes.

    For a few seconds more it opens the same visit again, numbered ``visit``: a double tap
    sends it twice, and the browser shows only the second answer.
    """

    subject_id: int
    visit: str
    made_at: datetime
    spent_at: datetime | None = None

    def opens(self, now: datetime) -> bool:
        """Say whether the ticket opens anything."""
        fresh = now - self.made_at <= TICKET_LIFE
        return fresh and (self.spent_at is None or now - self.spent_at <= DOUBLE_TAP)


@dataclass(frozen=True, slots=True)
class Sealed:
    """An envelope and the ids of the two keys that open it."""

    envelope: bytes
    key_id: str
    escrow_key_id: str


class Sealer(Protocol):
    """Closes a body. Knows no way to open one."""

    def seal(self, programme: str, year: int, body: bytes, context: Context) -> Sealed:
        """Seal for the operating and escrow keys of the programme's year."""


class Opener(Protocol):
    """Opens a body. Only the laboratory has one."""

    def open(self, envelope: bytes, context: Context) -> bytes:
        """Return the body; EnvelopeError when the key, the row or the bytes are wrong."""


class Digests(Protocol):
    """The keyed digest that finds a pseudonym without holding it."""

    def lookup(self, pseudonym: str) -> bytes:
        """Give the 32-byte keyed digest of thirteen symbols."""

    def ticket(self, ticket: str) -> bytes:
        """Give the 32-byte keyed digest of a hand-over ticket; never that of a pseudonym."""


class SlipSealer(Protocol):
    """Seals a code once more, for the slip that will be printed."""

    def seal(self, pseudonym: str, subject: str) -> bytes:
        """Return the sealed slip copy, bound to the subject's reference."""

    def open(self, sealed: bytes, subject: str) -> str:
        """Return the thirteen symbols; EnvelopeError when it does not open."""


class PatientUnit(Protocol):
    """What the patient face may ask of the store inside one transaction."""

    def subject_by_digest(self, digest: bytes) -> SubjectState | None:
        """Find the subject of a live pseudonym; None for every other kind of code."""

    def subject(self, subject_id: int) -> SubjectState | None:
        """Ask again for a subject in mid-visit; ``live`` tells whether it may still deposit."""

    def versions(self, programme: str) -> tuple[InForce, ...]:
        """List a programme's versions, oldest first."""

    def releases(self, programme: str) -> tuple[Release, ...]:
        """List the releases that its versions may draw from, each checked against its hashes."""

    def deposited(self, subject_id: int) -> frozenset[Slot]:
        """List the slots that hold a current or frozen administration."""

    def visit_of(self, subject_id: int, slot: Slot) -> str | None:
        """Return the visit number of the slot's current administration, if there is one."""

    def ticket(self, digest: bytes) -> Ticket | None:
        """Find a hand-over ticket."""

    def spend(self, digest: bytes, now: datetime) -> bool:
        """Mark a ticket as spent; False when it was."""

    def add(self, administration: Administration) -> None:
        """Insert the row; AlreadyReceivedError when the slot is filled."""

    def commit(self, event: AuditEvent) -> None:
        """Write the event and commit, in one transaction. There is no form without an event."""


class PatientStore(Protocol):
    """Opens units. Reading units never commit."""

    def reading(self) -> AbstractContextManager[PatientUnit]:
        """Open a snapshot for a page."""

    def writing(self) -> AbstractContextManager[PatientUnit]:
        """Open a short write transaction; it is rolled back unless committed."""


class Housekeeping(Protocol):
    """What only keeps the machine running: own tables, no way to a record."""

    def waiting(self, source: bytes, now: datetime) -> int:
        """Return the seconds this source must still wait; 0 when it may try."""

    def wrong(self, source: bytes, now: datetime, allowance: int) -> int:
        """Count one wrong code and return the seconds to wait from now."""

    def purge(self, now: datetime) -> None:
        """Forget sources older than 24 hours."""


Fault = Callable[[str], None]
"""Called with the name of each point of a Send; a test makes it kill the process there."""
