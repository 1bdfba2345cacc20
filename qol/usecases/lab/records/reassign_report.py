"""Give answers to the person they are of: new administrations under the right subject (T-19)."""

from __future__ import annotations

from dataclasses import dataclass

from qol.domain.administration import Administration
from qol.domain.audit import Act, AuditEvent
from qol.domain.errors import NotAllowedError
from qol.domain.records import Change, ChangeKind, Decision, RecordState
from qol.usecases.lab.opened_record import release_of
from qol.usecases.lab.ports import StoredRecord
from qol.usecases.lab.records.decide_report import Key, frozen_by_report, told
from qol.usecases.lab.records.ports import (
    ChangedMeanwhileError,
    Decided,
    RecordsStore,
    RecordsUnit,
    Report,
    SlotTakenError,
)
from qol.usecases.lab.records.read_reports import report_of
from qol.usecases.lab.records.resealing import Resealing
from qol.usecases.ports import Clock, Fault, SubjectState


class NoSuchSubjectError(NotAllowedError):
    """The report's site has no such sheet in follow-up, or it is the reported one itself."""


class NothingToMoveError(NotAllowedError):
    """The slots are empty, or what they hold is frozen for another reason."""


@dataclass(frozen=True, slots=True)
class Right:
    """Whose answers they are, by the sheet number at the report's site; ``exchange`` swaps."""

    attempt: str
    sheet_number: str
    exchange: bool


@dataclass(frozen=True, slots=True)
class _Move:
    """One version and the subject that its successor is sealed for."""

    stored: StoredRecord
    made: Administration
    frozen: bool


@dataclass(frozen=True, slots=True)
class ReassignReport:
    """``ReassignReport(...)(programme, actor, report, right)`` seals each again and moves it."""

    store: RecordsStore
    resealing: Resealing
    clock: Clock
    fault: Fault = lambda _: None

    def __call__(self, programme: str, actor: str, key: Key, right: Right) -> None:
        """Seal first, then one short transaction; a second click changes nothing more.

        UnknownRecordError, NoSuchSubjectError, NothingToMoveError, KeyAbsentError;
        SlotTakenError when the right subject has answers there and nothing is exchanged;
        ChangedMeanwhileError when somebody decided before.
        """
        with self.store.reading() as unit:
            if unit.attempted(right.attempt):
                return
            report = report_of(unit, programme, *key)
            subject = _subject(unit, programme, report, right.sheet_number)
            moves = self._moves(unit, programme, report, subject, right)
        decision = Decision.EXCHANGED if right.exchange else Decision.REASSIGNED
        decided = Decided(right.attempt, decision, actor, self.clock.now(), subject.id)
        reference, detail = f"subject:{report.subject}", told(report, decided, len(moves))
        event = AuditEvent(Act.REPORT_DECIDED, actor, reference, detail)
        self.fault("after_sealing")
        try:
            with self.store.writing() as unit:
                unit.decide(report, decided)
                _moved(unit, moves, report, decided)
                self.fault("after_rows")
                unit.commit(event)
        except ChangedMeanwhileError:
            with self.store.reading() as unit:
                if not unit.attempted(right.attempt):
                    raise

    def _moves(
        self,
        unit: RecordsUnit,
        programme: str,
        report: Report,
        subject: SubjectState,
        right: Right,
    ) -> list[_Move]:
        here = unit.at(report.subject_id, report.timepoint)
        there = unit.at(subject.id, report.timepoint)
        if not here:
            raise NothingToMoveError("There is nothing in these slots.")
        if there and not right.exchange:
            raise SlotTakenError("The right subject has answers of its own at this visit.")
        releases = {one.id: one for one in unit.releases(programme)}
        away = (subject.id, subject.reference)
        back = (report.subject_id, report.subject)
        moves = []
        for stored, whose in [(one, away) for one in here] + [(one, back) for one in there]:
            frozen = stored.administration.state == RecordState.FROZEN.value
            if frozen and not frozen_by_report(unit, stored):
                raise NothingToMoveError("One of them is frozen for another reason.")
            release = release_of(releases, stored)
            body = self.resealing.opened(stored, release)
            made = self.resealing.sealed(stored, release, body, whose, right.attempt)
            moves.append(_Move(stored, made, frozen))
        return moves


def _subject(unit: RecordsUnit, programme: str, report: Report, number: str) -> SubjectState:
    found = unit.subject_by_sheet(programme, report.site, number)
    if found is None or found.day_zero is None or found.id == report.subject_id:
        raise NoSuchSubjectError("This site follows no other person under that sheet.")
    return found


def _moved(unit: RecordsUnit, moves: list[_Move], report: Report, decided: Decided) -> None:
    """Empty every slot first, so that an exchange finds them free."""
    for move in moves:
        state = RecordState.FROZEN if move.frozen else RecordState.CURRENT
        unit.mark(move.stored.administration.id, state, RecordState.CORRECTED)
    for move in moves:
        unit.add(move.made)
        change = Change(
            attempt=decided.attempt,
            record=move.stored.administration.id,
            kind=ChangeKind.REASSIGNED,
            reason=report.reason.value,
            actor=decided.actor,
            at=decided.at,
            successor=move.made.id,
        )
        unit.changed(change)
