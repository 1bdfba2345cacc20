"""What the batches' pages ask of the store, inside one transaction. Nothing of it is a code."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from qol.domain.audit import AuditEvent
from qol.domain.revoking import Which
from qol.usecases.lab.batches.key_file import Recipient


@dataclass(frozen=True, slots=True)
class Batch:
    """A batch by numbers. ``issued_at`` is None for one that is older than this register.

    ``printed`` counts usable codes whose slip copy is gone, ``to_print`` those whose slip the
    laboratory may print; ``spent`` were given away as replacements at the site.
    """

    reference: str
    site: str
    issued_at: datetime | None
    size: int = 0
    issued: int = 0
    live: int = 0
    revoked: int = 0
    spent: int = 0
    replaced: int = 0
    printed: int = 0
    to_print: int = 0


@dataclass(frozen=True, slots=True)
class Row:
    """One sheet of a batch. ``state`` is of its newest code, ``spent`` when it has none.

    ``attested``: the site handed it over, so its slip is the site's to print.
    """

    sheet_number: str
    state: str
    day_zero: date | None
    unprinted: bool
    attested: bool
    formerly: tuple[str, ...] = ()

    @property
    def usable(self) -> bool:
        """Say whether its code works or may be made to."""
        return self.state in {"issued", "live"}

    @property
    def to_print(self) -> bool:
        """Say whether the laboratory may print its slip."""
        return self.usable and self.unprinted and not self.attested


@dataclass(frozen=True, slots=True)
class Copy:
    """A sealed slip copy that may be printed. ``pseudonym`` is its row."""

    pseudonym: int
    sheet_number: str
    reference: str
    state: str
    slip: bytes


@dataclass(frozen=True, slots=True)
class KeyFile:
    """How a batch's key file stands: whom it is for, who asked; ``outcome`` None while it waits."""

    recipient: Recipient
    asked_by: str
    outcome: str | None


class BatchUnit(Protocol):
    """One transaction about batches, of one programme and no other."""

    def batches(self, programme: str) -> tuple[Batch, ...]:
        """List a programme's batches, by site and then the newest first."""

    def rows(self, programme: str, batch: str) -> tuple[Row, ...]:
        """List a batch's sheets by sheet number."""

    def revoke_batch(self, programme: str, batch: str, which: Which, now: datetime) -> int:
        """Kill codes and their slip copies; how many codes there were."""

    def copies(self, programme: str, batch: str) -> tuple[Copy, ...]:
        """List the slip copies that the laboratory may print, by sheet number."""

    def take_copies(self, taken: Sequence[Copy]) -> bool:
        """Delete exactly these copies; False, and nothing is right, when one is not there."""

    def collected(self, reference: str) -> bool:
        """Say whether that print was collected: its copies are gone, and for it."""

    def keep_collected(self, reference: str, batch: str, now: datetime) -> None:
        """Keep that a print was collected, with the deleting of its copies."""

    def recipients(self, programme: str) -> tuple[Recipient, ...]:
        """List a programme's recipients, by label."""

    def add_recipient(self, programme: str, recipient: Recipient) -> None:
        """Insert a recipient; AlreadySaidError when the label is taken."""

    def end_recipient(self, reference: str, actor: str, now: datetime) -> None:
        """Keep that a recipient's key ended before its day; AlreadySaidError when it had."""

    def key_file(self, programme: str, batch: str) -> KeyFile | None:
        """Say how a batch's key file stands; None when none was asked for."""

    def end_key_file(self, batch: str, outcome: str, actor: str, now: datetime) -> bytes | None:
        """Return the closed file and delete it; None when it is not here any more."""

    def commit(self, event: AuditEvent) -> None:
        """Write the event and commit; a reading unit does so in a transaction of its own."""


class BatchStore(Protocol):
    """Opens the units."""

    def reading(self) -> AbstractContextManager[BatchUnit]:
        """Open a snapshot; reading commits its own event at the end."""

    def writing(self) -> AbstractContextManager[BatchUnit]:
        """Open a write transaction; rolled back unless committed."""
