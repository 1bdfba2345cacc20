"""What the holder of a questionnaire asks of whoever uses it, and what its rules rest on."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

NOT_WRITTEN = "not yet written"
"""What stands in place of a sentence that a person still has to write."""


class Ask(StrEnum):
    """What publishing may ask for; the values are the words of RIGHTS.md."""

    LICENCE = "licence"
    ELECTRONIC = "electronic version approval"
    CERTIFICATE = "language certificate"
    CREDIT = "credit line"
    STATEMENT = "protocol statement"


@dataclass(frozen=True, slots=True)
class Source:
    """A rule of the definition and what it rests on.

    ``confidence`` is A (two independent sources, or recomputed), B (one), C (nobody
    confirmed it) or – (there is nothing to confirm).
    """

    rule: str
    source: str
    confidence: str


@dataclass(frozen=True, slots=True)
class Rights:
    """RIGHTS.md as the machine reads it; ``safety`` is empty where nothing is to be decided."""

    holder: str
    terms: str
    needs: str
    asks: frozenset[Ask]
    sources: tuple[Source, ...]
    safety: str = ""
    unwritten: tuple[str, ...] = ()

    @property
    def provisional(self) -> bool:
        """Say whether a rule rests on what nobody has confirmed."""
        return any(source.confidence == "C" for source in self.sources)

    @property
    def asked(self) -> str:
        """Give what publishing asks for in words, in the order of the closed list."""
        return ", ".join(ask for ask in Ask if ask in self.asks) or "nothing"
