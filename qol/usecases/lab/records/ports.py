"""What the acts on records may ask of the store inside one transaction."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from qol.domain.administration import Administration, Mode
from qol.domain.audit import AuditEvent
from qol.domain.errors import NotAllowedError
from qol.domain.follow_up import Known, Mixup
from qol.domain.instrument import Release
from qol.domain.mail_room import Duplicate
from qol.domain.records import Change, Decision, RecordState
from qol.domain.schedule import InForce
from qol.usecases.lab.ports import StoredRecord
from qol.usecases.ports import SubjectState

LINES_A_PAGE = 50


class UnknownRecordError(NotAllowedError):
    """The programme has no such record or report, whoever else may have one."""


class ChangedMeanwhileError(NotAllowedError):
    """Somebody else was quicker, or the record is not in the state that the act asks for."""


class SlotTakenError(NotAllowedError):
    """The right subject holds answers of its own in that slot."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which records to list; empty means all."""

    timepoint: str = ""
    instrument: str = ""
    state: RecordState | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One record of a list: what is in the clear, and never an answer."""

    id: str
    subject: str
    site: str
    timepoint: str
    instrument: str
    mode: Mode
    received_at: datetime
    state: RecordState


@dataclass(frozen=True, slots=True)
class Named:
    """How an account is shown to colleagues; the ledger keeps its reference alone."""

    name: str
    login: str


@dataclass(frozen=True, slots=True)
class Entry:
    """Who entered a record, and whether the masking of its paper was attested."""

    actor: str
    masked: bool


@dataclass(frozen=True, slots=True)
class Letter:
    """A sheet of the mail room that a record was typed from, or that came for its place too late.

    ``record`` is the version it became, or the one that held the place: None when nobody noted
    it; ``state`` is where that version stands now.
    """

    number: int
    subject: str
    site: str
    instrument: str
    received_on: date
    posted_on: date | None
    record: str | None
    state: RecordState | None
    duplicate: bool
    decision: Duplicate | None = None

    @property
    def dated_at_latest(self) -> date:
        """The day after which nobody can have answered it."""
        return self.posted_on or self.received_on

    @property
    def to_correct(self) -> bool:
        """Say whether a correction was asked of a version that nobody has corrected since."""
        corrected = self.state is RecordState.CORRECTED
        return self.decision is Duplicate.ASK_CORRECTION and not corrected


@dataclass(frozen=True, slots=True)
class Decided:
    """What was decided on a report, by whom and when."""

    attempt: str
    decision: Decision
    actor: str
    at: datetime
    right_subject: int | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """A professional's report that a subject's answers at a timepoint are another person's."""

    subject_id: int
    subject: str
    site: str
    sheet_number: str
    timepoint: str
    reason: Mixup
    actor: str
    at: datetime
    decided: tuple[Decided, ...] = ()
    number: int = 1
    """A visit may be reported anew once its report is decided."""

    @property
    def open(self) -> bool:
        """Say whether it still waits for a decision; frozen until known, it does."""
        return all(one.decision is Decision.FROZEN for one in self.decided)


class RecordsUnit(Protocol):
    """Reading and changing records. ``commit`` has no form without an event."""

    def versions(self, programme: str) -> tuple[InForce, ...]:
        """List a programme's versions, oldest first."""

    def releases(self, programme: str) -> tuple[Release, ...]:
        """List the releases its versions draw from, each checked against its hashes."""

    def lines(self, programme: str, wanted: Wanted, page: int) -> tuple[tuple[Line, ...], int]:
        """List one page (from 1) of a programme's records, newest first, and count them all."""

    def record(self, programme: str, record: str) -> StoredRecord | None:
        """Find one version, whatever its state; None when it is no record of the programme."""

    def at(self, subject_id: int, timepoint: str) -> tuple[StoredRecord, ...]:
        """List the current and frozen versions of a subject at a timepoint."""

    def trail(self, record: str) -> tuple[Change, ...]:
        """List every change of a version and of those before and after it, oldest first."""

    def known(self, subject_id: int, time_zone: str) -> Known:
        """Give what is stored of a subject's schedule, in days of the time zone."""

    def entry(self, record: str) -> Entry | None:
        """Say who entered a version, if somebody did for the patient."""

    def letters(self, records: tuple[str, ...]) -> tuple[Letter, ...]:
        """List the sheets that these versions were typed from or had beside them, by number."""

    def duplicates(self, programme: str) -> tuple[Letter, ...]:
        """List a programme's sheets that came for a filled place, by number."""

    def named(self, programme: str, actors: Iterable[str]) -> dict[str, Named]:
        """Name the actors who hold or held a grant in the programme; others stay references."""

    def attempted(self, attempt: str) -> bool:
        """Say whether this page's act is done already."""

    def mark(self, record: str, before: RecordState, after: RecordState) -> None:
        """Change a version's state; ChangedMeanwhileError when it is not ``before``."""

    def add(self, administration: Administration) -> None:
        """Insert a version; SlotTakenError when its slot is filled."""

    def changed(self, change: Change) -> None:
        """Append to the trail."""

    def reports(self, programme: str, key: tuple[str, str] | None = None) -> tuple[Report, ...]:
        """List a programme's reports, or those of a subject's timepoint, oldest first."""

    def report(self, programme: str, subject: str, timepoint: str) -> Report | None:
        """Find the newest report of a visit by the subject's reference."""

    def decide(self, report: Report, decided: Decided) -> None:
        """Append a decision; ChangedMeanwhileError when the report was decided before."""

    def subject_by_sheet(self, programme: str, site: str, sheet_number: str) -> SubjectState | None:
        """Find a subject by its sheet number, unique in a site."""

    def commit(self, event: AuditEvent) -> None:
        """Write the event and commit, in one transaction."""


class RecordsStore(Protocol):
    """Opens the units of the acts on records."""

    def reading(self) -> AbstractContextManager[RecordsUnit]:
        """Open a snapshot; reading row-level data commits its own event at the end."""

    def writing(self) -> AbstractContextManager[RecordsUnit]:
        """Open a write transaction; rolled back unless committed."""
