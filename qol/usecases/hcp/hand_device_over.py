"""Hand the device to the patient: the professional is signed out as the ticket is made.

Both are one commit, so that Back never meets a session. The patient's face spends the ticket.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from qol.domain.audit import Act, AuditEvent
from qol.domain.errors import NotAllowedError
from qol.domain.place import Place
from qol.domain.schedule import due
from qol.usecases.hcp.ports import HcpStore
from qol.usecases.hcp.sheets import Sheet, sheet_of
from qol.usecases.ports import Clock, Dice, Digests, Ticket
from qol.usecases.recording import due_forms

_TICKET = re.compile(r"[a-z0-9]{26}")


class NothingToFillError(NotAllowedError):
    """The patient has nothing to fill today, or no code that works."""


@dataclass(frozen=True, slots=True)
class HandDeviceOver:
    """``HandDeviceOver(...)(place, actor, sheet, ticket, session)`` makes the ticket good."""

    store: HcpStore
    digests: Digests
    clock: Clock
    dice: Dice

    def __call__(self, place: Place, actor: str, number: str, ticket: str, session: bytes) -> None:
        """Keep the ticket's digest and end the session; NothingToFillError when it would be idle.

        ``ticket`` is the random text of the page; ``session`` the digest of the session.
        """
        if not _TICKET.fullmatch(ticket):
            raise NothingToFillError("This page is not one of ours: open it again.")
        with self.store.writing() as unit:
            sheet = sheet_of(unit, place, number, self.clock)
            if not can_fill(sheet):
                raise NothingToFillError("This patient has nothing to fill today.")
            made = Ticket(sheet.subject.id, self.dice.reference(), self.clock.now())
            unit.add_ticket(self.digests.ticket(ticket), made)
            unit.end_session(session)
            unit.commit(AuditEvent(Act.DEVICE_HANDED_OVER, actor, sheet.reference))

    def made(self, ticket: str) -> bool:
        """Say whether the ticket is good already: a second tap goes where the first went."""
        with self.store.reading() as unit:
            found = unit.ticket(self.digests.ticket(ticket))
        return found is not None and found.opens(self.clock.now())


def can_fill(sheet: Sheet) -> bool:
    """Say whether the patient could answer something today: due, approved, its licence running."""
    day_zero, received = sheet.followed.day_zero, sheet.known.received
    found = due(sheet.versions, day_zero, received, sheet.today)
    return sheet.subject.live and bool(due_forms(found, sheet.releases, sheet.today))
