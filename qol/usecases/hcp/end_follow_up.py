"""End a subject's follow-up, and say why: its schedule stops and its pseudonym dies."""

from __future__ import annotations

from dataclasses import dataclass

from qol.domain.audit import Act, AuditEvent
from qol.domain.errors import AlreadySaidError
from qol.domain.follow_up import Reason
from qol.domain.place import Place
from qol.usecases.hcp.ports import HcpStore, Said
from qol.usecases.hcp.sheets import sheet_of
from qol.usecases.ports import Clock


@dataclass(frozen=True, slots=True)
class EndFollowUp:
    """``EndFollowUp(...)(place, actor, sheet, reason)`` ends it today."""

    store: HcpStore
    clock: Clock

    def __call__(self, place: Place, actor: str, number: str, reason: Reason) -> None:
        """End it; AlreadySaidError on a second click."""
        with self.store.writing() as unit:
            sheet = sheet_of(unit, place, number, self.clock)
            if sheet.known.ended is not None:
                raise AlreadySaidError("This follow-up has ended.")
            said = Said(actor, self.clock.now())
            unit.end_follow_up(sheet.subject.id, sheet.today, reason, said)
            event = AuditEvent(
                Act.FOLLOW_UP_ENDED, actor, sheet.reference, {"reason": reason.value}
            )
            unit.commit(event)
