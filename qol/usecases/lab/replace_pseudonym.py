"""Replace a lost pseudonym: the subject stays, the old code dies at once."""

from __future__ import annotations

from dataclasses import dataclass

from qol.domain.audit import Act, AuditEvent
from qol.usecases.lab.ports import LabStore, Replacement
from qol.usecases.lab.pseudonyms import Issued, Mint, Place
from qol.usecases.ports import Clock


@dataclass(frozen=True, slots=True)
class ReplacePseudonym:
    """Give a subject a new code under a new sheet number."""

    store: LabStore
    clock: Clock
    mint: Mint

    def __call__(self, place: Place, actor: str, attempt: str = "") -> Issued:
        """Replace by sheet number and return the new sheet; an attempt twice is one sheet."""
        attempt, code = attempt or self.mint.dice.reference(), self.mint.code()
        with self.store.writing() as unit:
            before = unit.replacement(attempt)
            if before is not None:
                return Issued(before)
            subject = place.subject(unit)
            (sheet,) = self.mint.sheet_numbers(1, unit.sheets_of(place.site))
            now = self.clock.now()
            unit.replace(subject.id, self.mint.kept(code, subject.reference), sheet, now)
            old = place.sheet_number.upper()
            unit.keep_replacement(Replacement(subject.id, old, sheet, attempt, actor, now))
            event = AuditEvent(
                Act.PSEUDONYM_REPLACED, actor, f"subject:{subject.reference}", {"site": place.site}
            )
            unit.commit(event)
        return Issued(sheet, self.mint.shown(code))
