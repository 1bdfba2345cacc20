"""Settle an incident: attest that what names somebody is masked, or accept a dead code."""

from __future__ import annotations

from dataclasses import dataclass

from qol.domain.audit import Act, AuditEvent
from qol.domain.errors import NotAllowedError
from qol.domain.mail_room import TO_MASK, WAITING, Incident, SheetMovedError
from qol.usecases.lab.mail_room.finding import sheet_of
from qol.usecases.lab.mail_room.ports import MailStore, Said
from qol.usecases.ports import Clock


class OwnSheetError(NotAllowedError):
    """A dead code is accepted by somebody else than who opened the envelope."""


@dataclass(frozen=True, slots=True)
class SettleIncident:
    """``SettleIncident(...)(programme, actor, number, incident)`` keeps who settled it."""

    store: MailStore
    clock: Clock

    def __call__(self, programme: str, actor: str, number: int, incident: Incident) -> None:
        """Settle it; OwnSheetError, AlreadySaidError when it is not open."""
        with self.store.writing() as unit:
            filed = sheet_of(unit, programme, number)
            settled_here = incident in TO_MASK or incident is Incident.CODE_DEAD
            if filed.sheet.state not in WAITING or not settled_here:
                raise SheetMovedError("This incident cannot be settled here.")
            if incident is Incident.CODE_DEAD and actor == filed.sheet.opener:
                raise OwnSheetError("Somebody else must accept a code that is dead.")
            unit.settle(filed.id, incident, Said(actor, self.clock.now()))
            detail: dict[str, str | int] = {"incident": incident.value}
            unit.commit(AuditEvent(Act.SHEET_INCIDENT_SETTLED, actor, filed.reference, detail))
