"""What the acts on records may ask of the database. No other face imports this."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection

from qol.adapters.db import deposits, lab_subjects, mail_letters
from qol.adapters.db import record_rows as rows
from qol.adapters.db.transactions import SqlDrawingStore, SqlDrawingUnit
from qol.domain.administration import Administration
from qol.domain.errors import AlreadyReceivedError
from qol.domain.follow_up import Known
from qol.domain.records import Change, RecordState
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
from qol.usecases.ports import SubjectState


class SqlRecordsUnit(SqlDrawingUnit["SqlRecordsStore"]):
    """One transaction of the acts on records."""

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


class SqlRecordsStore(SqlDrawingStore[SqlRecordsUnit]):
    """Opens the units of the acts on records."""

    def _unit(self, connection: Connection, *, writes: bool) -> SqlRecordsUnit:
        return SqlRecordsUnit(self, connection, writes=writes)
