"""Activate a pseudonym when its sheet is handed over, with the subject's day zero."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from qol.domain.audit import Act, AuditEvent
from qol.domain.errors import NotAllowedError
from qol.usecases.lab.ports import LabStore
from qol.usecases.lab.pseudonyms import Place
from qol.usecases.ports import Clock

_FARTHEST = timedelta(days=366)


@dataclass(frozen=True, slots=True)
class ActivatePseudonym:
    """Make an issued code usable."""

    store: LabStore
    clock: Clock

    def __call__(self, place: Place, day_zero: date, actor: str) -> None:
        """Activate the sheet's code; NotAllowedError for an unlikely day or a code not issued."""
        now = self.clock.now()
        if abs(day_zero - now.date()) > _FARTHEST:
            raise NotAllowedError("Day zero is more than a year away: check the date.")
        with self.store.writing() as unit:
            subject = place.subject(unit)
            unit.activate(subject.id, day_zero, now)
            event = AuditEvent(
                Act.PSEUDONYM_ACTIVATED, actor, f"subject:{subject.reference}", {"site": place.site}
            )
            unit.commit(event)
