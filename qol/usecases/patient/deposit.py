"""Deposit one administration of a visit: stored first, only then a receipt."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from qol.domain.administration import Administration, Body
from qol.domain.errors import NotAllowedError
from qol.domain.instrument import Release
from qol.domain.schedule import DatedWindow, upcoming
from qol.usecases.patient.visit import Visit
from qol.usecases.ports import Clock, Dice, Fault, PatientStore, PatientUnit, Sealer
from qol.usecases.recording import Filled, Recording


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

        def add(unit: PatientUnit, row: Administration) -> None:
            if not visit.belongs_to(unit.subject(visit.subject)):
                raise SubjectGoneError("this code was withdrawn during the visit")
            unit.add(row)

        filled = Filled(visit.forms[index], release, visit.mode, visit.number)
        record = Recording(self.store, self.sealer, self.clock, self.dice, self.fault)
        record(filled, subject, body, "patient", add)
        return receipt
