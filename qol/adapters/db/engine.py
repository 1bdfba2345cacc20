"""Engines, transactions and the one place where a driver's errors become ours.

SQLite: write-ahead log, every commit synced, one lock a process around short
``BEGIN IMMEDIATE`` transactions. PostgreSQL: psycopg, as many writers as there are.
A face refuses to start unless durability is on (design section 7).
"""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy import exc as sql

from qol.domain.errors import StoreUnavailableError

_BUSY_MS = 5000
_LOCK_S = 10.0
_IDLE_S = 5.0
_POOL: dict[str, Any] = {
    "pool_size": 16,
    "max_overflow": 16,
    "pool_timeout": 10,
    "pool_use_lifo": True,
}
_OURS = (sql.IntegrityError, sql.ProgrammingError, sql.DataError, sql.NotSupportedError)


def normalised(url: str) -> URL:
    """Read a database address; ``postgres://`` and ``postgresql://`` mean psycopg."""
    try:
        made = make_url(url)
    except sql.ArgumentError:
        raise StoreUnavailableError("QOL_DATABASE_URL is not the address of a database.") from None
    if made.drivername in {"postgres", "postgresql"}:
        made = made.set(drivername="postgresql+psycopg")
    if made.drivername not in {"sqlite", "sqlite+pysqlite", "postgresql+psycopg"}:
        raise StoreUnavailableError(
            f"QOL_DATABASE_URL names {made.drivername!r}: only sqlite and postgresql are known."
        )
    return made


@contextmanager
def translated() -> Iterator[None]:
    """Turn what the driver says of a database that is gone, full, locked or read-only into ours."""
    try:
        yield
    except sql.TimeoutError as error:
        raise StoreUnavailableError("The database is too busy: no connection came free.") from error
    except sql.DBAPIError as error:
        if isinstance(error, _OURS):
            raise
        first = str(error.orig).strip().splitlines()[:1]
        raise StoreUnavailableError(
            f"The database cannot be reached or written to ({'; '.join(first)})."
        ) from error


@dataclass(frozen=True)
class Database:
    """Two engines on one database: snapshots that cannot write, and short write transactions."""

    reader: Engine
    writer: Engine
    lock: threading.Lock | None = field(default_factory=threading.Lock)

    @property
    def on_sqlite(self) -> bool:
        """Say which of the two it is."""
        return self.writer.dialect.name == "sqlite"

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Open a snapshot; a statement that writes fails."""
        with translated(), self.reader.connect() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Open a write transaction; rolled back unless the caller commits."""
        if self.lock is None:
            with translated(), self.writer.connect() as connection:
                connection.begin()
                yield connection
            return
        if not self.lock.acquire(timeout=_LOCK_S):
            raise StoreUnavailableError(
                "The database is too busy: the write lock did not come free."
            )
        try:
            with translated(), self.writer.connect() as connection:
                connection.begin()
                yield connection
        finally:
            self.lock.release()

    def dispose(self) -> None:
        """Close every connection."""
        self.reader.dispose()
        self.writer.dispose()


def sqlite_engine(url: URL, begin: str, pragmas: dict[str, str | int]) -> Engine:
    """Make an engine whose transactions begin with ``begin`` and whose connections PRAGMAs."""
    engine = create_engine(url, **_POOL)

    @event.listens_for(engine, "connect")
    def connected(dbapi: Any, _: Any) -> None:
        dbapi.isolation_level = None
        for name, value in pragmas.items():
            dbapi.execute(f"PRAGMA {name}={value}")

    @event.listens_for(engine, "begin")
    def began(connection: Connection) -> None:
        connection.exec_driver_sql(begin)

    return engine


def _identity(path: str) -> tuple[int, int] | None:
    try:
        found = os.stat(path)  # noqa: PTH116 - asked at every checkout: no object is made for it
    except OSError:
        return None
    return found.st_dev, found.st_ino


def refuse_gone(engine: Engine, path: str) -> None:
    """Look at each use whether the open file is still the one of that name.

    A connection goes on writing into a file that was deleted, and what it commits there is
    lost: no receipt may stand on it. A file put back in its place is opened anew; none is
    made in the place of one that was there.
    """
    gone = "The database file is gone: put it back, or restore it from a backup."
    once: list[bool] = []

    @event.listens_for(engine, "do_connect")
    def connecting(*_: Any) -> None:
        if once and _identity(path) is None:
            raise StoreUnavailableError(gone)

    @event.listens_for(engine, "connect")
    def connected(_: Any, record: Any) -> None:
        record.info["file"] = _identity(path)
        if record.info["file"] is not None:
            once[:] = [True]

    @event.listens_for(engine, "checkout")
    def checked_out(_: Any, record: Any, __: Any) -> None:
        if record.info["file"] != _identity(path):
            raise sql.DisconnectionError


def _postgres_engine(url: URL, *, read_only: bool) -> Engine:
    engine = create_engine(
        url,
        isolation_level="REPEATABLE READ" if read_only else "READ COMMITTED",
        connect_args={"connect_timeout": 5},
        **_POOL,
    )

    @event.listens_for(engine, "connect")
    def connected(dbapi: Any, _: Any) -> None:
        dbapi.read_only = read_only

    @event.listens_for(engine, "checkout")
    def checked_out(dbapi: Any, record: Any, _: Any) -> None:
        """Ask an idle connection whether it still lives, so that a restart costs nobody a page."""
        if time.monotonic() - record.info.get("used", 0.0) > _IDLE_S:
            try:
                dbapi.execute("SELECT 1")
                dbapi.rollback()
            except dbapi_errors():
                raise sql.DisconnectionError from None

    @event.listens_for(engine, "checkin")
    def checked_in(_: Any, record: Any) -> None:
        record.info["used"] = time.monotonic()

    return engine


def dbapi_errors() -> type[Exception]:
    """Give psycopg's error class, imported only where PostgreSQL is used."""
    from psycopg import Error  # noqa: PLC0415 - SQLite users need no driver

    return Error


def connect(url: str) -> Database:
    """Make the engines; nothing is opened and nothing is checked yet."""
    made = normalised(url)
    if made.drivername == "postgresql+psycopg":
        return Database(
            _postgres_engine(made, read_only=True), _postgres_engine(made, read_only=False), None
        )
    pragmas: dict[str, str | int] = {
        "busy_timeout": _BUSY_MS,
        "journal_mode": "WAL",
        "synchronous": "FULL",
        "foreign_keys": "ON",
    }
    reader = sqlite_engine(made, "BEGIN", {**pragmas, "query_only": "ON"})
    writer = sqlite_engine(made, "BEGIN IMMEDIATE", pragmas)
    for engine in (reader, writer):
        refuse_gone(engine, made.database or "")
    return Database(reader, writer)


def assert_durable(database: Database) -> None:
    """Read the durability settings back; StoreUnavailableError names the one that is off."""
    if database.on_sqlite:
        wanted = {"journal_mode": {"wal"}, "synchronous": {"2", "3"}, "foreign_keys": {"1"}}
        ask = "PRAGMA {}"
    else:
        lasting = {"on", "local", "remote_write", "remote_apply"}
        wanted = {"fsync": {"on"}, "full_page_writes": {"on"}, "synchronous_commit": lasting}
        ask = "SHOW {}"
    with translated(), database.writer.connect() as connection:
        for name, good in wanted.items():
            found = str(connection.exec_driver_sql(ask.format(name)).scalar_one()).lower()
            if found not in good:
                raise StoreUnavailableError(
                    f"The database's setting {name} is {found}: a receipt would not be kept "
                    f"after a power cut. Set it to {min(good)}."
                )
