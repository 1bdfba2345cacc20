"""Say what is wrong with a sheet; some incidents set it aside for good."""

from __future__ import annotations

from dataclasses import dataclass

from qol.domain.audit import Act, AuditEvent
from qol.domain.mail_room import SEEN_LATER, WAITING, Incident, SheetMovedError, Step, after
from qol.usecases.lab.mail_room.finding import sheet_of
from qol.usecases.lab.mail_room.ports import MailStore, Said
from qol.usecases.ports import Clock


@dataclass(frozen=True, slots=True)
class SayIncident:
    """``SayIncident(...)(programme, actor, number, incident)`` keeps it."""

    store: MailStore
    clock: Clock

    def __call__(self, programme: str, actor: str, number: int, incident: Incident) -> None:
        """Keep it; AlreadySaidError on a second click, SheetMovedError when nothing waits."""
        said = Said(actor, self.clock.now())
        with self.store.writing() as unit:
            filed = sheet_of(unit, programme, number)
            ends = filed.sheet.set_aside_by(incident)
            if filed.sheet.state not in WAITING or not (ends or incident in SEEN_LATER):
                raise SheetMovedError("This incident cannot be said of this sheet now.")
            if incident not in filed.sheet.incidents or not ends:
                unit.say(filed.id, incident, said)
            if ends:
                unit.move(filed.id, after(filed.sheet.state, Step.SET_ASIDE))
            act = Act.SHEET_SET_ASIDE if ends else Act.SHEET_INCIDENT_SAID
            unit.commit(AuditEvent(act, actor, filed.reference, {"incident": incident.value}))
