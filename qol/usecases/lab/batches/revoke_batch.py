"""Revoke a batch: its unused codes, or all of them; what was deposited stays (T-18, T-66)."""

from __future__ import annotations

from dataclasses import dataclass

from qol.domain.audit import Act, AuditEvent
from qol.domain.errors import AlreadySaidError
from qol.domain.revoking import RevokeReason, Which
from qol.usecases.lab.batches.ports import BatchStore
from qol.usecases.lab.batches.read_batches import whole
from qol.usecases.ports import Clock


@dataclass(frozen=True, slots=True)
class RevokeBatch:
    """``RevokeBatch(...)(programme, batch, which, reason, actor)`` says how many codes died."""

    store: BatchStore
    clock: Clock

    def __call__(
        self, programme: str, batch: str, which: Which, reason: RevokeReason, actor: str
    ) -> int:
        """Revoke; AlreadySaidError when no such code is left, so a second click is none."""
        with self.store.writing() as unit:
            whole(unit, programme, batch)
            count = unit.revoke_batch(programme, batch, which, self.clock.now())
            if not count:
                raise AlreadySaidError("No code of this batch is left to be revoked.")
            event = AuditEvent(
                Act.BATCH_REVOKED,
                actor,
                f"batch:{batch}",
                {"which": which.value, "reason": reason.value, "count": count},
            )
            unit.commit(event)
        return count
