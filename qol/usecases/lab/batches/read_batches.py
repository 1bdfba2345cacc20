"""Read a programme's batches, one of them, or one sheet; reading is an event (EA-JOU-1-a)."""

from __future__ import annotations

from dataclasses import dataclass

from qol.domain.audit import Act, AuditEvent
from qol.domain.errors import NotAllowedError
from qol.usecases.lab.batches.ports import Batch, BatchStore, BatchUnit, Row


class UnknownBatchError(NotAllowedError):
    """The programme has no such batch or sheet, whoever else may have one."""


@dataclass(frozen=True, slots=True)
class Whole:
    """A batch with its sheets."""

    batch: Batch
    rows: tuple[Row, ...]

    def sheet(self, number: str) -> Row:
        """Find a sheet; UnknownBatchError when the batch has none of that number."""
        for row in self.rows:
            if row.sheet_number == number:
                return row
        raise UnknownBatchError("This batch has no such sheet.")


@dataclass(frozen=True, slots=True)
class ReadBatches:
    """``ReadBatches(...)(programme, actor)`` lists the batches."""

    store: BatchStore

    def __call__(self, programme: str, actor: str) -> tuple[Batch, ...]:
        """List by site."""
        with self.store.reading() as unit:
            found = unit.batches(programme)
            unit.commit(
                AuditEvent(Act.BATCHES_READ, actor, f"programme:{programme}", {"count": len(found)})
            )
        return found


@dataclass(frozen=True, slots=True)
class ReadBatch:
    """``ReadBatch(...)(programme, batch, actor)`` gives a batch with its sheets."""

    store: BatchStore

    def __call__(self, programme: str, batch: str, actor: str) -> Whole:
        """Read; UnknownBatchError when the programme has no such batch."""
        with self.store.reading() as unit:
            found = whole(unit, programme, batch)
            unit.commit(
                AuditEvent(Act.BATCH_READ, actor, f"batch:{batch}", {"count": len(found.rows)})
            )
        return found


def whole(unit: BatchUnit, programme: str, batch: str) -> Whole:
    """Find a batch of the programme with its sheets."""
    for one in unit.batches(programme):
        if one.reference == batch:
            return Whole(one, unit.rows(programme, batch))
    raise UnknownBatchError("This programme has no such batch.")
