"""Read the destructions of paper, and the certificate of one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from qol.domain.audit import Act, AuditEvent
from qol.domain.mail_room import ReceivedSheet
from qol.usecases.lab.mail_room.finding import UnknownSheetError
from qol.usecases.lab.mail_room.ports import Batch, MailStore
from qol.usecases.ports import Clock


@dataclass(frozen=True, slots=True)
class Destructions:
    """The batches, newest first, and the sheets whose paper has served."""

    batches: tuple[Batch, ...]
    served: tuple[ReceivedSheet, ...]
    today: date


@dataclass(frozen=True, slots=True)
class ReadDestructions:
    """``ReadDestructions(...)(programme, actor)`` lists them."""

    store: MailStore
    clock: Clock

    def __call__(self, programme: str, actor: str) -> Destructions:
        """List them; the reading is in the ledger."""
        with self.store.reading() as unit:
            batches = unit.batches(programme)
            served = tuple(one for one in unit.sheets(programme) if one.destroyable)
            zone = unit.versions(programme)[-1].programme.time_zone
            detail: dict[str, str | int] = {"count": len(served)}
            unit.commit(AuditEvent(Act.SHEETS_READ, actor, f"programme:{programme}", detail))
        return Destructions(batches, served, self.clock.today(zone))


@dataclass(frozen=True, slots=True)
class ReadCertificate:
    """``ReadCertificate(...)(programme, actor, batch)`` gives what its certificate says."""

    store: MailStore

    def __call__(self, programme: str, actor: str, batch: str) -> Batch:
        """Read it; UnknownSheetError when the programme has no such batch."""
        with self.store.reading() as unit:
            found = unit.batch(programme, batch)
            if found is None:
                raise UnknownSheetError("This programme has no such batch.")
            unit.commit(AuditEvent(Act.CERTIFICATE_READ, actor, f"destruction:{batch}"))
        return found
