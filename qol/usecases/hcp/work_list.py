"""Read what is due, late and done at one place: states and dates, never answers (EA-ÉCH-5-d)."""

from __future__ import annotations

from dataclasses import dataclass

from qol.domain.audit import Act, AuditEvent
from qol.domain.follow_up import WAITED_FOR, Standing
from qol.domain.place import Place
from qol.usecases.hcp.ports import HcpStore
from qol.usecases.hcp.sheets import Sheet, opened
from qol.usecases.ports import Clock


@dataclass(frozen=True, slots=True)
class Line:
    """One subject of the list."""

    sheet: Sheet
    standings: tuple[Standing, ...]


@dataclass(frozen=True, slots=True)
class WorkList:
    """All subjects of the place by sheet number, and how many codes it may still hand over."""

    lines: tuple[Line, ...]
    spares: int

    def waited_for(self) -> tuple[tuple[Sheet, Standing], ...]:
        """Give what is due or late, by the day on which its window closes."""
        found = [
            (line.sheet, standing)
            for line in self.lines
            for standing in line.standings
            if standing.state in WAITED_FOR
        ]
        return tuple(sorted(found, key=lambda one: (one[1].window.closes, one[0].number)))


@dataclass(frozen=True, slots=True)
class ReadWorkList:
    """``ReadWorkList(...)(place, actor)`` gives the list; reading it is an event."""

    store: HcpStore
    clock: Clock

    def __call__(self, place: Place, actor: str) -> WorkList:
        """Read the place's subjects."""
        with self.store.reading() as unit:
            versions, releases = unit.versions(place.programme), unit.releases(place.programme)
            sheets = [opened(one, versions, releases, self.clock) for one in unit.followed(place)]
            lines = tuple(Line(sheet, sheet.standings()) for sheet in sheets)
            spares = unit.spares(place)
            unit.commit(
                AuditEvent(
                    Act.WORK_LIST_READ,
                    actor,
                    f"programme:{place.programme}",
                    {"site": place.site, "count": len(lines)},
                )
            )
        return WorkList(lines, spares)
