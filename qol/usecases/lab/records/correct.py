"""Correct a record: a new version, sealed again, with a coded reason and source (EA-11.1)."""

from __future__ import annotations

from dataclasses import dataclass, replace

from qol.domain.administration import Administration
from qol.domain.answers import Answer
from qol.domain.audit import Act, AuditEvent
from qol.domain.errors import NotAllowedError
from qol.domain.records import (
    ITEM,
    Change,
    ChangeKind,
    CorrectionReason,
    Facts,
    RecordState,
    Source,
    altered,
    corrected,
    facts_of,
    newly_open,
)
from qol.usecases.lab.ports import StoredRecord
from qol.usecases.lab.records.facts import Around, around, check_facts
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
    """What is corrected, and why.

    ``answers`` holds the items given anew and no other; ``facts`` None: they stay as they are.
    """

    attempt: str
    answers: dict[str, Answer]
    reason: CorrectionReason
    source: Source
    facts: Facts | None = None


@dataclass(frozen=True, slots=True)
class _Next:
    """The next version, and by their names which of its fields are new."""

    made: Administration
    fields: str


@dataclass(frozen=True, slots=True)
class Correct:
    """``Correct(...)(programme, actor, record, correction)`` makes the next version."""

    store: RecordsStore
    resealing: Resealing
    clock: Clock
    fault: Fault = lambda _: None

    def __call__(self, programme: str, actor: str, record: str, correction: Correction) -> None:
        """Seal first, then one short transaction; a second click changes nothing more.

        UnknownRecordError, NothingChangedError, OpenedItemsError, WrongRespondentError,
        WrongDayError, KeyAbsentError; ChangedMeanwhileError when it is no longer current.
        """
        with self.store.reading() as unit:
            stored, release = found(unit, programme, record)
            done = unit.attempted(correction.attempt)
            known = around(unit, stored, release, self.clock)
        if done:
            return
        if stored.administration.state != RecordState.CURRENT.value:
            raise ChangedMeanwhileError("This version is not the current one.")
        made = self._next(known, correction)
        self.fault("after_sealing")
        self._kept(stored, made, actor, correction)

    def _next(self, known: Around, correction: Correction) -> _Next:
        """Check what is given anew, and seal it with what stays."""
        stored, release = known.stored, known.release
        instrument, given = release.instrument, correction.answers
        mode = stored.administration.mode
        body = self.resealing.opened(stored, release)
        before = facts_of(body, mode)
        after = correction.facts or before
        opened = newly_open(instrument, body.answers, given)
        if opened:
            raise OpenedItemsError(opened)
        check_facts(known, before, after)
        new = replace(
            body,
            answers=corrected(instrument, body.answers, given),
            answered_on=after.answered_on,
            respondent=after.respondent,
        )
        found = altered(instrument.by_code, (body, mode), (new, after.mode))
        if not found:
            raise NothingChangedError("Nothing of what was typed differs from what stood there.")
        subject = (stored.administration.subject_id, stored.subject_reference)
        made = self.resealing.sealed(stored, release, new, subject, correction.attempt)
        names = dict.fromkeys("answers" if f.part.startswith(ITEM) else f.part for f in found)
        return _Next(replace(made, mode=after.mode), ",".join(names))

    def _kept(self, stored: StoredRecord, then: _Next, actor: str, correction: Correction) -> None:
        before, made = stored.administration.id, then.made
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
                "fields": then.fields,
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
