"""What an interview and a transcription share: the day decides the timepoint, then the deposit."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from qol.domain.administration import Administration, Body, Mode, Respondent
from qol.domain.errors import NotAllowedError
from qol.domain.follow_up import Standing, WrongDay, answered_at
from qol.domain.instrument import Release
from qol.domain.licence import may_start
from qol.domain.place import Place
from qol.domain.schedule import Due, Slot
from qol.usecases.hcp.ports import HcpStore, HcpUnit
from qol.usecases.hcp.sheets import Sheet, UnknownSheetError, sheet_of
from qol.usecases.ports import Clock, Dice, Fault, Sealer
from qol.usecases.recording import DueForm, Filled, Recording, due_forms


class WrongDayError(NotAllowedError):
    """Nobody of this sheet can have answered on that day; ``why`` says which way."""

    def __init__(self, why: WrongDay) -> None:
        """Keep why."""
        super().__init__(f"this day is {why.value}")
        self.why = why


class WrongReleaseError(NotAllowedError):
    """The timepoint of that day asks for another questionnaire, or another version of it."""


@dataclass(frozen=True, slots=True)
class Written:
    """What is entered: when it was answered, on which release, under its page's visit number."""

    on: date
    release: Release
    visit: str


@dataclass(frozen=True, slots=True)
class Entering:
    """Stores what a professional enters. The first deposit of a slot wins, whoever made it."""

    store: HcpStore
    sealer: Sealer
    clock: Clock
    dice: Dice
    fault: Fault = lambda _: None

    def __call__(
        self, place: Place, actor: str, number: str, written: Written, body: Body, mode: Mode
    ) -> Standing:
        """Store the answers with their day and give the timepoint they belong to.

        UnknownSheetError, WrongDayError, WrongReleaseError; AlreadyReceivedError when
        somebody was quicker.
        """
        with self.store.reading() as unit:
            sheet = sheet_of(unit, place, number, self.clock)
        standing, form = chosen_form(sheet, written)
        if body.respondent is Respondent.PROXY and not form.proxy:
            raise WrongReleaseError("Nobody may answer this questionnaire for the patient.")

        def add(unit: HcpUnit, row: Administration) -> None:
            again = unit.by_sheet(place, sheet.number)
            if again is None:
                raise UnknownSheetError("This site has no such sheet.")
            if again.ended is not None and written.on > again.ended:
                raise WrongDayError(WrongDay.AFTER_END)
            unit.add(row)
            unit.entered(row.id, actor, masked=mode is Mode.PAPER_HCP)

        filled = Filled(form, written.release, mode, written.visit)
        record = Recording(self.store, self.sealer, self.clock, self.dice, self.fault)
        record(filled, sheet.subject, replace(body, answered_on=written.on), actor, add)
        return standing


def forms_on(sheet: Sheet, day: date) -> tuple[tuple[Standing, DueForm], ...]:
    """List the forms whose window holds the day, filled or not; WrongDayError when none can.

    An administration begins on the day it was answered: a licence that had ended by then, or
    an approval that lacks, keeps its form out.
    """
    found = answered_at(sheet.versions, sheet.known, day, sheet.today)
    if isinstance(found, WrongDay):
        raise WrongDayError(found)
    listed: list[tuple[Standing, DueForm]] = []
    for standing in found:
        due = tuple(
            Due(Slot(standing.timepoint.code, instrument), standing.window, standing.programme)
            for instrument in standing.timepoint.battery
        )
        listed += [(standing, form) for form in due_forms(due, sheet.releases, day)]
    if not listed:
        raise WrongDayError(WrongDay.NOT_OFFERED)
    return tuple(listed)


def is_filled(sheet: Sheet, form: DueForm) -> bool:
    """Say whether the slot of a form has been received."""
    return Slot(form.timepoint, form.instrument) in sheet.known.received


def chosen_form(sheet: Sheet, written: Written) -> tuple[Standing, DueForm]:
    """Choose the slot for what was written: of windows that overlap, the first that is free."""
    demonstration = sheet.versions[-1].programme.demonstration
    fitting = [
        (standing, form)
        for standing, form in forms_on(sheet, written.on)
        if written.release.id in form.releases.values()
    ]
    if not fitting and not may_start(written.release, written.on, demonstration=demonstration):
        raise WrongDayError(WrongDay.NOT_OFFERED)
    if not fitting:
        raise WrongReleaseError("The visit of that day asks for another questionnaire.")
    free = [one for one in fitting if not is_filled(sheet, one[1])]
    return (free or fitting)[0]
