"""Read one sheet of the register: states, days and incidents, never answers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from qol.domain.audit import Act, AuditEvent
from qol.domain.instrument import Release
from qol.domain.mail_room import ReceivedSheet
from qol.usecases.lab.mail_room.finding import release_of, sheet_of
from qol.usecases.lab.mail_room.ports import MailStore
from qol.usecases.ports import Clock


@dataclass(frozen=True, slots=True)
class Shown:
    """A sheet, the release it is printed from, and today."""

    sheet: ReceivedSheet
    release: Release
    today: date


@dataclass(frozen=True, slots=True)
class ReadReceivedSheet:
    """``ReadReceivedSheet(...)(programme, actor, number)`` gives the sheet."""

    store: MailStore
    clock: Clock

    def __call__(self, programme: str, actor: str, number: int) -> Shown:
        """Read it; UnknownSheetError when the programme has none of that number."""
        with self.store.reading() as unit:
            filed = sheet_of(unit, programme, number)
            release = release_of(unit.releases(programme), filed)
            zone = unit.versions(programme)[-1].programme.time_zone
            unit.commit(AuditEvent(Act.SHEET_READ, actor, filed.reference))
        return Shown(filed.sheet, release, self.clock.today(zone))
