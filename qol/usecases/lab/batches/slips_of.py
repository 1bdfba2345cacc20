"""What every print of a batch does: find the copies, open the codes, delete just those copies."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256

from qol.domain.errors import NotAllowedError
from qol.domain.portal import Portal
from qol.domain.pseudonym import Pseudonym
from qol.usecases.lab.batches.ports import BatchUnit, Copy
from qol.usecases.lab.batches.printing import Cover, Slip, SlipSheet
from qol.usecases.lab.batches.read_batches import whole
from qol.usecases.ports import SlipSealer


class NothingToPrintError(NotAllowedError):
    """No slip of the batch waits to be printed by the laboratory."""


class ChangedError(NotAllowedError):
    """A slip was handed over, printed or revoked while its batch was drawn."""


@dataclass(frozen=True, slots=True)
class Drawable:
    """A sheet to be drawn, and the copies that it uses up."""

    sheet: SlipSheet
    copies: tuple[Copy, ...]


@dataclass(frozen=True, slots=True)
class SlipsOf:
    """Opens the copies of a batch. ``address`` is the patient face's, the same for everybody."""

    slips: SlipSealer
    portal: Portal
    address: str
    demonstration: bool

    def __call__(self, unit: BatchUnit, programme: str, batch: str, language: str) -> Drawable:
        """Read; NothingToPrintError when no copy is left for the laboratory to print."""
        if language not in self.portal.languages:
            raise NotAllowedError("The portal does not speak this language.")
        site = whole(unit, programme, batch).batch.site
        copies = unit.copies(programme, batch)
        if not copies:
            raise NothingToPrintError("No slip of this batch waits to be printed here.")
        slips = tuple(
            Slip(one.sheet_number, Pseudonym(self.slips.open(one.slip, one.reference)))
            for one in copies
        )
        first, last = slips[0].sheet_number, slips[-1].sheet_number
        sheet = SlipSheet(
            language=language,
            portal_name=self.portal.names[language],
            address=f"{self.address}/{language}/",
            safety=self.portal.safety[language],
            cover=Cover(batch, site, len(slips), first, last),
            slips=slips,
            demonstration=self.demonstration,
        )
        return Drawable(sheet, copies)


def digest_of(copies: Sequence[Copy]) -> bytes:
    """Give 32 bytes that are others as soon as one copy is another, or stands otherwise."""
    found = sha256()
    for one in copies:
        found.update(f"{one.pseudonym} {one.state} {len(one.slip)} ".encode() + one.slip)
    return found.digest()


def take(unit: BatchUnit, copies: Sequence[Copy]) -> None:
    """Delete the copies; ChangedError when one of them is not there any more."""
    if not unit.take_copies(copies):
        raise ChangedError("The batch changed while it was drawn: draw its slips again.")
