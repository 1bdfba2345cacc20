"""What the acts on records may ask of the database. No other face imports this."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from sqlalchemy import Connection

from qol.adapters.db import deposits, lab_subjects, mail_letters
from qol.adapters.db import record_rows as rows
from qol.adapters.db.documents import Decode, Releases, Versions, drawn_from
from qol.adapters.db.engine import Database
from qol.adapters.db.ledger import Recorder
from qol.domain.administration import Administration
from qol.domain.audit import AuditEvent
from qol.domain.errors import AlreadyReceivedError
from qol.domain.follow_up import Known
from qol.domain.instrument import Release
from qol.domain.records import Change, RecordState
from qol.domain.schedule import InForce
from qol.usecases.lab.ports import StoredRecord
from qol.usecases.lab.records.ports import (
    Decided,
    Entry,
    Letter,
    Line,
    Named,
    Report,
    SlotTakenError,
    Wanted,
)
from qol.usecases.ports import Fault, SubjectState


def no_fault(point: str) -> None:
    """Pass a named point of a transaction."""


class SqlRecordsUnit:
    """One transaction of the acts on records."""

    def __init__(self, store: SqlRecordsStore, connection: Connection, *, writes: bool) -> None:
        """Made by the store."""
        self._store = store
        self._connection = connection
        self._writes = writes

    def versions(self, programme: str) -> tuple[InForce, ...]:
        """List a programme's versions, oldest first."""
        return self._store.known_versions.read(self._connection, programme)

    def releases(self, programme: str) -> tuple[Release, ...]:
        """List the releases its versions draw from, each checked against its hashes."""
        wanted = drawn_from(self.versions(programme))
        return self._store.known_releases.read(self._connection, wanted)

    def lines(self, programme: str, wanted: Wanted, page: int) -> tuple[tuple[Line, ...], int]:
        """List one page (from 1) of a programme's records, newest first, and count them all."""
        return rows.lines(self._connection, programme, wanted, page)

    def record(self, programme: str, record: str) -> StoredRecord | None:
        """Find one version, whatever its state; None when it is no record of the programme."""
        return rows.record(self._connection, programme, record)

    def at(self, subject_id: int, timepoint: str) -> tuple[StoredRecord, ...]:
        """List the current and frozen versions of a subject at a timepoint."""
        return rows.at(self._connection, subject_id, timepoint)

    def trail(self, record: str) -> tuple[Change, ...]:
        """List every change of a version and of those before and after it, oldest first."""
        return rows.trail(self._connection, record)

    def known(self, subject_id: int, time_zone: str) -> Known:
        """Give what is stored of a subject's schedule, in days of the time zone."""
        return rows.known(self._connection, subject_id, time_zone)

    def entry(self, record: str) -> Entry | None:
        """Say who entered a version, if somebody did for the patient."""
        return rows.entry(self._connection, record)

    def letters(self, records: tuple[str, ...]) -> tuple[Letter, ...]:
        """List the sheets that these versions were typed from or had beside them, by number."""
        return mail_letters.of_records(self._connection, records)

    def duplicates(self, programme: str) -> tuple[Letter, ...]:
        """List a programme's sheets that came for a filled place, by number."""
        return mail_letters.duplicates(self._connection, programme)

    def named(self, programme: str, actors: Iterable[str]) -> dict[str, Named]:
        """Name the actors who hold or held a grant in the programme; others stay references."""
        return rows.named(self._connection, programme, actors)

    def attempted(self, attempt: str) -> bool:
        """Say whether this page's act is done already."""
        return rows.attempted(self._connection, attempt)

    def mark(self, record: str, before: RecordState, after: RecordState) -> None:
        """Change a version's state; ChangedMeanwhileError when it is not ``before``."""
        rows.mark(self._connection, record, before, after)

    def add(self, administration: Administration) -> None:
        """Insert a version; SlotTakenError when its slot is filled."""
        try:
            deposits.add(self._connection, administration)
        except AlreadyReceivedError as error:
            raise SlotTakenError("This slot was filled by somebody else.") from error

    def changed(self, change: Change) -> None:
        """Append to the trail."""
        rows.changed(self._connection, change)

    def reports(self, programme: str, key: tuple[str, str] | None = None) -> tuple[Report, ...]:
        """List a programme's reports, or those of a subject's timepoint, oldest first."""
        return rows.reports(self._connection, programme, key)

    def report(self, programme: str, subject: str, timepoint: str) -> Report | None:
        """Find the newest report of a visit by the subject's reference."""
        found = rows.reports(self._connection, programme, (subject, timepoint))
        return found[-1] if found else None

    def decide(self, report: Report, decided: Decided) -> None:
        """Append a decision; ChangedMeanwhileError when the report was decided before."""
        rows.decide(self._connection, report, decided)

    def subject_by_sheet(self, programme: str, site: str, sheet_number: str) -> SubjectState | None:
        """Find a subject by its sheet number, unique in a site."""
        return lab_subjects.by_sheet(self._connection, programme, site, sheet_number)

    def commit(self, event: AuditEvent) -> None:
        """Write the event and commit; a reading unit does so in a transaction of its own."""
        if self._writes:
            self._store.record(self._connection, event)
        else:
            with self._store.database.writing() as connection:
                self._store.record(connection, event)


class SqlRecordsStore:
    """Opens the units of the acts on records."""

    def __init__(
        self, database: Database, decode: Decode, recorder: Recorder, fault: Fault = no_fault
    ) -> None:
        """``decode`` draws releases from their bytes; ``recorder`` writes the ledger.

        ``fault`` is called at after_begin, after_event and after_commit.
        """
        self.database = database
        self._recorder = recorder
        self.fault = fault
        self.known_releases = Releases(decode)
        self.known_versions = Versions()

    def record(self, connection: Connection, event: AuditEvent) -> None:
        """Write the event and commit: nothing here commits otherwise."""
        with self._recorder.writing(connection, event):
            self.fault("after_event")
            connection.commit()
        self.fault("after_commit")

    @contextmanager
    def reading(self) -> Iterator[SqlRecordsUnit]:
        """Open a snapshot; reading row-level data commits its own event at the end."""
        with self.database.reading() as connection:
            yield SqlRecordsUnit(self, connection, writes=False)

    @contextmanager
    def writing(self) -> Iterator[SqlRecordsUnit]:
        """Open a write transaction; rolled back unless committed."""
        with self.database.writing() as connection:
            self.fault("after_begin")
            yield SqlRecordsUnit(self, connection, writes=True)
