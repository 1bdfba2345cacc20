"""What the batches' pages may ask of the database."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection

from qol.adapters.db import batches
from qol.adapters.db import key_files as files
from qol.adapters.db.transactions import SqlStore, SqlUnit
from qol.domain.revoking import Which
from qol.usecases.lab.batches.key_file import Recipient
from qol.usecases.lab.batches.ports import Batch, Copy, KeyFile, Row


class SqlBatchUnit(SqlUnit["SqlBatchStore"]):
    """One transaction about batches."""

    def batches(self, programme: str) -> tuple[Batch, ...]:
        """List a programme's batches, by site and then the newest first."""
        return batches.summaries(self._connection, programme)

    def rows(self, programme: str, batch: str) -> tuple[Row, ...]:
        """List a batch's sheets by sheet number."""
        return batches.rows(self._connection, programme, batch)

    def revoke_batch(self, programme: str, batch: str, which: Which, now: datetime) -> int:
        """Kill codes and their slip copies; how many codes there were."""
        return batches.revoke(self._connection, programme, batch, which, now)

    def copies(self, programme: str, batch: str) -> tuple[Copy, ...]:
        """List the slip copies that the laboratory may print, by sheet number."""
        return batches.copies(self._connection, programme, batch)

    def take_copies(self, taken: Sequence[Copy]) -> bool:
        """Delete exactly these copies; False, and nothing is right, when one is not there."""
        return batches.take(self._connection, taken)

    def collected(self, reference: str) -> bool:
        """Say whether that print was collected: its copies are gone, and for it."""
        return batches.collected(self._connection, reference)

    def keep_collected(self, reference: str, batch: str, now: datetime) -> None:
        """Keep that a print was collected, with the deleting of its copies."""
        batches.keep_collected(self._connection, reference, batch, now)

    def recipients(self, programme: str) -> tuple[Recipient, ...]:
        """List a programme's recipients, by label."""
        return files.recipients(self._connection, programme)

    def add_recipient(self, programme: str, recipient: Recipient) -> None:
        """Insert a recipient; AlreadySaidError when the label is taken."""
        files.add_recipient(self._connection, programme, recipient)

    def end_recipient(self, reference: str, actor: str, now: datetime) -> None:
        """Keep that a recipient's key ended before its day; AlreadySaidError when it had."""
        files.end_recipient(self._connection, reference, actor, now)

    def key_file(self, programme: str, batch: str) -> KeyFile | None:
        """Say how a batch's key file stands; None when none was asked for."""
        return files.state(self._connection, programme, batch)

    def end_key_file(self, batch: str, outcome: str, actor: str, now: datetime) -> bytes | None:
        """Return the closed file and delete it; None when it is not here any more."""
        return files.end(self._connection, batch, outcome, actor, now)


class SqlBatchStore(SqlStore[SqlBatchUnit]):
    """Opens the units."""

    def _unit(self, connection: Connection, *, writes: bool) -> SqlBatchUnit:
        return SqlBatchUnit(self, connection, writes=writes)
