"""What was answered elsewhere than online: its day decides the form it fills.

Shared by the professionals, who enter and copy, and by the laboratory's mail room.
"""

from __future__ import annotations

from datetime import date
from typing import Protocol

from qol.domain.errors import NotAllowedError
from qol.domain.follow_up import Known, Standing, WrongDay, answered_at
from qol.domain.instrument import Release
from qol.domain.licence import may_start
from qol.domain.schedule import Due, InForce, Slot
from qol.usecases.recording import DueForm, due_forms


class Calendar(Protocol):
    """A subject's protocol versions, their releases, what is stored of it, and today."""

    @property
    def versions(self) -> tuple[InForce, ...]:
        """The programme's versions, oldest first."""

    @property
    def releases(self) -> tuple[Release, ...]:
        """The releases that they may draw from."""

    @property
    def known(self) -> Known:
        """What is stored of the subject's schedule."""

    @property
    def today(self) -> date:
        """The day in the programme's time zone."""


class WrongDayError(NotAllowedError):
    """Nobody of this subject can have answered on that day; ``why`` says which way."""

    def __init__(self, why: WrongDay) -> None:
        """Keep why."""
        super().__init__(f"this day is {why.value}")
        self.why = why


class WrongReleaseError(NotAllowedError):
    """The timepoint of that day asks for another questionnaire, or another version of it."""


def forms_on(calendar: Calendar, day: date) -> tuple[tuple[Standing, DueForm], ...]:
    """List the forms whose window holds the day, filled or not; WrongDayError when none can.

    An administration begins on the day it was answered: a licence that had ended by then, or
    an approval that lacks, keeps its form out.
    """
    found = answered_at(calendar.versions, calendar.known, day, calendar.today)
    if isinstance(found, WrongDay):
        raise WrongDayError(found)
    listed: list[tuple[Standing, DueForm]] = []
    for standing in found:
        due = tuple(
            Due(Slot(standing.timepoint.code, instrument), standing.window, standing.programme)
            for instrument in standing.timepoint.battery
        )
        listed += [(standing, form) for form in due_forms(due, calendar.releases, day)]
    if not listed:
        raise WrongDayError(WrongDay.NOT_OFFERED)
    return tuple(listed)


def is_filled(calendar: Calendar, form: DueForm) -> bool:
    """Say whether the slot of a form has been received."""
    return Slot(form.timepoint, form.instrument) in calendar.known.received


def chosen_form(calendar: Calendar, on: date, release: Release) -> tuple[Standing, DueForm]:
    """Choose the slot for what was written: of windows that overlap, the first that is free."""
    demonstration = calendar.versions[-1].programme.demonstration
    fitting = [
        (standing, form)
        for standing, form in forms_on(calendar, on)
        if release.id in form.releases.values()
    ]
    if not fitting and not may_start(release, on, demonstration=demonstration):
        raise WrongDayError(WrongDay.NOT_OFFERED)
    if not fitting:
        raise WrongReleaseError("The visit of that day asks for another questionnaire.")
    free = [one for one in fitting if not is_filled(calendar, one[1])]
    return (free or fitting)[0]
