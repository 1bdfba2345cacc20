"""Decide on a report without moving anything: freeze until it is known, or dismiss it."""

from __future__ import annotations

from dataclasses import dataclass

from qol.domain.audit import Act, AuditEvent
from qol.domain.records import (
    Change,
    ChangeKind,
    Decision,
    FreezeReason,
    LiftReason,
    RecordState,
    frozen_for,
)
from qol.usecases.lab.ports import StoredRecord
from qol.usecases.lab.records.ports import (
    ChangedMeanwhileError,
    Decided,
    RecordsStore,
    RecordsUnit,
    Report,
)
from qol.usecases.lab.records.read_reports import report_of
from qol.usecases.ports import Clock

Key = tuple[str, str] | tuple[str, str, int]
"""A report: the subject's reference, the timepoint, and the number of the report looked at."""


@dataclass(frozen=True, slots=True)
class DecideReport:
    """``DecideReport(...)(programme, actor, report, attempt, decision)``."""

    store: RecordsStore
    clock: Clock

    def __call__(
        self, programme: str, actor: str, key: Key, attempt: str, decision: Decision
    ) -> None:
        """Freeze what is current, or lift what was frozen for this report and close it.

        UnknownRecordError; ChangedMeanwhileError when somebody decided before.
        """
        if decision not in {Decision.FROZEN, Decision.DISMISSED}:
            raise ValueError("this decision moves answers: see ReassignReport")
        try:
            with self.store.writing() as unit:
                report = report_of(unit, programme, *key)
                decided = Decided(attempt, decision, actor, self.clock.now())
                unit.decide(report, decided)
                records = unit.at(report.subject_id, report.timepoint)
                touched = _marked(unit, records, decided)
                reference, detail = f"subject:{report.subject}", told(report, decided, touched)
                unit.commit(AuditEvent(Act.REPORT_DECIDED, actor, reference, detail))
        except ChangedMeanwhileError:
            with self.store.reading() as unit:
                if not unit.attempted(attempt):
                    raise


def _marked(unit: RecordsUnit, records: tuple[StoredRecord, ...], decided: Decided) -> int:
    """Freeze or lift each; how many."""
    touched = 0
    for stored in records:
        row = stored.administration
        current = row.state == RecordState.CURRENT.value
        if decided.decision is Decision.FROZEN and current:
            unit.mark(row.id, RecordState.CURRENT, RecordState.FROZEN)
            kind, reason = ChangeKind.FROZEN, FreezeReason.MIXUP_SUSPECTED.value
        elif decided.decision is Decision.DISMISSED and frozen_by_report(unit, stored):
            unit.mark(row.id, RecordState.FROZEN, RecordState.CURRENT)
            kind, reason = ChangeKind.LIFTED, LiftReason.REPORT_DISMISSED.value
        else:
            continue
        unit.changed(Change(decided.attempt, row.id, kind, reason, decided.actor, decided.at))
        touched += 1
    return touched


def frozen_by_report(unit: RecordsUnit, stored: StoredRecord) -> bool:
    """Say whether a version is frozen, and for a suspected mix-up: this decision ends that."""
    row = stored.administration
    frozen = row.state == RecordState.FROZEN.value
    return frozen and frozen_for(unit.trail(row.id), row.id) == FreezeReason.MIXUP_SUSPECTED.value


def told(report: Report, decided: Decided, touched: int) -> dict[str, str | int]:
    """Say for the ledger what was decided, why it was reported and of how many records."""
    again: dict[str, str | int] = {"report": report.number} if report.number > 1 else {}
    return again | {
        "timepoint": report.timepoint,
        "decision": decided.decision.value,
        "reason": report.reason.value,
        "records": touched,
    }
