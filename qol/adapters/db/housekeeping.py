"""The throttle: counts of wrong codes, across threads, processes and restarts.

Its tables lose nothing that anybody is owed: a file of its own on SQLite, unlogged tables on
PostgreSQL. No deposit waits for it (design section 7; EA-AUT-5).
"""

from __future__ import annotations

import threading
from datetime import datetime
from math import ceil
from pathlib import Path

from sqlalchemy import URL, Connection, bindparam, case, delete, select, update
from sqlalchemy.dialects.postgresql import insert as postgres_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from qol.adapters.db.engine import Database, sqlite_engine, translated
from qol.adapters.db.tables import volatile, wrong_code

_DAY = 86_400
_FIRST_WAIT = 60
_LONGEST_WAIT = 900

_UNTIL = select(wrong_code.c.until).where(wrong_code.c.source == bindparam("asked"))
_WAIT = (
    update(wrong_code)
    .where(wrong_code.c.source == bindparam("asked"))
    .values(until=bindparam("new_until"))
)
_PURGE = delete(wrong_code).where(wrong_code.c.last_at <= bindparam("dead"))


def wait_after(wrongs: int, allowance: int) -> int:
    """Give the seconds to wait after this many wrong codes.

    The last of the allowance costs a minute, each further one twice as much, never more
    than fifteen minutes.
    """
    if wrongs < allowance:
        return 0
    return int(min(_LONGEST_WAIT, _FIRST_WAIT * 2 ** min(wrongs - allowance, 10)))


class SqlHousekeeping:
    """Counts on whichever database holds them."""

    def __init__(self, database: Database) -> None:
        """``database`` holds the volatile tables."""
        self._database = database
        # One of two inserts with the same words; the dialects keep them apart.
        make = sqlite_insert if database.on_sqlite else postgres_insert
        row = make(wrong_code).values(
            source=bindparam("source"), wrongs=1, last_at=bindparam("now"), until=0
        )
        alive = wrong_code.c.last_at > row.excluded.last_at - _DAY
        self._count = row.on_conflict_do_update(
            index_elements=["source"],
            set_={
                "wrongs": case((alive, wrong_code.c.wrongs + 1), else_=1),
                "last_at": row.excluded.last_at,
            },
        ).returning(wrong_code.c.wrongs)

    def waiting(self, source: bytes, now: datetime) -> int:
        """Return the seconds this source must still wait; 0 when it may try."""
        with self._database.reading() as connection:
            until = connection.execute(_UNTIL, {"asked": source}).scalar()
        return max(0, ceil((until or 0) - now.timestamp()))

    def wrong(self, source: bytes, now: datetime, allowance: int) -> int:
        """Count one wrong code and return the seconds to wait from now."""
        with self._database.writing() as connection:
            # Only wrong codes make rows, so only they need clear the dead ones away.
            connection.execute(_PURGE, {"dead": int(now.timestamp()) - _DAY})
            wait = self._counted(connection, source, now, allowance)
            connection.commit()
        return wait

    def _counted(self, connection: Connection, source: bytes, now: datetime, allowance: int) -> int:
        second = int(now.timestamp())
        asked = {"source": source, "now": second}
        wait = wait_after(connection.execute(self._count, asked).scalar_one(), allowance)
        if wait:
            connection.execute(_WAIT, {"asked": source, "new_until": second + wait})
        return wait

    def purge(self, now: datetime) -> None:
        """Forget sources whose last wrong code is 24 hours old."""
        with self._database.writing() as connection:
            connection.execute(_PURGE, {"dead": int(now.timestamp()) - _DAY})
            connection.commit()

    def dispose(self) -> None:
        """Close every connection."""
        self._database.dispose()


def open_housekeeping(records: Database, file: Path) -> SqlHousekeeping:
    """Open the counts beside the records."""
    return SqlHousekeeping(volatile_database(records, file))


def volatile_database(records: Database, file: Path) -> Database:
    """Open what holds the volatile tables: ``file`` for SQLite, else the same PostgreSQL."""
    if not records.on_sqlite:
        return records
    url = URL.create("sqlite+pysqlite", database=str(file))
    pragmas: dict[str, str | int] = {
        "busy_timeout": 5000,
        "journal_mode": "WAL",
        "synchronous": "OFF",
    }
    # The lock is its own: a guess never makes a deposit wait.
    database = Database(
        sqlite_engine(url, "BEGIN", pragmas),
        sqlite_engine(url, "BEGIN IMMEDIATE", pragmas),
        threading.Lock(),
    )
    with translated(), database.writer.begin() as connection:
        volatile.create_all(connection)
    return database
