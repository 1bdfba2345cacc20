"""Twins in memory of a batch's store, of its drawing and of a parcel."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime

from qol.domain.audit import AuditEvent
from qol.domain.errors import EnvelopeError
from qol.usecases.lab.batches.ports import Copy
from qol.usecases.lab.batches.printing import LIFE, Drawing, Stage

COPIES = (Copy(1, "0000A", "S1", "issued", b"one"), Copy(2, "0000B", "S2", "issued", b"two"))


@dataclass
class FakeBatches:
    """Store, unit and prints in one, of one batch with one drawing."""

    drawing: Drawing
    meanwhile: bool = False
    """Somebody is faster: the first look finds the print not collected, the second finds it so."""
    left: list[Copy] = field(default_factory=lambda: list(COPIES))
    events: list[AuditEvent] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)

    @contextmanager
    def reading(self) -> Iterator[FakeBatches]:
        yield self

    writing = reading

    def copies(self, programme: str, batch: str) -> tuple[Copy, ...]:
        return tuple(self.left)

    def take_copies(self, taken: Sequence[Copy]) -> bool:
        whole = all(one in self.left for one in taken)
        self.left = [one for one in self.left if one not in taken]
        return whole

    def collected(self, reference: str) -> bool:
        found = reference in self.kept
        if self.meanwhile:
            self.kept.append(reference)
        return found

    def keep_collected(self, reference: str, batch: str, now: datetime) -> None:
        self.kept.append(reference)

    def commit(self, event: AuditEvent) -> None:
        self.events.append(event)

    def find(self, reference: str, now: datetime) -> Drawing | None:
        found = self.drawing
        fresh = now - found.touched <= LIFE
        return found if fresh and found.reference == reference else None

    def end(self, reference: str, stage: Stage, now: datetime, sealed: bytes | None) -> None:
        self.drawing = replace(self.drawing, stage=stage)


class PlainParcels:
    """Parcels that only remember what they are for."""

    def seal(self, secret: str, reference: str, content: bytes) -> bytes:
        return f"{secret}/{reference}/".encode() + content

    def open(self, secret: str, reference: str, sealed: bytes) -> bytes:
        mine = f"{secret}/{reference}/".encode()
        if not sealed.startswith(mine):
            raise EnvelopeError("another parcel")
        return sealed.removeprefix(mine)
