"""Finding a subject by its sheet number, within one place and nowhere else."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from qol.domain.collection import Way, is_open, was_ever_open
from qol.domain.errors import NotAllowedError
from qol.domain.follow_up import Known, Standing, standings
from qol.domain.instrument import Release
from qol.domain.place import Place, typed_number
from qol.domain.schedule import InForce
from qol.usecases.hcp.ports import Followed, HcpUnit
from qol.usecases.ports import Clock, SubjectState


class UnknownSheetError(NotAllowedError):
    """The place has no such sheet, whoever else may have one."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A handed-over slip and all that its place may know of it."""

    followed: Followed
    versions: tuple[InForce, ...]
    releases: tuple[Release, ...]
    known: Known
    today: date

    @property
    def subject(self) -> SubjectState:
        """The subject itself."""
        return self.followed.subject

    @property
    def number(self) -> str:
        """The sheet number."""
        return self.followed.sheet_number

    @property
    def reference(self) -> str:
        """How the ledger names the subject."""
        return f"subject:{self.subject.reference}"

    def standings(self) -> tuple[Standing, ...]:
        """Where each of its timepoints stands today."""
        return standings(self.versions, self.known, self.today)

    @property
    def asks_in_person(self) -> bool:
        """Say whether the programme has answers entered in a consultation today."""
        return is_open(Way.PROFESSIONAL, self.versions, self.today)

    @property
    def asked_in_person(self) -> bool:
        """Say whether there may be a consultation of another day to enter."""
        return was_ever_open(Way.PROFESSIONAL, self.versions)

    @property
    def takes_paper(self) -> bool:
        """Say whether there may be paper to copy: the date on it decides, not today."""
        return was_ever_open(Way.PAPER, self.versions)


def sheet_of(unit: HcpUnit, place: Place, number: str, clock: Clock) -> Sheet:
    """Find the sheet; UnknownSheetError when the place has none of that number."""
    found = unit.by_sheet(place, typed_number(number))
    if found is None:
        raise UnknownSheetError("This site has no such sheet.")
    versions, releases = unit.versions(place.programme), unit.releases(place.programme)
    return opened(found, versions, releases, clock)


def opened(
    followed: Followed,
    versions: tuple[InForce, ...],
    releases: tuple[Release, ...],
    clock: Clock,
) -> Sheet:
    """Put the days of a subject on the programme's calendar."""
    zone = versions[-1].programme.time_zone
    return Sheet(followed, versions, releases, followed.known(zone), clock.today(zone))
