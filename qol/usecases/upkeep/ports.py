"""What keeping the ledger asks of the store and of a key."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Protocol

from qol.domain.audit import AuditEvent
from qol.domain.ledger import Checkpoint, LedgerRow


class LedgerBook(Protocol):
    """The ledger as a whole."""

    def reading(
        self,
    ) -> AbstractContextManager[tuple[Iterator[LedgerRow], list[tuple[Checkpoint, bytes]]]]:
        """Open a snapshot: all rows, and the unpurged checkpoints with their signatures."""

    def record(self, event: AuditEvent) -> None:
        """Write an event that changes nothing else, as a reading's."""

    def checkpoint(
        self,
        sign: Callable[[Checkpoint], bytes],
        now: datetime,
        event: Callable[[int], AuditEvent],
    ) -> int:
        """Sign the end of every segment that has grown, commit with the event, count them."""


class Signer(Protocol):
    """Signs checkpoints; no web process has one."""

    def sign(self, checkpoint: Checkpoint) -> bytes:
        """Give the signature."""


class Verifier(Protocol):
    """Verifies what a signer signed."""

    def valid(self, checkpoint: Checkpoint, signature: bytes) -> bool:
        """Tell whether the laboratory signed exactly this checkpoint."""
