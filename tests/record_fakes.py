"""Twins of the port of the acts on records, in memory; and what a test puts into them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta

from qol.bootstrap.lab_records import assembled
from qol.domain.administration import Administration, Body, Mode
from qol.domain.answers import Answer, settled
from qol.domain.audit import AuditEvent
from qol.domain.follow_up import Known
from qol.domain.instrument import Release
from qol.domain.records import Change, Decision, RecordState
from qol.domain.schedule import InForce
from qol.usecases.lab.ports import StoredRecord
from qol.usecases.lab.records.acts import RecordActs
from qol.usecases.lab.records.ports import (
    LINES_A_PAGE,
    ChangedMeanwhileError,
    Decided,
    Entry,
    Letter,
    Line,
    Named,
    Report,
    SlotTakenError,
    Wanted,
)
from qol.usecases.lab.records.resealing import Resealing
from qol.usecases.ports import Fault, SubjectState
from tests import builders
from tests.fakes import CountingDice, FixedClock, KeepingSealer
from tests.unit.usecases.lab_fakes import PlainOpener

RELEASE = builders.releases()[0]
WHEN = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)


def body_of(release: Release = RELEASE, answers: dict[str, Answer] | None = None) -> bytes:
    """A body as it lies open in a twin's envelope: declined where nothing is given."""
    given = settled(release.instrument, answers or {})
    return Body(given, release.wording.language).canonical()


def row(
    number: int = 1,
    subject: int = 1,
    timepoint: str = "t0",
    answers: dict[str, Answer] | None = None,
) -> Administration:
    """One administration of the demonstration instrument, received in 2026."""
    return Administration(
        id=f"R{number:025d}",
        subject_id=subject,
        programme="demo",
        programme_version=1,
        timepoint=timepoint,
        instrument=RELEASE.instrument.id,
        release_id=RELEASE.id,
        mode=Mode.PAPER_HCP,
        received_at=WHEN + timedelta(minutes=number),
        visit=f"v{number:025d}",
        envelope=body_of(answers=answers),
        key_id="demo-2026",
        escrow_key_id="demo-2026-escrow",
    )


@dataclass
class RecordsState:
    """What a commit keeps."""

    rows: dict[str, Administration] = field(default_factory=dict)
    changes: list[Change] = field(default_factory=list)
    entries: dict[str, Entry] = field(default_factory=dict)
    reports: list[Report] = field(default_factory=list)
    subjects: list[SubjectState] = field(
        default_factory=lambda: [builders.subject(1), builders.subject(2)]
    )
    events: list[AuditEvent] = field(default_factory=list)
    versions: tuple[InForce, ...] = field(default_factory=builders.in_force)
    releases: tuple[Release, ...] = field(default_factory=builders.releases)
    ended: date | None = None
    letters: list[Letter] = field(default_factory=list)
    named: dict[str, Named] = field(default_factory=dict)


@dataclass
class FakeRecordsStore:
    """Units work on a copy; commit makes the copy the state."""

    state: RecordsState = field(default_factory=RecordsState)

    @contextmanager
    def writing(self) -> Iterator[FakeRecordsUnit]:
        yield FakeRecordsUnit(self, deepcopy(self.state))

    reading = writing

    def put(self, *rows: Administration) -> None:
        """Put administrations in, as deposits would."""
        self.state.rows |= {one.id: one for one in rows}


