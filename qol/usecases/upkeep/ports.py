"""What keeping the ledger asks of the store and of a key."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from qol.domain.audit import AuditEvent
from qol.domain.ledger import Checkpoint, LedgerRow


@dataclass(frozen=True, slots=True)
class SignedCheckpoint:
    """A checkpoint, its signature and when it was signed."""

    checkpoint: Checkpoint
    signature: bytes
    signed_at: datetime


class LedgerUnit(Protocol):
    """The ledger inside one transaction."""

    def rows(self) -> Iterator[LedgerRow]:
        """Stream the rows, segment by segment, in order of their numbers."""

    def checkpoints(self) -> tuple[SignedCheckpoint, ...]:
        """List the checkpoints whose rows were not purged."""

    def add_checkpoint(self, signed: SignedCheckpoint) -> None:
        """Insert a checkpoint."""

    def commit(self, event: AuditEvent) -> None:
        """Write the event and commit, in one transaction."""


class LedgerStore(Protocol):
    """Opens units on the ledger."""

    def reading(self) -> AbstractContextManager[LedgerUnit]:
        """Open a snapshot, which may commit its own event at the end."""

    def writing(self) -> AbstractContextManager[LedgerUnit]:
        """Open a write transaction; rolled back unless committed."""


class Signer(Protocol):
    """Signs checkpoints; no web process has one."""

    def sign(self, checkpoint: Checkpoint) -> bytes:
        """Give the signature."""


class Verifier(Protocol):
    """Verifies what a signer signed."""

    def valid(self, checkpoint: Checkpoint, signature: bytes) -> bool:
        """Tell whether the laboratory signed exactly this checkpoint."""
