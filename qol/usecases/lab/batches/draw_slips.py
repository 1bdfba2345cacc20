"""Draw a batch's slips in the background; nothing is used up before somebody collects them."""

from __future__ import annotations

from dataclasses import dataclass

from qol.domain.audit import Act, AuditEvent
from qol.domain.errors import NotAllowedError, QolError
from qol.usecases.lab.batches.ports import BatchStore
from qol.usecases.lab.batches.printing import (
    Drawing,
    Later,
    Parcels,
    Prints,
    SlipPrinter,
    Stage,
)
from qol.usecases.lab.batches.slips_of import Drawable, SlipsOf, digest_of
from qol.usecases.ports import Clock


class BusyError(NotAllowedError):
    """Slips are being drawn already; one print at a time keeps the machine for everybody."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Who asks for slips, from which page, in which language.

    ``attempt`` is the random number of the page: a second click is the same print. ``secret``
    is the person's session's; nothing else opens what was drawn.
    """

    actor: str
    language: str
    attempt: str
    secret: str


@dataclass(frozen=True, slots=True)
class DrawSlips:
    """``DrawSlips(...)(programme, batch, asked)`` begins a print and returns at once."""

    store: BatchStore
    slips_of: SlipsOf
    printer: SlipPrinter
    prints: Prints
    parcels: Parcels
    later: Later
    clock: Clock

    def __call__(self, programme: str, batch: str, asked: Asked) -> None:
        """Begin; NothingToPrintError, or BusyError while another print is drawn."""
        now = self.clock.now()
        if self.prints.find(asked.attempt, now) is not None:
            return
        if self.prints.busy(now):
            raise BusyError("Slips are being drawn already: wait until they are done.")
        with self.store.reading() as unit:
            drawable = self.slips_of(unit, programme, batch, asked.language)
            count = len(drawable.copies)
            unit.commit(
                AuditEvent(Act.SLIPS_DRAWN, asked.actor, f"batch:{batch}", {"count": count})
            )
        begun = Drawing(asked.attempt, batch, asked.actor, Stage.DRAWING, count, 0, now)
        if self.prints.begin(begun):
            self.later(lambda: self._draw(drawable, asked))

    def _draw(self, drawable: Drawable, asked: Asked) -> None:
        """Draw and close; whatever goes wrong is said on the page, and nothing is lost by it."""
        try:
            pdf = self.printer.print_slips(
                drawable.sheet,
                lambda drawn: self.prints.told(asked.attempt, drawn, self.clock.now()),
            )
        except QolError:
            self.prints.end(asked.attempt, Stage.FAILED, self.clock.now(), None)
            return
        content = digest_of(drawable.copies) + pdf
        sealed = self.parcels.seal(asked.secret, asked.attempt, content)
        self.prints.end(asked.attempt, Stage.READY, self.clock.now(), sealed)
