"""Say that a timepoint was not done, and why; a later deposit still counts."""

from __future__ import annotations

from dataclasses import dataclass

from qol.domain.audit import Act, AuditEvent
from qol.domain.errors import AlreadySaidError, NotAllowedError
from qol.domain.follow_up import WAITED_FOR, Reason, State
from qol.domain.place import Place
from qol.usecases.hcp.ports import HcpStore, Said
from qol.usecases.hcp.sheets import Sheet, sheet_of
from qol.usecases.ports import Clock


class NotWaitedForError(NotAllowedError):
    """The timepoint is neither due nor late."""


@dataclass(frozen=True, slots=True)
class NotDone:
    """``NotDone(...)(place, actor, sheet, timepoint, reason)`` keeps the reason."""

    store: HcpStore
    clock: Clock

    def __call__(
        self, place: Place, actor: str, number: str, timepoint: str, reason: Reason
    ) -> None:
        """Keep it; NotWaitedForError, or AlreadySaidError on a second click."""
        with self.store.writing() as unit:
            sheet = sheet_of(unit, place, number, self.clock)
            refuse_not_waited_for(sheet, timepoint)
            said = Said(actor, self.clock.now())
            unit.mark_not_done(sheet.subject.id, timepoint, reason, said)
            event = AuditEvent(
                Act.TIMEPOINT_NOT_DONE,
                actor,
                sheet.reference,
                {"timepoint": timepoint, "reason": reason.value},
            )
            unit.commit(event)


def refuse_not_waited_for(sheet: Sheet, timepoint: str) -> None:
    """Raise unless the timepoint is due or late."""
    found = [one.state for one in sheet.standings() if one.timepoint.code == timepoint]
    if State.NOT_DONE in found:
        raise AlreadySaidError("It was said that this visit was not done.")
    if not WAITED_FOR.intersection(found):
        raise NotWaitedForError("Nothing is waited for at this visit.")
