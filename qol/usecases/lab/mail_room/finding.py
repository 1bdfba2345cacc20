"""Finding a sheet by its number within one programme, with its subject's calendar."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from qol.domain.errors import NotAllowedError
from qol.domain.follow_up import Known
from qol.domain.instrument import Release
from qol.domain.mail_room import Refusal
from qol.domain.schedule import InForce
from qol.usecases.lab.mail_room.ports import Filed, MailUnit
from qol.usecases.ports import Clock, SubjectState

_TOO_HIGH = 2**31


class UnknownSheetError(NotAllowedError):
    """The programme has no such sheet or batch, whoever else may have one."""


class MayNotKeyError(NotAllowedError):
    """A sheet that this person may not key; ``why`` says which way."""

    def __init__(self, why: Refusal) -> None:
        """Keep why."""
        super().__init__(f"this sheet is {why.value}")
        self.why = why


@dataclass(frozen=True, slots=True)
class Followed:
    """A subject on its programme's calendar."""

    subject: SubjectState
    versions: tuple[InForce, ...]
    releases: tuple[Release, ...]
    known: Known
    today: date


def sheet_of(unit: MailUnit, programme: str, number: int) -> Filed:
    """Find the sheet; UnknownSheetError when the programme has none of that number."""
    found = unit.sheet(programme, number) if number < _TOO_HIGH else None
    if found is None:
        raise UnknownSheetError("This programme has no such sheet.")
    return found


def followed(unit: MailUnit, filed: Filed, clock: Clock) -> Followed:
    """Put the sheet's subject on the calendar; MayNotKeyError when its code is not known."""
    if filed.subject is None:
        raise MayNotKeyError(Refusal.UNSETTLED)
    versions = unit.versions(filed.programme)
    zone = versions[-1].programme.time_zone
    known = unit.known(filed.subject, zone)
    releases = unit.releases(filed.programme)
    return Followed(filed.subject, versions, releases, known, clock.today(zone))


def release_of(releases: tuple[Release, ...], filed: Filed) -> Release:
    """Give the release that the sheet is printed from."""
    return next(one for one in releases if one.id == filed.sheet.release_id)
