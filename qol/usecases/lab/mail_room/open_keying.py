"""Open the grid in which a sheet is keyed. Nothing of another's keying is read for it."""

from __future__ import annotations

from dataclasses import dataclass

from qol.domain.audit import Act, AuditEvent
from qol.domain.instrument import Release
from qol.domain.mail_room import ReceivedSheet
from qol.usecases.lab.mail_room.finding import MayNotKeyError, followed, release_of, sheet_of
from qol.usecases.lab.mail_room.ports import MailStore
from qol.usecases.ports import Clock, Dice


@dataclass(frozen=True, slots=True)
class Blank:
    """A grid to fill: ``visit`` numbers what is keyed; ``proxy``: somebody else may answer."""

    sheet: ReceivedSheet
    release: Release
    visit: str
    proxy: bool


@dataclass(frozen=True, slots=True)
class OpenKeying:
    """``OpenKeying(...)(programme, actor, number)`` gives the grid."""

    store: MailStore
    clock: Clock
    dice: Dice

    def __call__(self, programme: str, actor: str, number: int) -> Blank:
        """Open it; UnknownSheetError, MayNotKeyError."""
        with self.store.reading() as unit:
            filed = sheet_of(unit, programme, number)
            refusal = filed.sheet.refuses(actor)
            if refusal is not None:
                raise MayNotKeyError(refusal)
            known = followed(unit, filed, self.clock)
            release = release_of(known.releases, filed)
            unit.commit(AuditEvent(Act.SHEET_OPENED, actor, filed.reference))
        instrument = release.instrument.id
        proxy = any(instrument in one.programme.proxy for one in known.versions)
        return Blank(filed.sheet, release, self.dice.reference(), proxy)
