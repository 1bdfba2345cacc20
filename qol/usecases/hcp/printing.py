"""What is printed when a slip is handed over: note, slip and stub, in one file."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Protocol

from qol.domain.portal import Safety
from qol.domain.programme import Notice
from qol.domain.pseudonym import Pseudonym


class NoteVariant(StrEnum):
    """Who reads the information note (HV-8.2). Kept with the attestation, never with a name."""

    ADULT = "adult"
    PARENT = "parent"
    TEENAGER = "teenager"
    PROTECTED_ADULT = "protected_adult"


@dataclass(frozen=True, slots=True)
class PlannedWindow:
    """When one timepoint's answers count, both days included.

    ``label`` is the timepoint's in the sheet's language. It stands on the stub alone: a
    programme's own words could tell a disease or a medicine to whoever finds the slip.
    """

    label: str
    opens: date
    closes: date


@dataclass(frozen=True, slots=True)
class HandOverSheet:
    """One sheet for one person, in one language (EA-10.2-b, EA-ÉCH-5-d, EA-ÉCH-5-i).

    ``address`` is the patient face's, with its language at most: no query, no fragment,
    the same for everybody (T-11). ``portal_name``, ``safety`` and ``notice`` are in
    ``language``; ``given_on`` is the day that is attested. The stub carries
    ``sheet_number`` and never the code.
    """

    language: str
    pseudonym: Pseudonym
    sheet_number: str
    portal_name: str
    address: str
    safety: Safety
    notice: Notice
    variant: NoteVariant
    given_on: date
    windows: tuple[PlannedWindow, ...]
    demonstration: bool = False


class Printer(Protocol):
    """Draws paper."""

    def print_hand_over(self, sheet: HandOverSheet) -> bytes:
        """Return a PDF, the same bytes for the same sheet; PrintingError when it fails."""
