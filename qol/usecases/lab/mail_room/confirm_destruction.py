"""Confirm that the paper of a batch is destroyed: a second person's word."""

from __future__ import annotations

from dataclasses import dataclass

from qol.domain.audit import Act, AuditEvent
from qol.domain.errors import AlreadySaidError, NotAllowedError
from qol.domain.mail_room import ranges
from qol.usecases.lab.mail_room.finding import UnknownSheetError
from qol.usecases.lab.mail_room.ports import MailStore, Said
from qol.usecases.ports import Clock


class OwnBatchError(NotAllowedError):
    """A batch is confirmed by somebody else than who prepared it."""


@dataclass(frozen=True, slots=True)
class ConfirmDestruction:
    """``ConfirmDestruction(...)(programme, actor, batch)`` makes the certificate."""

    store: MailStore
    clock: Clock

    def __call__(self, programme: str, actor: str, batch: str) -> None:
        """Confirm it; UnknownSheetError, OwnBatchError, AlreadySaidError."""
        with self.store.writing() as unit:
            held = unit.batch(programme, batch)
            if held is None:
                raise UnknownSheetError("This programme has no such batch.")
            if held.confirmed is not None:
                raise AlreadySaidError("This was confirmed before; nothing was changed.")
            if held.prepared.actor == actor:
                raise OwnBatchError("Somebody else must confirm this destruction.")
            unit.confirm(batch, Said(actor, self.clock.now()))
            detail: dict[str, str | int] = {
                "count": len(held.sheets),
                "sheets": ranges(held.sheets),
                "method": held.method.value,
                "on": held.destroyed_on.isoformat(),
            }
            event = AuditEvent(Act.SHEETS_DESTROYED, actor, f"destruction:{batch}", detail)
            unit.commit(event)
