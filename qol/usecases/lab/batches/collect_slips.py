"""Look how far a print is, and collect it: the slip copies die with the event, then bytes leave.

A download that breaks may be taken again by the same person for ten minutes; after that its
slips are lost and their codes are replaced or revoked.
"""

from __future__ import annotations

from dataclasses import dataclass

from qol.domain.audit import Act, AuditEvent
from qol.domain.errors import EnvelopeError, NotAllowedError
from qol.usecases.lab.batches.ports import BatchStore
from qol.usecases.lab.batches.printing import Drawing, Parcels, Prints, Stage
from qol.usecases.lab.batches.slips_of import ChangedError, digest_of, take
from qol.usecases.ports import Clock

_DIGEST = 32


class NoSuchPrintError(NotAllowedError):
    """There is no such print, or not any more, or it is somebody else's."""


@dataclass(frozen=True, slots=True)
class ReadPrint:
    """``ReadPrint(...)(batch, reference, actor)`` gives one's own print."""

    prints: Prints
    clock: Clock

    def __call__(self, batch: str, reference: str, actor: str) -> Drawing:
        """Find; NoSuchPrintError for anybody else's, and after ten minutes."""
        found = self.prints.find(reference, self.clock.now())
        if found is None or (found.batch, found.actor) != (batch, actor):
            raise NoSuchPrintError("There is no such print any more.")
        return found


@dataclass(frozen=True, slots=True)
class CollectSlips:
    """``CollectSlips(...)(programme, batch, reference, actor, secret)`` gives the PDF."""

    store: BatchStore
    prints: Prints
    parcels: Parcels
    clock: Clock

    def __call__(
        self, programme: str, batch: str, reference: str, actor: str, secret: str
    ) -> bytes:
        """Collect; ChangedError when a slip of it went another way meanwhile."""
        found = ReadPrint(self.prints, self.clock)(batch, reference, actor)
        if found.sealed is None:
            raise NoSuchPrintError("This print is not drawn.")
        try:
            content = self.parcels.open(secret, reference, found.sealed)
        except EnvelopeError:
            raise NoSuchPrintError("This print was made in another session.") from None
        digest, pdf = content[:_DIGEST], content[_DIGEST:]
        if not self._collected(reference):
            try:
                self._take(programme, found, digest)
            except ChangedError:
                # The second of two clicks finds no copy: the first took them for the same person.
                if not self._collected(reference):
                    raise
            else:
                return pdf
        self._again(batch, found, actor)
        return pdf

    def _collected(self, reference: str) -> bool:
        """Say whether this print used its copies up, in the same commit that took them."""
        with self.store.reading() as unit:
            return unit.collected(reference)

    def _take(self, programme: str, found: Drawing, digest: bytes) -> None:
        with self.store.writing() as unit:
            copies = unit.copies(programme, found.batch)
            if digest_of(copies) != digest:
                raise ChangedError("The batch changed while it was drawn: draw its slips again.")
            take(unit, copies)
            unit.keep_collected(found.reference, found.batch, self.clock.now())
            event = AuditEvent(
                Act.SLIPS_PRINTED, found.actor, f"batch:{found.batch}", {"count": found.total}
            )
            unit.commit(event)
        self.prints.end(found.reference, Stage.COLLECTED, self.clock.now(), None)

    def _again(self, batch: str, found: Drawing, actor: str) -> None:
        detail: dict[str, str | int] = {"count": found.total, "again": 1}
        with self.store.reading() as unit:
            unit.commit(AuditEvent(Act.SLIPS_PRINTED, actor, f"batch:{batch}", detail))
