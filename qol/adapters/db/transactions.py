"""One shape for every store of the database: it opens units, and a unit commits with its event."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Generic, TypeVar

from sqlalchemy import Connection

from qol.adapters.db.documents import Decode, Releases, Versions, drawn_from
from qol.adapters.db.engine import Database
from qol.adapters.db.ledger import Recorder
from qol.domain.audit import AuditEvent
from qol.domain.instrument import Release
from qol.domain.schedule import InForce
from qol.usecases.ports import Fault

Unit = TypeVar("Unit")
Store = TypeVar("Store", bound="SqlStore[Any]")
DrawingStore = TypeVar("DrawingStore", bound="SqlDrawingStore[Any]")


def no_fault(point: str) -> None:
    """Pass a named point of a transaction."""


class SqlUnit(Generic[Store]):
    """A snapshot, or a write transaction that is rolled back unless it commits."""

    def __init__(self, store: Store, connection: Connection, *, writes: bool) -> None:
        """Made by the store."""
        self._store = store
        self._connection = connection
        self._writes = writes

    def commit(self, event: AuditEvent) -> None:
        """Write the event and commit; a reading unit does so in a transaction of its own."""
        if self._writes:
            self._store.record(self._connection, event)
        else:
            with self._store.database.writing() as connection:
                self._store.record(connection, event)


class SqlStore(ABC, Generic[Unit]):
    """Opens the units of one kind."""

    def __init__(self, database: Database, recorder: Recorder, fault: Fault = no_fault) -> None:
        """``recorder`` writes the ledger.

        ``fault`` is called at after_begin, after_event and after_commit, and where a unit says.
        """
        self.database = database
        self.fault = fault
        self._recorder = recorder

    @abstractmethod
    def _unit(self, connection: Connection, *, writes: bool) -> Unit:
        """Make the unit on a connection."""

    def record(self, connection: Connection, event: AuditEvent) -> None:
        """Write the event and commit: nothing of a store commits otherwise."""
        with self._recorder.writing(connection, event):
            self.fault("after_event")
            connection.commit()
        self.fault("after_commit")

    @contextmanager
    def reading(self) -> Iterator[Unit]:
        """Open a snapshot."""
        with self.database.reading() as connection:
            yield self._unit(connection, writes=False)

    @contextmanager
    def writing(self) -> Iterator[Unit]:
        """Open a short write transaction; rolled back unless committed."""
        with self.database.writing() as connection:
            self.fault("after_begin")
            yield self._unit(connection, writes=True)


class SqlDrawingUnit(SqlUnit[DrawingStore]):
    """A unit that knows programmes and the releases that they draw from."""

    def versions(self, programme: str) -> tuple[InForce, ...]:
        """List a programme's versions, oldest first."""
        return self._store.known_versions.read(self._connection, programme)

    def releases(self, programme: str) -> tuple[Release, ...]:
        """List the releases that its versions may draw from, in order of publication."""
        wanted = drawn_from(self.versions(programme))
        return self._store.known_releases.read(self._connection, wanted)


class SqlDrawingStore(SqlStore[Unit]):
    """A store that keeps the programmes and releases it has read."""

    def __init__(
        self, database: Database, decode: Decode, recorder: Recorder, fault: Fault = no_fault
    ) -> None:
        """``decode`` draws releases from their bytes; the rest as of any store."""
        super().__init__(database, recorder, fault)
        self.known_versions = Versions()
        self.known_releases = Releases(decode)
