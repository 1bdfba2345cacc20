"""Read the register of received sheets, what is overdue first (HV-10.BK-1)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from qol.domain.audit import Act, AuditEvent
from qol.domain.instrument import Release
from qol.domain.mail_room import WAITING, ReceivedSheet, SheetState
from qol.usecases.lab.mail_room.ports import MailStore
from qol.usecases.ports import Clock


@dataclass(frozen=True, slots=True)
class Register:
    """The sheets of a programme, with the releases they may be of."""

    sheets: tuple[ReceivedSheet, ...]
    releases: Mapping[int, Release]
    today: date

    @property
    def overdue(self) -> tuple[ReceivedSheet, ...]:
        """Those that wait longer than they may, the oldest first."""
        found = [one for one in self.sheets if one.overdue(self.today)]
        return tuple(sorted(found, key=lambda one: one.received_on))

    @property
    def to_do(self) -> tuple[ReceivedSheet, ...]:
        """Those that somebody must act on: the oldest of those that wait, then duplicates."""
        waiting = [one for one in self.sheets if one.state in WAITING]
        undecided = SheetState.DUPLICATE
        found = [one for one in self.sheets if one.state is undecided and one.duplicate is None]
        return (*sorted(waiting, key=lambda one: one.received_on), *found)

    @property
    def done(self) -> tuple[ReceivedSheet, ...]:
        """All others, the newest first."""
        waiting = {one.number for one in self.to_do}
        return tuple(one for one in reversed(self.sheets) if one.number not in waiting)

    @property
    def counts(self) -> dict[SheetState, int]:
        """How many sheets stand where."""
        return {state: sum(one.state is state for one in self.sheets) for state in SheetState}


@dataclass(frozen=True, slots=True)
class ReadRegister:
    """``ReadRegister(...)(programme, actor)`` gives the register."""

    store: MailStore
    clock: Clock

    def __call__(self, programme: str, actor: str) -> Register:
        """Read it; the reading is in the ledger."""
        with self.store.reading() as unit:
            sheets, releases = unit.sheets(programme), unit.releases(programme)
            zone = unit.versions(programme)[-1].programme.time_zone
            detail: dict[str, str | int] = {"count": len(sheets)}
            unit.commit(AuditEvent(Act.SHEETS_READ, actor, f"programme:{programme}", detail))
        named = {one.id: one for one in releases}
        return Register(sheets, named, self.clock.today(zone))
