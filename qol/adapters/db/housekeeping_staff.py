"""Sign-in's housekeeping: failures, last-seen, spent one-time steps, open challenges.

Its tables lose nothing that anybody is owed: see ``housekeeping``. A time step is spent in one
statement, so that of two requests at the same time one is refused.
"""

from __future__ import annotations

from dataclasses import asdict
from datetime import UTC, datetime

from sqlalchemy import Connection, delete, select
from sqlalchemy.dialects.postgresql import insert as postgres_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from qol.adapters.db.engine import Database
from qol.adapters.db.tables_staff import challenge, session_seen, sign_in_failure, spent_step
from qol.domain.staff.attempts import DAY, Tally, failed, succeeded
from qol.domain.staff.session import LONGEST

_CHALLENGE_S = 300
_TALLY = (
    sign_in_failure.c.run,
    sign_in_failure.c.tries,
    sign_in_failure.c.since,
    sign_in_failure.c.last,
)


class SqlStaffHousekeeping:
    """Port ``StaffHousekeeping`` on whichever database holds the volatile tables."""

    def __init__(self, database: Database) -> None:
        """``database`` holds the volatile tables."""
        self._database = database
        # One of two inserts with the same words; the dialects keep them apart.
        self._insert = sqlite_insert if database.on_sqlite else postgres_insert

    def tally(self, key: bytes) -> Tally:
        """Read the failures of a key."""
        with self._database.reading() as connection:
            return self._tally(connection, key)

    def _tally(self, connection: Connection, key: bytes, *, lock: bool = False) -> Tally:
        asked = select(*_TALLY).where(sign_in_failure.c.source == key)
        row = connection.execute(asked.with_for_update() if lock else asked).first()
        return Tally() if row is None else Tally(*row)

    def count(self, key: bytes, now: datetime, *, success: bool) -> Tally:
        """Count a failure, or forgive the run after a success; the tally as it is then."""
        second = int(now.timestamp())
        with self._database.writing() as connection:
            dead = sign_in_failure.c.last <= second - DAY
            connection.execute(delete(sign_in_failure).where(dead))
            # The row first, so that two at the same time wait for one another.
            none = {"source": key, **asdict(Tally())} | {"last": second, "since": second}
            connection.execute(self._insert(sign_in_failure).values(none).on_conflict_do_nothing())
            before = self._tally(connection, key, lock=True)
            tally = succeeded(before) if success else failed(before, second)
            here = sign_in_failure.c.source == key
            connection.execute(sign_in_failure.update().where(here).values(asdict(tally)))
            connection.commit()
        return tally

    def last_seen(self, digest: bytes) -> datetime | None:
        """Say when a session was last seen, to the minute."""
        with self._database.reading() as connection:
            asked = select(session_seen.c.at).where(session_seen.c.digest == digest)
            at = connection.execute(asked).scalar()
        return None if at is None else datetime.fromtimestamp(at, UTC)

    def seen(self, digest: bytes, now: datetime) -> None:
        """Write down that a session was seen."""
        second = int(now.timestamp())
        row = self._insert(session_seen).values(digest=digest, at=second)
        with self._database.writing() as connection:
            dead = session_seen.c.at < second - int(LONGEST.total_seconds())
            connection.execute(delete(session_seen).where(dead))
            connection.execute(
                row.on_conflict_do_update(index_elements=["digest"], set_={"at": row.excluded.at})
            )
            connection.commit()

    def spend(self, account: str, step: int) -> bool:
        """Spend a time step once; False when it, or a later one, is spent already."""
        row = self._insert(spent_step).values(account=account, step=step)
        once = row.on_conflict_do_update(
            index_elements=["account"],
            set_={"step": row.excluded.step},
            where=spent_step.c.step < row.excluded.step,
        ).returning(spent_step.c.step)
        with self._database.writing() as connection:
            spent = connection.execute(once).first() is not None
            connection.commit()
        return spent

    def keep_challenge(self, digest: bytes, challenge_: str, now: datetime) -> None:
        """Keep the one open challenge of a session."""
        second = int(now.timestamp())
        row = self._insert(challenge).values(digest=digest, value=challenge_, at=second)
        with self._database.writing() as connection:
            connection.execute(delete(challenge).where(challenge.c.at < second - _CHALLENGE_S))
            connection.execute(
                row.on_conflict_do_update(
                    index_elements=["digest"],
                    set_={"value": row.excluded.value, "at": row.excluded.at},
                )
            )
            connection.commit()

    def take_challenge(self, digest: bytes, now: datetime) -> str | None:
        """Give a session's challenge and forget it; None when there is none or it is old."""
        taken = (
            delete(challenge)
            .where(challenge.c.digest == digest)
            .returning(challenge.c.value, challenge.c.at)
        )
        with self._database.writing() as connection:
            row = connection.execute(taken).first()
            connection.commit()
        fresh = row is not None and row.at >= int(now.timestamp()) - _CHALLENGE_S
        return str(row.value) if row is not None and fresh else None

    def dispose(self) -> None:
        """Close every connection."""
        self._database.dispose()
