"""Freeze a record and lift it: out of every export, count and print until then (EA-11.1 c)."""

from __future__ import annotations

from dataclasses import dataclass

from qol.domain.audit import Act, AuditEvent
from qol.domain.records import Change, ChangeKind, FreezeReason, LiftReason, RecordState
from qol.usecases.lab.records.ports import ChangedMeanwhileError, RecordsStore
from qol.usecases.lab.records.read_record import found
from qol.usecases.ports import Clock

_STEPS = {
    ChangeKind.FROZEN: (RecordState.CURRENT, RecordState.FROZEN, Act.RECORD_FROZEN),
    ChangeKind.LIFTED: (RecordState.FROZEN, RecordState.CURRENT, Act.RECORD_LIFTED),
}


@dataclass(frozen=True, slots=True)
class Freeze:
    """``Freeze(...)(programme, actor, record, attempt, reason)``: one reason freezes or lifts."""

    store: RecordsStore
    clock: Clock

    def __call__(
        self,
        programme: str,
        actor: str,
        record: str,
        attempt: str,
        reason: FreezeReason | LiftReason,
    ) -> None:
        """Change the state and the trail; a second click changes nothing more.

        UnknownRecordError; ChangedMeanwhileError when it is not current, or not frozen.
        """
        kind = ChangeKind.FROZEN if isinstance(reason, FreezeReason) else ChangeKind.LIFTED
        before, after, act = _STEPS[kind]
        change = Change(attempt, record, kind, reason.value, actor, self.clock.now())
        try:
            with self.store.writing() as unit:
                stored, _ = found(unit, programme, record)
                unit.mark(record, before, after)
                unit.changed(change)
                event = AuditEvent(
                    act,
                    actor,
                    f"subject:{stored.subject_reference}",
                    {"record": record, "reason": reason.value},
                )
                unit.commit(event)
        except ChangedMeanwhileError:
            with self.store.reading() as unit:
                if not unit.attempted(attempt):
                    raise
