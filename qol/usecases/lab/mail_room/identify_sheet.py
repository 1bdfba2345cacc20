"""Say whose sheet it is, once its code has been found or read."""

from __future__ import annotations

from dataclasses import dataclass

from qol.domain.audit import Act, AuditEvent
from qol.domain.mail_room import TO_IDENTIFY, WAITING, Incident, SheetMovedError
from qol.usecases.lab.mail_room.finding import sheet_of
from qol.usecases.lab.mail_room.ports import MailStore, Said
from qol.usecases.lab.mail_room.register_sheet import found
from qol.usecases.ports import Clock, Digests


@dataclass(frozen=True, slots=True)
class IdentifySheet:
    """``IdentifySheet(...)(programme, actor, number, code)`` finds whose code it is."""

    store: MailStore
    digests: Digests
    clock: Clock

    def __call__(self, programme: str, actor: str, number: int, code: str) -> None:
        """Identify it; PseudonymError, UnknownCodeError, SheetMovedError."""
        said = Said(actor, self.clock.now())
        with self.store.writing() as unit:
            filed = sheet_of(unit, programme, number)
            missing = [one for one in filed.sheet.unsettled if one in TO_IDENTIFY]
            if not missing or filed.sheet.state not in WAITING:
                raise SheetMovedError("This sheet does not wait for its code.")
            subject = found(unit, self.digests, programme, code)
            unit.identify(filed.id, subject.id)
            for incident in missing:
                unit.settle(filed.id, incident, said)
            if not subject.live:
                unit.say(filed.id, Incident.CODE_DEAD, said)
            unit.commit(AuditEvent(Act.SHEET_IDENTIFIED, actor, filed.reference))
