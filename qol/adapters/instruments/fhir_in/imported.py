"""What an import gives back, and how it says no."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from qol.domain.errors import InstrumentError
from qol.domain.instrument import Instrument, Wording


@dataclass(frozen=True, slots=True)
class Imported:
    """A definition and its wordings made from a holder's file; nothing is written yet.

    ``dropped`` holds one sentence for each thing left out and why; ``notes`` one for each
    choice that the file left open (numbers by position, a language that was not named).
    """

    instrument: Instrument
    wordings: tuple[Wording, ...]
    dropped: tuple[str, ...]
    notes: tuple[str, ...]


def shown(name: object, limit: int = 60) -> str:
    """Return a name from the file as it may stand in a sentence: one line, short, printable."""
    plain = "".join(c if unicodedata.category(c)[0] != "C" else " " for c in str(name))
    return plain if len(plain) <= limit else plain[: limit - 1] + "…"


@dataclass(frozen=True, slots=True)
class Source:
    """The file that is read, by its name; ``ours`` when we wrote it, and then to the letter."""

    name: str
    ours: bool = False

    def refusal(self, item: object, reason: str) -> InstrumentError:
        """Return the one sentence that names file, item and reason."""
        return InstrumentError(f"{shown(self.name)}: item {shown(item)}: {reason}.")

    def whole(self, reason: str) -> InstrumentError:
        """Return the one sentence that refuses the file as a whole."""
        return InstrumentError(f"{shown(self.name)}: {reason}.")
