"""What an interview and a transcription share: the day decides the timepoint, then the deposit."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from qol.domain.administration import Administration, Body, Mode, Respondent
from qol.domain.collection import Way, is_open
from qol.domain.follow_up import Standing, WrongDay
from qol.domain.instrument import Release
from qol.domain.place import Place
from qol.usecases.answered import WrongDayError, WrongReleaseError, chosen_form
from qol.usecases.hcp.ports import HcpStore, HcpUnit
from qol.usecases.hcp.sheets import UnknownSheetError, sheet_of
from qol.usecases.ports import Clock, Dice, Fault, Sealer
from qol.usecases.recording import Filled, Recording

_WAYS = {Mode.INTERVIEW: Way.PROFESSIONAL, Mode.PAPER_HCP: Way.PAPER}


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
        standing, form = chosen_form(sheet, written.on, written.release)
        if not is_open(_WAYS[mode], sheet.versions, written.on):
            raise WrongDayError(WrongDay.WAY_CLOSED)
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
