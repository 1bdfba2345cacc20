"""Replace a lost pseudonym: the subject stays, the old code dies at once."""

from __future__ import annotations

from dataclasses import dataclass

from qol.domain.audit import Act, AuditEvent
from qol.usecases.lab.ports import LabStore
from qol.usecases.lab.pseudonyms import Issued, Mint, Place
from qol.usecases.ports import Clock


@dataclass(frozen=True, slots=True)
class ReplacePseudonym:
    """Give a subject a new code under a new sheet number."""

    store: LabStore
    clock: Clock
    mint: Mint

    def __call__(self, place: Place, actor: str) -> Issued:
        """Replace by sheet number and return the new sheet."""
        with self.store.writing() as unit:
            subject = place.subject(unit)
            sheet = self.mint.sheet_number(place, unit)
            stored, shown = self.mint.stored(subject.reference)
            unit.replace(subject.id, stored, sheet, self.clock.now())
            event = AuditEvent(
                Act.PSEUDONYM_REPLACED, actor, f"subject:{subject.reference}", {"site": place.site}
            )
            unit.commit(event)
        return Issued(sheet, shown)
