"""The ledger's segments as this process writes them (design section 7).

A segment belongs to one run of one process and at most one UTC day. Its last hash stays in
memory, so a commit reads nothing. On PostgreSQL each transaction that writes at the same
time has a segment of its own, so that none waits for another.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import UTC
from threading import Lock

from sqlalchemy import Connection, insert

from qol.adapters.db.tables import ledger
from qol.domain.audit import AuditEvent
from qol.domain.ledger import LedgerRow, chained, detail_json, first_previous
from qol.usecases.ports import Clock, Dice

_INSERT = insert(ledger).inline()
_DAY = len("2026-01-01")


class Recorder:
    """Writes events at the end of this process's segments."""

    def __init__(self, clock: Clock, dice: Dice) -> None:
        """Rows are dated by ``clock``; segments are named by ``dice``."""
        self._clock = clock
        self._dice = dice
        self._free: list[LedgerRow] = []
        self._lock = Lock()
        self._process = os.getpid()

    @contextmanager
    def writing(self, connection: Connection, event: AuditEvent) -> Iterator[None]:
        """Insert the event; the caller commits inside.

        A segment whose commit failed is never written to again: nobody knows its end.
        """
        last = self._taken()
        at = self._clock.now().astimezone(UTC).isoformat(timespec="microseconds")
        if last is None or last.at[:_DAY] != at[:_DAY]:
            segment, number = self._dice.reference(), 1
            previous = first_previous(segment)
        else:
            segment, number, previous = last.segment, last.number + 1, last.hash
        detail = detail_json(event.detail)
        row = LedgerRow(segment, number, at, event.act.value, event.actor, event.reference, detail)
        row = chained(previous, row)
        connection.execute(_INSERT, asdict(row))
        yield
        with self._lock:
            self._free.append(row)

    def _taken(self) -> LedgerRow | None:
        """Take a segment that nobody is writing to; none of another process after a fork."""
        with self._lock:
            if self._process != os.getpid():
                self._free, self._process = [], os.getpid()
            return self._free.pop() if self._free else None
