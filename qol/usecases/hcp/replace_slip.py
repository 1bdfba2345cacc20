"""Replace a lost slip by the next of the batch; the old code dies at once.

The subject keeps its sheet number, which stands on the stub in the medical file, and its dates.
That both codes were of one subject is known here and nowhere on paper (EA-ÉCH-5-i).
"""

from __future__ import annotations

from dataclasses import dataclass

from qol.domain.audit import Act, AuditEvent
from qol.domain.errors import NotAllowedError
from qol.domain.place import Place
from qol.usecases.hcp.hand_over import NoSpareError
from qol.usecases.hcp.ports import HcpStore
from qol.usecases.hcp.sheets import Sheet, sheet_of
from qol.usecases.ports import Clock, SlipSealer


class NotReplaceableError(NotAllowedError):
    """The subject has no code any more, its slip was never printed, or it is not the site's.

    A slip that the laboratory handed over has no attestation here, so nothing prints it here.
    """


@dataclass(frozen=True, slots=True)
class ReplaceSlip:
    """``ReplaceSlip(...)(place, actor, sheet)`` gives the subject another code."""

    store: HcpStore
    slips: SlipSealer
    clock: Clock

    def __call__(self, place: Place, actor: str, sheet: str) -> None:
        """Replace; a slip that still waits to be printed is not lost, so a second click is none."""
        with self.store.writing() as unit:
            found = sheet_of(unit, place, sheet, self.clock)
            if not replaceable(found):
                raise NotReplaceableError("This slip is not printed yet, or its code is dead.")
            spare = unit.next_spare(place)
            if spare is None:
                raise NoSpareError("This site has no code left: ask the laboratory for a batch.")
            code = self.slips.open(spare.slip, spare.reference)
            slip = self.slips.seal(code, found.subject.reference)
            unit.replace(found.subject.id, spare, slip, self.clock.now())
            event = AuditEvent(Act.PSEUDONYM_REPLACED, actor, found.reference, {"site": place.site})
            unit.commit(event)


def replaceable(sheet: Sheet) -> bool:
    """Say whether the site may replace the slip."""
    followed = sheet.followed
    return followed.attested and sheet.subject.live and not followed.unprinted
