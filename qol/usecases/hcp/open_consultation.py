"""Open what a patient may answer in an interview on a given day (EA-ÉCH-5-g)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from qol.domain.audit import Act, AuditEvent
from qol.domain.collection import Way, is_open
from qol.domain.follow_up import Standing, WrongDay
from qol.domain.instrument import Release
from qol.domain.place import Place
from qol.usecases.answered import WrongDayError, forms_on, is_filled
from qol.usecases.hcp.ports import HcpStore
from qol.usecases.hcp.sheets import Sheet, sheet_of
from qol.usecases.ports import Clock, Dice
from qol.usecases.recording import DueForm


@dataclass(frozen=True, slots=True)
class Open:
    """One form of the day; ``filled`` says that it was received."""

    standing: Standing
    form: DueForm
    filled: bool


@dataclass(frozen=True, slots=True)
class Consultation:
    """The forms of the day; ``visit`` numbers what is entered from here."""

    sheet: Sheet
    on: date
    forms: tuple[Open, ...]
    releases: dict[int, Release]
    visit: str

    @property
    def withheld(self) -> bool:
        """Say whether a questionnaire of the day may not begin: no approval, or no licence."""
        offered = {(one.form.timepoint, one.form.instrument) for one in self.forms}
        standings = {one.standing.timepoint.code: one.standing for one in self.forms}
        return any(
            (code, instrument) not in offered
            for code, standing in standings.items()
            for instrument in standing.timepoint.battery
        )

    def release(self, instrument: str, language: str) -> tuple[DueForm, Release] | None:
        """Give the day's form of an instrument and its release; the free one of two."""
        found = [one for one in self.forms if one.form.instrument == instrument]
        found.sort(key=lambda one: one.filled)
        if not found:
            return None
        form = found[0].form
        return form, self.releases[form.release_for(language)]


@dataclass(frozen=True, slots=True)
class OpenConsultation:
    """``OpenConsultation(...)(place, actor, sheet, on)``; no day means today."""

    store: HcpStore
    clock: Clock
    dice: Dice

    def __call__(
        self, place: Place, actor: str, number: str, on: date | None = None
    ) -> Consultation:
        """List the forms; UnknownSheetError, or WrongDayError when the day opens none."""
        with self.store.reading() as unit:
            sheet = sheet_of(unit, place, number, self.clock)
            unit.commit(AuditEvent(Act.CONSULTATION_OPENED, actor, sheet.reference))
        day = on or sheet.today
        forms = tuple(
            Open(standing, form, is_filled(sheet, form)) for standing, form in forms_on(sheet, day)
        )
        if not is_open(Way.PROFESSIONAL, sheet.versions, day):
            raise WrongDayError(WrongDay.WAY_CLOSED)
        drawn = {release.id: release for release in sheet.releases}
        return Consultation(sheet, day, forms, drawn, self.dice.reference())
