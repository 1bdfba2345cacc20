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

    def code(self) -> Pseudonym:
        """Draw a code."""
        return draw(self.dice.below)

    def kept(self, code: Pseudonym, reference: str) -> NewPseudonym:
        """Give a code's stored form for a subject reference."""
        symbols = code.reveal()
        slip = None if self.demonstration else self.slips.seal(symbols, reference)
        return NewPseudonym(self.digests.lookup(symbols), slip)

    def shown(self, code: Pseudonym) -> Pseudonym | None:
        """Give a code back only where it may be shown."""
        return code if self.demonstration else None

    def sheet_numbers(self, count: int, taken: Container[str]) -> list[str]:
        """Draw numbers of five characters that no sheet of the site carries or carried."""
        drawn: dict[str, None] = {}
        while len(drawn) < count:
            number = "".join(ALPHABET[self.dice.below(32)] for _ in range(SHEET_LENGTH))
            if number not in taken:
                drawn[number] = None
        return list(drawn)


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
