"""What is printed of a batch, its slips three a page; and how a print of many is waited for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Protocol

from qol.domain.portal import Safety
from qol.domain.pseudonym import Pseudonym


@dataclass(frozen=True, slots=True)
class Slip:
    """One code and the number that stands on its stub."""

    sheet_number: str
    pseudonym: Pseudonym


@dataclass(frozen=True, slots=True)
class Cover:
    """What the first page says to whoever prints and cuts; it never goes to a patient."""

    batch: str
    site: str
    count: int
    first: str
    last: str


@dataclass(frozen=True, slots=True)
class SlipSheet:
    """The slips of a batch in one language, by sheet number, which is in no order of making.

    ``address`` is the patient face's with its language: the same for everybody (T-11).
    """

    language: str
    portal_name: str
    address: str
    safety: Safety
    cover: Cover
    slips: tuple[Slip, ...]
    demonstration: bool = False


class SlipPrinter(Protocol):
    """Draws slips."""

    def print_slips(self, sheet: SlipSheet, told: Callable[[int], None]) -> bytes:
        """Return a PDF, the same bytes for the same sheet; PrintingError when it fails.

        ``told`` hears now and then how many slips are laid out.
        """


LIFE = timedelta(minutes=10)
"""How long drawn slips wait for the person who asked for them."""
SILENCE = timedelta(minutes=2)
"""After so long without a word from it, a drawing has died with its process."""


class Stage(StrEnum):
    """How far a print is."""

    DRAWING = "drawing"
    READY = "ready"
    COLLECTED = "collected"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Drawing:
    """A print that one person asked for: job progress, which is no record (design section 4).

    ``sealed`` are the drawn slips, closed under a key that only this person's session gives.
    """

    reference: str
    batch: str
    actor: str
    stage: Stage
    total: int
    drawn: int
    touched: datetime
    sealed: bytes | None = None

    def standing(self, now: datetime) -> Stage:
        """Say how far it is; failed when nothing was heard of it for too long."""
        silent = self.stage is Stage.DRAWING and now - self.touched > SILENCE
        return Stage.FAILED if silent else self.stage


class Prints(Protocol):
    """Keeps drawings for ten minutes, in the volatile tables."""

    def begin(self, drawing: Drawing) -> bool:
        """Keep a new drawing; False when its reference was used."""

    def find(self, reference: str, now: datetime) -> Drawing | None:
        """Find a drawing that is not older than its life."""

    def busy(self, now: datetime) -> bool:
        """Say whether a drawing is being made."""

    def told(self, reference: str, drawn: int, now: datetime) -> None:
        """Keep how many slips are drawn."""

    def end(self, reference: str, stage: Stage, now: datetime, sealed: bytes | None) -> None:
        """Keep how a drawing ended; ``sealed`` None leaves what is kept of it."""


class Parcels(Protocol):
    """Closes bytes under a key that is made of a secret and of what they are for."""

    def seal(self, secret: str, reference: str, content: bytes) -> bytes:
        """Close."""

    def open(self, secret: str, reference: str, sealed: bytes) -> bytes:
        """Open; EnvelopeError when the secret or the reference is another."""


Later = Callable[[Callable[[], None]], None]
"""Does something after the answer is sent; at once in a test."""
