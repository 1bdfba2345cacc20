"""What may be used once: remembered by its digest until it would be refused for its age anyway."""

from __future__ import annotations

from datetime import datetime
from hashlib import sha256
from math import ceil

from sqlalchemy import bindparam, delete
from sqlalchemy.dialects.postgresql import insert as postgres_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from qol.adapters.db.engine import Database
from qol.adapters.db.tables import spent

_PURGE = delete(spent).where(spent.c.until <= bindparam("now"))


class SqlSpent:
    """The port ``Spent`` on whichever database holds the volatile tables."""

    def __init__(self, database: Database) -> None:
        self._database = database
        make = sqlite_insert if database.on_sqlite else postgres_insert
        self._note = (
            make(spent)
            .values(digest=bindparam("digest"), until=bindparam("until"))
            .on_conflict_do_nothing()
            .returning(spent.c.until)
        )

    def first(self, what: str, now: datetime, until: datetime) -> bool:
        """Note ``what`` and say whether nobody had; of two at the same moment one is first."""
        noted = {"digest": sha256(what.encode()).digest(), "until": ceil(until.timestamp())}
        with self._database.writing() as connection:
            connection.execute(_PURGE, {"now": int(now.timestamp())})
            first = connection.execute(self._note, noted).first() is not None
            connection.commit()
        return first
