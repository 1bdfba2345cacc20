"""Fill an installation in bulk: administrations of other subjects, and codes to be used."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import islice
from typing import Any

from sqlalchemy import Connection, Table, func, insert, select

from qol.adapters.clock import SystemClock, SystemDice
from qol.adapters.crypto.digests import KeyedDigests
from qol.adapters.crypto.keyfolder import Purpose
from qol.adapters.db.engine import Database, connect
from qol.adapters.db.tables import administration, ledger, pseudonym, subject
from qol.domain.pseudonym import draw
from tests.instance import Instance

Row = dict[str, Any]
BATCH = 2000
TIMEPOINTS = ("day-0", "month-1", "month-3", "month-6")
INSTRUMENTS = ("demo-qol", "pain-nrs", "lasa")
EACH = len(TIMEPOINTS) * len(INSTRUMENTS)
_DICE = SystemDice()


def fill(instance: Instance, stored: int, codes: int, envelope: int) -> list[str]:
    """Store that many administrations, then issue and activate codes; give the codes.

    Each stored administration has its event, and each subject its live pseudonym.
    """
    shop = instance.shop
    digests = KeyedDigests(shop.folder.secret(Purpose.LOOKUP))
    programme = shop.only_programme()
    zero = SystemClock().today("Europe/Paris")
    database = connect(shop.config.database_url)
    others = -(-stored // EACH)
    fresh = [draw(_DICE.below).reveal() for _ in range(codes)]
    with database.writing() as connection:
        first = int(connection.execute(select(func.max(subject.c.id))).scalar() or 0) + 1
        people = range(first, first + others + codes)
        _add(connection, subject, (_subject(number, programme, zero) for number in people))
        seeds = [os.urandom(32) for _ in range(others)]
        digested = seeds + [digests.lookup(code) for code in fresh]
        rows = (_pseudonym(n, one) for n, one in zip(people, digested, strict=True))
        _add(connection, pseudonym, rows)
        made = _administrations(programme, range(first, first + others), envelope)
        for part in _parts(islice(made, stored)):
            connection.execute(insert(administration), part)
            _add(connection, ledger, (_event(row) for row in part))
        connection.commit()
    _settle(database)
    shop.close()
    return fresh


def _settle(database: Database) -> None:
    """Leave no work of the filling to the measured time."""
    if database.on_sqlite:
        with database.writing() as connection:
            connection.exec_driver_sql("ANALYZE")
            connection.commit()
        orders: tuple[str, ...] = ("PRAGMA wal_checkpoint(TRUNCATE)",)
    else:
        orders = ("VACUUM ANALYZE", "CHECKPOINT")
    raw = database.writer.raw_connection()
    driver: Any = raw.driver_connection
    if not database.on_sqlite:
        driver.rollback()
        driver.autocommit = True
    for order in orders:
        driver.execute(order)
    raw.invalidate()
    database.dispose()


def _parts(rows: Iterable[Row]) -> Iterator[list[Row]]:
    left = iter(rows)
    while part := list(islice(left, BATCH)):
        yield part


def _add(connection: Connection, table: Table, rows: Iterable[Row]) -> None:
    for part in _parts(rows):
        connection.execute(insert(table).inline(), part)


def _subject(number: int, programme: str, zero: object) -> Row:
    return {
        "id": number,
        "reference": _DICE.reference(),
        "programme": programme,
        "site": "BENCH",
        "batch": "bench",
        "sheet_number": f"{number:08d}",
        "day_zero": zero,
    }


def _pseudonym(number: int, digest: bytes) -> Row:
    return {
        "subject_id": number,
        "digest": digest,
        "state": "live",
        "changed_at": datetime.now(UTC),
        "slip": None,
    }


def _administrations(programme: str, people: range, envelope: int) -> Iterator[Row]:
    start = datetime.now(UTC) - timedelta(days=300)
    for person in people:
        for timepoint in TIMEPOINTS:
            for instrument in INSTRUMENTS:
                yield {
                    "id": _DICE.reference(),
                    "subject_id": person,
                    "programme": programme,
                    "programme_version": 1,
                    "timepoint": timepoint,
                    "instrument": instrument,
                    "release_id": 1,
                    "mode": "self_online",
                    "received_at": start + timedelta(seconds=60 * person),
                    "visit": _DICE.reference(),
                    "state": "current",
                    "key_id": "0" * 16,
                    "escrow_key_id": "1" * 16,
                    "envelope": os.urandom(envelope),
                }


def _event(row: Row) -> Row:
    return {
        "segment": row["id"],
        "number": 1,
        "at": row["received_at"].isoformat(timespec="microseconds"),
        "act": "administration.deposited",
        "actor": "patient",
        "reference": row["id"],
        "detail": '{"mode":"self_online"}',
        "hash": os.urandom(32),
    }
