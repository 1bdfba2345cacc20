"""Read the professionals' reports that answers are another person's: which, never what (T-19)."""

from __future__ import annotations

from dataclasses import dataclass

from qol.domain.audit import Act, AuditEvent
from qol.domain.records import RecordState
from qol.usecases.lab.ports import StoredRecord
from qol.usecases.lab.records.ports import (
    ChangedMeanwhileError,
    Named,
    RecordsStore,
    RecordsUnit,
    Report,
    UnknownRecordError,
)
from qol.usecases.ports import Dice


@dataclass(frozen=True, slots=True)
class ReportShown:
    """A report, what is in its slots now, and the number of the page it is decided on."""

    report: Report
    records: tuple[StoredRecord, ...]
    attempt: str
    named: dict[str, Named]
    earlier: tuple[Report, ...]
    """Those of the same visit that were decided before."""

    @property
    def frozen(self) -> bool:
        """Say whether all of it is frozen already."""
        states = {one.administration.state for one in self.records}
        return states == {RecordState.FROZEN.value}


@dataclass(frozen=True, slots=True)
class ListReports:
    """``ListReports(store)(programme, actor)`` gives those that wait first."""

    store: RecordsStore

    def __call__(self, programme: str, actor: str) -> tuple[Report, ...]:
        """List; the event counts them."""
        with self.store.reading() as unit:
            listed = unit.reports(programme)
            waiting = sum(one.open for one in listed)
            event = AuditEvent(
                Act.REPORTS_LISTED,
                actor,
                f"programme:{programme}",
                {"count": len(listed), "open": waiting},
            )
            unit.commit(event)
        return tuple(sorted(listed, key=lambda one: (not one.open, one.at)))


@dataclass(frozen=True, slots=True)
class ReadReport:
    """``ReadReport(...)(programme, actor, subject, timepoint)`` gives one report."""

    store: RecordsStore
    dice: Dice

    def __call__(self, programme: str, actor: str, subject: str, timepoint: str) -> ReportShown:
        """Read; UnknownRecordError."""
        with self.store.reading() as unit:
            report = report_of(unit, programme, subject, timepoint)
            records = unit.at(report.subject_id, timepoint)
            *earlier, _ = unit.reports(programme, (subject, timepoint))
            told = [*earlier, report]
            actors = [one.actor for one in told]
            actors += [who.actor for one in told for who in one.decided]
            named = unit.named(programme, actors)
            event = AuditEvent(
                Act.REPORT_READ, actor, f"subject:{subject}", {"timepoint": timepoint}
            )
            unit.commit(event)
        return ReportShown(report, records, self.dice.reference(), named, tuple(earlier))


def report_of(
    unit: RecordsUnit, programme: str, subject: str, timepoint: str, number: int | None = None
) -> Report:
    """Find the newest report of a visit; UnknownRecordError.

    ``number`` is the one that was looked at; ChangedMeanwhileError when there is a newer one.
    """
    found = unit.report(programme, subject, timepoint)
    if found is None:
        raise UnknownRecordError("This programme has no such report.")
    if number not in {None, found.number}:
        raise ChangedMeanwhileError("This visit was reported anew.")
    return found
