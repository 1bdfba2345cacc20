"""What the professionals' face may ask of the store. Nothing of it returns an answer."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Protocol
from zoneinfo import ZoneInfo

from qol.domain.administration import Administration
from qol.domain.audit import AuditEvent
from qol.domain.follow_up import Known, Mixup, Reason
from qol.domain.instrument import Release
from qol.domain.place import Place
from qol.domain.schedule import InForce, Slot
from qol.usecases.hcp.printing import NoteVariant
from qol.usecases.ports import SubjectState, Ticket


@dataclass(frozen=True, slots=True)
class Attested:
    """What a professional attests when handing over: which note, when, for whom (HV-8.7).

    ``attempt`` is the random number of the page it was attested on: a second click is the
    same hand-over.
    """

    note_version: str
    note_language: str
    variant: NoteVariant
    given_on: date
    attempt: str


@dataclass(frozen=True, slots=True)
class Spare:
    """The next code of a site's batch, not handed over yet. ``slip`` is its sealed copy."""

    pseudonym: int
    subject_id: int
    reference: str
    sheet_number: str
    slip: bytes


@dataclass(frozen=True, slots=True)
class Followed:
    """A subject whose slip was handed over, by what is in the clear.

    ``attested`` says that a professional handed it over and not the laboratory; ``unprinted``
    that its slip waits to be printed here.
    """

    subject: SubjectState
    sheet_number: str
    day_zero: date
    attested: bool
    unprinted: bool
    received: Mapping[Slot, datetime] = field(default_factory=dict)
    not_done: Mapping[str, Reason] = field(default_factory=dict)
    ended: date | None = None

    def known(self, time_zone: str) -> Known:
        """Give what the schedule needs, in days of the programme's time zone."""
        zone = ZoneInfo(time_zone)
        days = {slot: at.astimezone(zone).date() for slot, at in self.received.items()}
        return Known(self.day_zero, days, self.not_done, self.ended)


@dataclass(frozen=True, slots=True)
class Said:
    """Who said so, and when."""

    actor: str
    at: datetime


class HcpUnit(Protocol):
    """One transaction of the professionals' face. Everything is asked for one place."""

    def versions(self, programme: str) -> tuple[InForce, ...]:
        """List a programme's versions, oldest first."""

    def releases(self, programme: str) -> tuple[Release, ...]:
        """List the releases that its versions may draw from, each checked against its hashes."""

    def followed(self, place: Place) -> tuple[Followed, ...]:
        """List the place's subjects whose slip was handed over, by sheet number."""

    def by_sheet(self, place: Place, sheet_number: str) -> Followed | None:
        """Find one of them; None for every other sheet."""

    def spares(self, place: Place) -> int:
        """Count the codes that the place may still hand over."""

    def next_spare(self, place: Place) -> Spare | None:
        """Take the next of them; nobody else gets it as long as this transaction lasts."""

    def handed_over(self, place: Place, attempt: str) -> str | None:
        """Return the sheet number of the hand-over of that number, if there was one."""

    def hand_over(self, spare: Spare, attested: Attested, day_zero: date, said: Said) -> None:
        """Make the code live from day zero on and keep what was attested."""

    def attested(self, subject_id: int) -> Attested | None:
        """Return what was attested when the slip was handed over."""

    def replace(self, subject_id: int, spare: Spare, slip: bytes, now: datetime) -> None:
        """Kill the subject's code at once and give it the spare's, live, its slip unprinted."""

    def take_slip(self, subject_id: int) -> bytes | None:
        """Return the sealed slip copy of the live code and delete it; None when there is none."""

    def visit_of(self, subject_id: int, slot: Slot) -> str | None:
        """Return the visit number of the slot's current administration, if there is one."""

    def add(self, administration: Administration) -> None:
        """Insert the row; AlreadyReceivedError when the slot is filled."""

    def entered(self, administration: str, actor: str, *, masked: bool) -> None:
        """Keep who entered the row, and whether the masking of its paper was attested."""

    def ticket(self, digest: bytes) -> Ticket | None:
        """Find a hand-over ticket."""

    def add_ticket(self, digest: bytes, ticket: Ticket) -> None:
        """Keep the digest of a ticket."""

    def end_session(self, digest: bytes) -> None:
        """Sign a professional out: delete the session."""

    def mark_not_done(self, subject_id: int, timepoint: str, reason: Reason, said: Said) -> None:
        """Keep why a timepoint was not done; AlreadySaidError when that was said."""

    def end_follow_up(self, subject_id: int, on: date, reason: Reason, said: Said) -> None:
        """Keep why a follow-up ended and kill its code; AlreadySaidError when that was said."""

    def report_mixup(self, subject_id: int, timepoint: str, reason: Mixup, said: Said) -> None:
        """Keep a report for the laboratory; AlreadySaidError while one waits for its decision."""

    def commit(self, event: AuditEvent) -> None:
        """Write the event and commit; a reading unit does so in a transaction of its own."""


class HcpStore(Protocol):
    """Opens the units of the professionals' face."""

    def reading(self) -> AbstractContextManager[HcpUnit]:
        """Open a snapshot; reading commits its own event at the end."""

    def writing(self) -> AbstractContextManager[HcpUnit]:
        """Open a short write transaction; it is rolled back unless committed."""
