"""Decide what a sheet is whose slot held answers already. No decision adds an answer."""

from __future__ import annotations

from dataclasses import dataclass

from qol.domain.audit import Act, AuditEvent
from qol.domain.mail_room import Duplicate, SheetMovedError, SheetState
from qol.usecases.lab.mail_room.finding import sheet_of
from qol.usecases.lab.mail_room.ports import MailStore, Said
from qol.usecases.ports import Clock


@dataclass(frozen=True, slots=True)
class DecideDuplicate:
    """``DecideDuplicate(...)(programme, actor, number, decision)`` keeps it."""

    store: MailStore
    clock: Clock

    def __call__(self, programme: str, actor: str, number: int, decision: Duplicate) -> None:
        """Keep it; AlreadySaidError when it was decided, SheetMovedError for no duplicate."""
        with self.store.writing() as unit:
            filed = sheet_of(unit, programme, number)
            if filed.sheet.state is not SheetState.DUPLICATE:
                raise SheetMovedError("This sheet is no duplicate.")
            unit.decide(filed.id, decision, Said(actor, self.clock.now()))
            detail: dict[str, str | int] = {"decision": decision.value}
            unit.commit(AuditEvent(Act.SHEET_DUPLICATE_DECIDED, actor, filed.reference, detail))
