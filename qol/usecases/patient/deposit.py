"""Deposit one administration: seal first, then one short transaction, only then a receipt.

Design section 3.5 and 3.6. The row and its event are one commit. Same slot and same visit:
the same receipt. Same slot, another visit: AlreadyReceivedError. Never an overwrite.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from qol.domain.administration import Administration, Body, Context
from qol.domain.audit import Act, AuditEvent
from qol.domain.errors import AlreadyReceivedError, NotAllowedError
from qol.domain.instrument import Release
from qol.domain.schedule import DatedWindow, Slot, upcoming
from qol.usecases.patient.visit import Visit
from qol.usecases.ports import Clock, Dice, Fault, PatientStore, Sealer, SubjectState


class SubjectGoneError(NotAllowedError):
    """The subject's code died in mid-visit; nothing was stored."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a patient is told: the day, and when to come back. No content."""

    day: date
    later: tuple[DatedWindow, ...]


@dataclass(frozen=True, slots=True)
class Deposit:
    """``Deposit(...)(visit, index, release, body)`` stores the answers or raises."""

    store: PatientStore
    sealer: Sealer
    clock: Clock
    dice: Dice
    fault: Fault = lambda _: None

    def __call__(self, visit: Visit, index: int, release: Release, body: Body) -> Receipt:
        """Store one sealed administration and give its receipt.

        AlreadyReceivedError when the slot holds another visit's; SubjectGoneError when the
        subject was revoked; StoreUnavailableError when the database cannot take it.
        """
        with self.store.reading() as unit:
            subject = unit.subject(visit.subject)
            if subject is None or subject.day_zero is None or not visit.belongs_to(subject):
                raise SubjectGoneError("this code was withdrawn during the visit")
            versions = unit.versions(subject.programme)
        today = self.clock.today(versions[-1].programme.time_zone)
        receipt = Receipt(today, upcoming(versions, subject.day_zero, today))
        self.fault("before_sealing")
        self._store(visit, self._sealed(visit, index, release, body, subject))
        return receipt

    def _sealed(
        self, visit: Visit, index: int, release: Release, body: Body, subject: SubjectState
    ) -> Administration:
        form, now, reference = visit.forms[index], self.clock.now(), self.dice.reference()
        context = Context(
            reference, subject.reference, visit.programme, form.timepoint, release.hash
        )
        sealed = self.sealer.seal(visit.programme, now.year, body.canonical(), context)
        return Administration(
            id=reference,
            subject_id=visit.subject,
            programme=visit.programme,
            programme_version=form.programme_version,
            timepoint=form.timepoint,
            instrument=form.instrument,
            release_id=release.id,
            mode=visit.mode,
            received_at=now,
            visit=visit.number,
            envelope=sealed.envelope,
            key_id=sealed.key_id,
            escrow_key_id=sealed.escrow_key_id,
        )

    def _store(self, visit: Visit, row: Administration) -> None:
        event = AuditEvent(Act.DEPOSITED, "patient", row.id, {"mode": row.mode.value})
        try:
            with self.store.writing() as unit:
                if not visit.belongs_to(unit.subject(visit.subject)):
                    raise SubjectGoneError("this code was withdrawn during the visit")
                unit.add(row)
                unit.commit(event)
        except AlreadyReceivedError:
            with self.store.reading() as unit:
                if (
                    unit.visit_of(visit.subject, Slot(row.timepoint, row.instrument))
                    != visit.number
                ):
                    raise
