"""Read where one subject stands; reading it is an event (EA-JOU-1-a)."""

from __future__ import annotations

from dataclasses import dataclass

from qol.domain.audit import Act, AuditEvent
from qol.domain.place import Place
from qol.usecases.hcp.ports import HcpStore
from qol.usecases.hcp.sheets import Sheet, sheet_of
from qol.usecases.ports import Clock


@dataclass(frozen=True, slots=True)
class ReadSheet:
    """``ReadSheet(...)(place, actor, sheet)`` gives the sheet."""

    store: HcpStore
    clock: Clock

    def __call__(self, place: Place, actor: str, sheet: str) -> Sheet:
        """Read it; UnknownSheetError when the place has none of that number."""
        with self.store.reading() as unit:
            found = sheet_of(unit, place, sheet, self.clock)
            unit.commit(AuditEvent(Act.SUBJECT_READ, actor, found.reference, {"site": place.site}))
        return found
