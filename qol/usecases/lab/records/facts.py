"""May these facts stand around the answers? What a deposit refuses, a correction refuses too."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from qol.domain.administration import Respondent
from qol.domain.errors import NotAllowedError
from qol.domain.follow_up import Known, WrongDay
from qol.domain.instrument import Release
from qol.domain.licence import may_start
from qol.domain.programme import Programme
from qol.domain.records import DATED, UNDATED, Facts
from qol.domain.schedule import InForce
from qol.usecases.answered import WrongDayError, forms_on
from qol.usecases.lab.ports import StoredRecord
from qol.usecases.lab.records.ports import RecordsUnit
from qol.usecases.lab.records.read_record import versions_of
from qol.usecases.ports import Clock


class WrongRespondentError(NotAllowedError):
    """The protocol lets nobody else answer this questionnaire."""


@dataclass(frozen=True, slots=True)
class Around:
    """A record's subject on its programme's calendar."""

    stored: StoredRecord
    release: Release
    versions: tuple[InForce, ...]
    releases: tuple[Release, ...]
    known: Known
    today: date
    latest: date
    """The day on which it was received; of a sheet of the post, on which that was posted."""

    @property
    def programme(self) -> Programme:
        """The protocol version that the record was received under."""
        wanted = self.stored.administration.programme_version
        return next(one.programme for one in self.versions if one.programme.version == wanted)

    @property
    def proxy(self) -> bool:
        """Say whether somebody else may answer this questionnaire."""
        return self.stored.administration.instrument in self.programme.proxy


def around(unit: RecordsUnit, stored: StoredRecord, release: Release, clock: Clock) -> Around:
    """Put a record's subject on the calendar."""
    programme = stored.administration.programme
    versions, releases = unit.versions(programme), unit.releases(programme)
    zone = versions[-1].programme.time_zone
    known = unit.known(stored.administration.subject_id, zone)
    record, received = stored.administration.id, stored.administration.received_at
    letters = unit.letters(versions_of(record, unit.trail(record)))
    posted = (one.dated_at_latest for one in letters if not one.duplicate)
    latest = min((received.astimezone(ZoneInfo(zone)).date(), *posted))
    return Around(stored, release, versions, releases, known, clock.today(zone), latest)


def check_facts(found: Around, before: Facts, after: Facts) -> None:
    """Refuse what no deposit takes; what is not changed is not asked about.

    WrongRespondentError; WrongDayError says which way.
    """
    if after.respondent is not before.respondent:
        _check_respondent(found, after.respondent)
    if (after.answered_on, after.mode) != (before.answered_on, before.mode):
        _check_day(found, after)


def _check_respondent(found: Around, respondent: Respondent) -> None:
    if respondent is Respondent.PROXY and not found.proxy:
        raise WrongRespondentError("Nobody may answer this questionnaire for the patient.")


def _check_day(found: Around, after: Facts) -> None:
    day, row = after.answered_on, found.stored.administration
    if day is None:
        if after.mode in DATED:
            raise WrongDayError(WrongDay.NEEDED)
        return
    if after.mode in UNDATED:
        raise WrongDayError(WrongDay.AS_RECEIVED)
    listed = forms_on(found, day)
    if day > found.latest:
        raise WrongDayError(WrongDay.AFTER_RECEIPT)
    if not may_start(found.release, day, demonstration=found.programme.demonstration):
        raise WrongDayError(WrongDay.NOT_OFFERED)
    if row.timepoint not in {form.timepoint for _, form in listed}:
        raise WrongDayError(WrongDay.ANOTHER_VISIT)
