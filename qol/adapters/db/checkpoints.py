"""Reading, checkpointing and purging the ledger, for the laboratory and its upkeep."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import fields
from datetime import UTC, datetime, timedelta

from sqlalchemy import Connection, and_, delete, func, insert, select, update

from qol.adapters.db.engine import Database
from qol.adapters.db.ledger import Recorder
from qol.adapters.db.tables import checkpoint, ledger
from qol.config import LONGEST_LEDGER, SHORTEST_LEDGER
from qol.domain.audit import AuditEvent
from qol.domain.errors import NotAllowedError
from qol.domain.ledger import Checkpoint, LedgerRow

_CHUNK = 1000
_ROWS = select(*(ledger.c[field.name] for field in fields(LedgerRow))).order_by(
    ledger.c.segment, ledger.c.number
)


class LedgerBook:
    """The ledger as a whole."""

    def __init__(self, database: Database, recorder: Recorder) -> None:
        """``recorder`` writes the event of each act."""
        self._database = database
        self._recorder = recorder

    @contextmanager
    def reading(self) -> Iterator[tuple[Iterator[LedgerRow], list[tuple[Checkpoint, bytes]]]]:
        """Open a snapshot: all rows by segment and number, and the unpurged checkpoints."""
        with self._database.reading() as connection:
            yield _rows(connection), _signed(connection)

    def record(self, event: AuditEvent) -> None:
        """Write an event that changes nothing else, as a reading's."""
        with self._database.writing() as connection:
            self._commit(connection, event)

    def checkpoint(
        self,
        sign: Callable[[Checkpoint], bytes],
        now: datetime,
        event: Callable[[int], AuditEvent],
    ) -> int:
        """Sign the end of every segment that has grown; return how many.

        ``event`` makes the act's event of that number. Its row is in no checkpoint yet.
        """
        with self._database.writing() as connection:
            grown = [
                {
                    "segment": segment,
                    "number": number,
                    "hash": bytes(last_hash),
                    "last_at": at,
                    "signed_at": now,
                    "signature": sign(Checkpoint(segment, number, bytes(last_hash))),
                }
                for segment, number, last_hash, at in _ends(connection)
            ]
            if grown:
                connection.execute(insert(checkpoint), grown)
            self._commit(connection, event(len(grown)))
        return len(grown)

    def purge(self, now: datetime, keep_days: int, event: Callable[[int], AuditEvent]) -> int:
        """Delete whole checkpointed segments older than ``keep_days``; return how many.

        NotAllowedError outside 183 to 365 days (EA-JOU-1-b). On PostgreSQL only the owner
        may; the trigger lets nothing go that no checkpoint seals to its last row.
        """
        if not SHORTEST_LEDGER <= keep_days <= LONGEST_LEDGER:
            raise NotAllowedError(
                f"The ledger is kept {SHORTEST_LEDGER} to {LONGEST_LEDGER} days, not {keep_days}."
            )
        limit = (now - timedelta(days=keep_days)).astimezone(UTC).isoformat(timespec="microseconds")
        with self._database.writing() as connection:
            old = _sealed_before(connection, limit)
            for segment in old:
                here = checkpoint.c.segment == segment
                connection.execute(update(checkpoint).where(here).values(purged_at=now))
                connection.execute(delete(ledger).where(ledger.c.segment == segment))
            self._commit(connection, event(len(old)))
        return len(old)

    def _commit(self, connection: Connection, event: AuditEvent) -> None:
        with self._recorder.writing(connection, event):
            connection.commit()


def _rows(connection: Connection) -> Iterator[LedgerRow]:
    with connection.execute(_ROWS, execution_options={"yield_per": _CHUNK}) as rows:
        for row in rows:
            yield LedgerRow(*row)


def _signed(connection: Connection) -> list[tuple[Checkpoint, bytes]]:
    table = checkpoint.c
    asked = select(table.segment, table.number, table.hash, table.signature)
    rows = connection.execute(asked.where(table.purged_at.is_(None)))
    return [(Checkpoint(row[0], row[1], bytes(row[2])), bytes(row[3])) for row in rows]


def _ends(connection: Connection) -> list[tuple[str, int, bytes, str]]:
    """List the last row of each segment that no checkpoint seals."""
    last = (
        select(ledger.c.segment, func.max(ledger.c.number).label("number"))
        .group_by(ledger.c.segment)
        .subquery()
    )
    here = and_(ledger.c.segment == last.c.segment, ledger.c.number == last.c.number)
    sealed = and_(checkpoint.c.segment == ledger.c.segment, checkpoint.c.number == ledger.c.number)
    asked = (
        select(ledger.c.segment, ledger.c.number, ledger.c.hash, ledger.c.at)
        .join(last, here)
        .outerjoin(checkpoint, sealed)
        .where(checkpoint.c.segment.is_(None))
        .order_by(ledger.c.at)
    )
    return [(row[0], row[1], row[2], row[3]) for row in connection.execute(asked)]


def _sealed_before(connection: Connection, limit: str) -> list[str]:
    """List the segments whose last row is older than the limit and sealed."""
    open_ends = {segment for segment, *_ in _ends(connection)}
    asked = select(ledger.c.segment).group_by(ledger.c.segment)
    old = connection.execute(asked.having(func.max(ledger.c.at) < limit)).scalars()
    return [segment for segment in old if segment not in open_ends]
