"""Open what a professional hands over: the notes in force and how many codes are left."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from qol.domain.audit import Act, AuditEvent
from qol.domain.place import Place
from qol.usecases.hcp.ports import HcpStore
from qol.usecases.ports import Clock, Dice


@dataclass(frozen=True, slots=True)
class ToHandOver:
    """``notes`` maps a language to the version in force; ``attempt`` numbers the page."""

    notes: dict[str, str]
    spares: int
    today: date
    attempt: str


@dataclass(frozen=True, slots=True)
class OpenHandOver:
    """``OpenHandOver(...)(place, actor)`` gives what the page shows."""

    store: HcpStore
    clock: Clock
    dice: Dice

    def __call__(self, place: Place, actor: str) -> ToHandOver:
        """Read it; the count of a site's codes is read as its work list is."""
        with self.store.reading() as unit:
            programme = unit.versions(place.programme)[-1].programme
            spares = unit.spares(place)
            unit.commit(
                AuditEvent(
                    Act.WORK_LIST_READ,
                    actor,
                    f"programme:{place.programme}",
                    {"site": place.site, "spares": spares},
                )
            )
        notes = {language: notice.version for language, notice in programme.notices.items()}
        today = self.clock.today(programme.time_zone)
        return ToHandOver(notes, spares, today, self.dice.reference())
