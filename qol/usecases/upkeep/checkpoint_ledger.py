"""Sign the last hash of every segment that has grown since its last checkpoint."""

from __future__ import annotations

from dataclasses import dataclass

from qol.domain.audit import Act, AuditEvent
from qol.domain.ledger import Checkpoint
from qol.usecases.ports import Clock
from qol.usecases.upkeep.ports import LedgerStore, SignedCheckpoint, Signer


@dataclass(frozen=True, slots=True)
class CheckpointLedger:
    """Seal what the ledger says today, with a key that is in no web process."""

    store: LedgerStore
    signer: Signer
    clock: Clock

    def __call__(self, actor: str) -> int:
        """Sign and return how many checkpoints were made."""
        with self.store.writing() as unit:
            ends = {row.segment: (row.number, row.hash) for row in unit.rows()}
            signed: dict[str, int] = {}
            for known in unit.checkpoints():
                end = known.checkpoint
                signed[end.segment] = max(end.number, signed.get(end.segment, 0))
            made = 0
            for segment, (number, last) in sorted(ends.items()):
                if number > signed.get(segment, 0):
                    checkpoint = Checkpoint(segment, number, last)
                    signature = self.signer.sign(checkpoint)
                    unit.add_checkpoint(SignedCheckpoint(checkpoint, signature, self.clock.now()))
                    made += 1
            unit.commit(AuditEvent(Act.LEDGER_CHECKPOINTED, actor, "ledger", {"count": made}))
        return made