@dataclass
class FakeRecordsUnit:
    """One transaction."""

    store: FakeRecordsStore
    work: RecordsState

    def versions(self, programme: str) -> tuple[InForce, ...]:
        return self.work.versions

    def releases(self, programme: str) -> tuple[Release, ...]:
        return self.work.releases

    def _stored(self, one: Administration) -> StoredRecord:
        [subject] = [s for s in self.work.subjects if s.id == one.subject_id]
        return StoredRecord(one, subject.reference, subject.site)

    def lines(self, programme: str, wanted: Wanted, page: int) -> tuple[tuple[Line, ...], int]:
        found = [
            one
            for one in self.work.rows.values()
            if one.programme == programme
            and wanted.timepoint in {"", one.timepoint}
            and wanted.instrument in {"", one.instrument}
            and wanted.state in {None, RecordState(one.state)}
        ]
        found.sort(key=lambda one: (-one.received_at.timestamp(), one.id))
        first = (page - 1) * LINES_A_PAGE
        return tuple(self._line(one) for one in found[first : first + LINES_A_PAGE]), len(found)

    def _line(self, one: Administration) -> Line:
        subject = self._stored(one)
        return Line(
            one.id,
            subject.subject_reference,
            subject.site,
            one.timepoint,
            one.instrument,
            one.mode,
            one.received_at,
            RecordState(one.state),
        )

    def record(self, programme: str, record: str) -> StoredRecord | None:
        one = self.work.rows.get(record)
        return self._stored(one) if one is not None and one.programme == programme else None

    def at(self, subject_id: int, timepoint: str) -> tuple[StoredRecord, ...]:
        return tuple(
            self._stored(one)
            for one in self.work.rows.values()
            if (one.subject_id, one.timepoint) == (subject_id, timepoint)
            and one.state != RecordState.CORRECTED
        )

    def trail(self, record: str) -> tuple[Change, ...]:
        names = {record}
        for _ in self.work.changes:
            for one in self.work.changes:
                if {one.record, one.successor} & names:
                    names |= {one.record, one.successor or one.record}
        return tuple(one for one in self.work.changes if one.record in names)

    def known(self, subject_id: int, time_zone: str) -> Known:
        [subject] = [one for one in self.work.subjects if one.id == subject_id]
        assert subject.day_zero is not None
        return Known(subject.day_zero, ended=self.work.ended)

    def entry(self, record: str) -> Entry | None:
        return self.work.entries.get(record)

    def letters(self, records: tuple[str, ...]) -> tuple[Letter, ...]:
        return tuple(one for one in self.work.letters if one.record in records)

    def duplicates(self, programme: str) -> tuple[Letter, ...]:
        return tuple(one for one in self.work.letters if one.duplicate)

    def named(self, programme: str, actors: Iterable[str]) -> dict[str, Named]:
        return {one: self.work.named[one] for one in actors if one in self.work.named}

    def attempted(self, attempt: str) -> bool:
        decided = [one for report in self.work.reports for one in report.decided]
        return any(one.attempt == attempt for one in (*self.work.changes, *decided))

    def mark(self, record: str, before: RecordState, after: RecordState) -> None:
        one = self.work.rows[record]
        if one.state != before.value:
            raise ChangedMeanwhileError("changed")
        self.work.rows[record] = replace(one, state=after.value)

    def add(self, administration: Administration) -> None:
        there = self.at(administration.subject_id, administration.timepoint)
        if any(one.administration.instrument == administration.instrument for one in there):
            raise SlotTakenError("taken")
        self.work.rows[administration.id] = administration

    def changed(self, change: Change) -> None:
        self.work.changes.append(change)

    def reports(self, programme: str, key: tuple[str, str] | None = None) -> tuple[Report, ...]:
        listed = self.work.reports
        return tuple(r for r in listed if key is None or (r.subject, r.timepoint) == key)

    def report(self, programme: str, subject: str, timepoint: str) -> Report | None:
        return next(reversed(self.reports(programme, (subject, timepoint))), None)

    def decide(self, report: Report, decided: Decided) -> None:
        [(place, now)] = [
            (place, one)
            for place, one in enumerate(self.work.reports)
            if (one.subject, one.timepoint, one.number)
            == (report.subject, report.timepoint, report.number)
        ]
        if any(one.decision is not Decision.FROZEN for one in now.decided):
            raise ChangedMeanwhileError("decided")
        self.work.reports[place] = replace(now, decided=(*now.decided, decided))

    def subject_by_sheet(self, programme: str, site: str, sheet_number: str) -> SubjectState | None:
        here = [s for s in self.work.subjects if f"{s.id:05d}" == sheet_number and s.site == site]
        return here[0] if here else None

    def commit(self, event: AuditEvent) -> None:
        self.work.events.append(event)
        self.store.state = self.work


@dataclass
class Desk:
    """The acts on twins, and everything a test may look at."""

    store: FakeRecordsStore = field(default_factory=FakeRecordsStore)
    clock: FixedClock = field(default_factory=FixedClock)
    opener: PlainOpener = field(default_factory=PlainOpener)
    sealer: KeepingSealer = field(default_factory=KeepingSealer)
    dice: CountingDice = field(default_factory=CountingDice)
    fault: Fault = lambda _: None

    @property
    def acts(self) -> RecordActs:
        """The acts."""
        resealing = Resealing(self.opener, self.sealer, self.dice)
        return assembled(self.store, resealing, self.clock, self._reached)

    def _reached(self, point: str) -> None:
        self.fault(point)

    def rows(self, state: RecordState) -> list[Administration]:
        """The versions in that state."""
        return [one for one in self.store.state.rows.values() if one.state == state.value]
