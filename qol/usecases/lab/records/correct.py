"""Correct a record: a new version, sealed again, with a coded reason and source (EA-11.1)."""

from __future__ import annotations

from dataclasses import dataclass, replace

from qol.domain.administration import Administration
from qol.domain.answers import Answer
from qol.domain.audit import Act, AuditEvent
from qol.domain.errors import NotAllowedError
from qol.domain.records import (
    Change,
    ChangeKind,
    CorrectionReason,
    RecordState,
    Source,
    changed_items,
    corrected,
    newly_open,
)
from qol.usecases.lab.ports import StoredRecord
from qol.usecases.lab.records.ports import ChangedMeanwhileError, RecordsStore
from qol.usecases.lab.records.read_record import found
from qol.usecases.lab.records.resealing import Resealing
from qol.usecases.ports import Clock, Fault


class NothingChangedError(NotAllowedError):
    """What was typed is what stood there."""


class OpenedItemsError(NotAllowedError):
    """The correction opens ``items`` that it does not answer."""

    def __init__(self, items: list[str]) -> None:
        """Keep which."""
        super().__init__("this correction opens items that it does not answer")
        self.items = items


@dataclass(frozen=True, slots=True)
class Correction:
    """What is corrected, and why. ``answers`` holds the items given anew and no other."""

    attempt: str
    answers: dict[str, Answer]
    reason: CorrectionReason
    source: Source


@dataclass(frozen=True, slots=True)
class Correct:
    """``Correct(...)(programme, actor, record, correction)`` makes the next version."""

    store: RecordsStore
    resealing: Resealing
    clock: Clock
    fault: Fault = lambda _: None

    def __call__(self, programme: str, actor: str, record: str, correction: Correction) -> None:
        """Seal first, then one short transaction; a second click changes nothing more.

        UnknownRecordError, NothingChangedError, OpenedItemsError, KeyAbsentError;
        ChangedMeanwhileError when the version is no longer current.
        """
        with self.store.reading() as unit:
            stored, release = found(unit, programme, record)
            done = unit.attempted(correction.attempt)
        if done:
            return
        if stored.administration.state != RecordState.CURRENT.value:
            raise ChangedMeanwhileError("This version is not the current one.")
        body = self.resealing.opened(stored, release)
        instrument, given = release.instrument, correction.answers
        opened = newly_open(instrument, body.answers, given)
        if opened:
            raise OpenedItemsError(opened)
        answers = corrected(instrument, body.answers, given)
        if not changed_items(body.answers, answers):
            raise NothingChangedError("Nothing of what was typed differs from what stood there.")
        subject = (stored.administration.subject_id, stored.subject_reference)
        made = self.resealing.sealed(
            stored, release, replace(body, answers=answers), subject, correction.attempt
        )
        self.fault("after_sealing")
        self._kept(stored, made, actor, correction)

    def _kept(
        self, stored: StoredRecord, made: Administration, actor: str, correction: Correction
    ) -> None:
        before = stored.administration.id
        change = Change(
            attempt=correction.attempt,
            record=before,
            kind=ChangeKind.CORRECTED,
            reason=correction.reason.value,
            actor=actor,
            at=self.clock.now(),
            source=correction.source,
            successor=made.id,
        )
        event = AuditEvent(
            Act.RECORD_CORRECTED,
            actor,
            f"subject:{stored.subject_reference}",
            {
                "record": before,
                "successor": made.id,
                "reason": correction.reason.value,
                "source": correction.source.value,
            },
        )
        try:
            with self.store.writing() as unit:
                unit.mark(before, RecordState.CURRENT, RecordState.CORRECTED)
                unit.add(made)
                unit.changed(change)
                self.fault("after_rows")
                unit.commit(event)
        except ChangedMeanwhileError:
            with self.store.reading() as unit:
                if not unit.attempted(correction.attempt):
                    raise
