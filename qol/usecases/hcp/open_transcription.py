"""Open the questionnaires that a paper form of one sheet may be of."""

from __future__ import annotations

from dataclasses import dataclass

from qol.domain.audit import Act, AuditEvent
from qol.domain.instrument import Release
from qol.domain.place import Place
from qol.domain.schedule import followed
from qol.usecases.hcp.ports import HcpStore
from qol.usecases.hcp.sheets import Sheet, sheet_of
from qol.usecases.ports import Clock, Dice


@dataclass(frozen=True, slots=True)
class Transcription:
    """What may be copied: releases in the protocol's order; ``visit`` numbers what is entered."""

    sheet: Sheet
    releases: tuple[Release, ...]
    visit: str

    def release(self, release_id: int) -> Release | None:
        """Give the release of that id if the sheet's paper may be of it."""
        return next((one for one in self.releases if one.id == release_id), None)


@dataclass(frozen=True, slots=True)
class OpenTranscription:
    """``OpenTranscription(...)(place, actor, sheet)`` gives the releases."""

    store: HcpStore
    clock: Clock
    dice: Dice

    def __call__(self, place: Place, actor: str, number: str) -> Transcription:
        """List them; UnknownSheetError when the place has no such sheet."""
        with self.store.reading() as unit:
            sheet = sheet_of(unit, place, number, self.clock)
            unit.commit(AuditEvent(Act.TRANSCRIPTION_OPENED, actor, sheet.reference))
        named = dict.fromkeys(
            (instrument, programme.releases.get(instrument))
            for programme, timepoint in followed(sheet.versions, sheet.followed.day_zero)
            for instrument in timepoint.battery
        )
        listed = tuple(
            release
            for pair in named
            for release in sheet.releases
            if (release.instrument.id, release.instrument.version) == pair
        )
        return Transcription(sheet, listed, self.dice.reference())
