"""Sign the last hash of every segment that has grown since its last checkpoint."""

from __future__ import annotations

from dataclasses import dataclass

from qol.domain.audit import Act, AuditEvent
from qol.usecases.ports import Clock
from qol.usecases.upkeep.ports import LedgerBook, Signer


@dataclass(frozen=True, slots=True)
class CheckpointLedger:
    """Seal what the ledger says today, with a key that is in no web process."""

    book: LedgerBook
    signer: Signer
    clock: Clock

    def __call__(self, actor: str) -> int:
        """Sign and return how many checkpoints were made."""

        def event(count: int) -> AuditEvent:
            return AuditEvent(Act.LEDGER_CHECKPOINTED, actor, "ledger", {"count": count})

        return self.book.checkpoint(self.signer.sign, self.clock.now(), event)
