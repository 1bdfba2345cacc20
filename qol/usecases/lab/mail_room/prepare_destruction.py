"""Put sheets together whose paper is destroyed; another person confirms it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from qol.domain.audit import Act, AuditEvent
from qol.domain.mail_room import Destruction, SheetMovedError, ranges
from qol.usecases.lab.mail_room.ports import Batch, MailStore, Said
from qol.usecases.lab.mail_room.register_sheet import UnlikelyDayError
from qol.usecases.ports import Clock, Dice


@dataclass(frozen=True, slots=True)
class PrepareDestruction:
    """``PrepareDestruction(...)(programme, actor, numbers, method, on)`` gives the batch's id."""

    store: MailStore
    clock: Clock
    dice: Dice

    def __call__(
        self, programme: str, actor: str, numbers: Sequence[int], method: Destruction, on: date
    ) -> str:
        """Prepare it; SheetMovedError when a sheet has not served yet, UnlikelyDayError."""
        said, reference = Said(actor, self.clock.now()), self.dice.reference()
        with self.store.writing() as unit:
            zone = unit.versions(programme)[-1].programme.time_zone
            if on > self.clock.today(zone):
                raise UnlikelyDayError("The paper is not destroyed yet.")
            served = {one.number: one for one in unit.sheets(programme) if one.destroyable}
            if not numbers or not set(numbers) <= set(served):
                raise SheetMovedError("A sheet of this batch has not served yet.")
            if any(served[number].received_on > on for number in numbers):
                raise UnlikelyDayError("A sheet was received after that day.")
            chosen = tuple(sorted(set(numbers)))
            unit.prepare(Batch(reference, programme, method, on, said, None, chosen))
            detail: dict[str, str | int] = {"count": len(chosen), "sheets": ranges(chosen)}
            event = AuditEvent(Act.DESTRUCTION_PREPARED, actor, f"destruction:{reference}", detail)
            unit.commit(event)
        return reference
