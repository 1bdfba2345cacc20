"""What issuing and replacing share: drawing a code, its sheet number and its stored form."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass, field

from qol.domain.errors import NotAllowedError
from qol.domain.pseudonym import ALPHABET, Pseudonym, draw
from qol.usecases.lab.ports import LabUnit, NewPseudonym
from qol.usecases.ports import Dice, Digests, SlipSealer, SubjectState

SHEET_LENGTH = 5


@dataclass(frozen=True, slots=True)
class Issued:
    """A code that was just made. ``pseudonym`` is given in a demonstration only."""

    sheet_number: str
    pseudonym: Pseudonym | None = None


@dataclass(frozen=True, slots=True)
class Mint:
    """Makes codes. In a demonstration a code is shown at once and has no sealed slip copy."""

    dice: Dice
    digests: Digests
    slips: SlipSealer
    demonstration: bool

    def stored(self, reference: str) -> tuple[NewPseudonym, Pseudonym | None]:
        """Draw a code for a subject reference: its stored form, and itself if it may be shown."""
        pseudonym = draw(self.dice.below)
        digest = self.digests.lookup(pseudonym.reveal())
        if self.demonstration:
            return NewPseudonym(digest, None), pseudonym
        return NewPseudonym(digest, self.slips.seal(pseudonym.reveal(), reference)), None

    def sheet_number(self, place: Place, unit: LabUnit, taken: Container[str] = ()) -> str:
        """Draw five characters that no sheet of the site carries."""
        while True:
            drawn = "".join(ALPHABET[self.dice.below(32)] for _ in range(SHEET_LENGTH))
            used = unit.subject_by_sheet(place.programme, place.site, drawn) is not None
            if drawn not in taken and not used:
                return drawn


@dataclass(frozen=True, slots=True)
class Place:
    """Where a sheet number is looked for."""

    programme: str
    site: str
    sheet_number: str = field(default="")

    def subject(self, unit: LabUnit) -> SubjectState:
        """Find the subject of the sheet; NotAllowedError when there is none."""
        found = unit.subject_by_sheet(self.programme, self.site, self.sheet_number.upper())
        if found is None:
            raise NotAllowedError(
                f"Site {self.site} of programme {self.programme} has no sheet"
                f" {self.sheet_number.upper()}."
            )
        return found
