"""The places where somebody may be given a role."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from qol.domain.site import Site, Standing
from qol.usecases.lab.ports import LabStore
from qol.usecases.ports import Clock

_UNDER_CONTRACT = (Standing.IN_FORCE, Standing.TO_COME)


@dataclass(frozen=True, slots=True)
class Offered:
    """A loaded programme, its names by language, and its sites that have a contract."""

    programme: str
    labels: Mapping[str, str]
    sites: tuple[Site, ...]


@dataclass(frozen=True, slots=True)
class ListPlaces:
    """Protocol and contracts only: no patient's data is read, so no event is due."""

    store: LabStore
    clock: Clock

    def __call__(self) -> tuple[Offered, ...]:
        """List every programme; a site whose contract lapsed or was ended is left out (EA-4.1)."""
        with self.store.reading() as unit:
            found = []
            for name in unit.programmes():
                newest = unit.versions(name)[-1].programme
                today = self.clock.today(newest.time_zone)
                sites = unit.sites(name)
                kept = tuple(one for one in sites if one.standing(today) in _UNDER_CONTRACT)
                found.append(Offered(name, newest.labels, kept))
        return tuple(found)
