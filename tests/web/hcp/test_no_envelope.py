"""No statement of the professionals' face reads an envelope: the database itself keeps count.

SQLite asks an authorizer about every column that a statement reads.
"""

from __future__ import annotations

import sqlite3

from sqlalchemy import Engine, event

from tests.cast import ANA
from tests.hcp_face import Ward, post
from tests.web.hcp.test_entering import SHEET, deposit_by_patient, send
from tests.web.hcp.test_sheet import READ

Column = tuple[str, str]


def watched(engine: Engine, read: set[Column]) -> None:
    """Write down each column that any later connection of the engine reads."""
    engine.dispose()

    @event.listens_for(engine, "connect")
    def connected(dbapi: sqlite3.Connection, _: object) -> None:
        def asked(action: int, table: str | None, column: str | None, *_: object) -> int:
            if action == sqlite3.SQLITE_READ:
                read.add((table or "", column or ""))
            return sqlite3.SQLITE_OK

        dbapi.set_authorizer(asked)


def read_by_the_face(ward: Ward) -> set[Column]:
    read: set[Column] = set()
    database = ward.face.work_list.store.database  # type: ignore[attr-defined]
    watched(database.reader, read)
    watched(database.writer, read)
    return read


def test_every_page_and_every_act(ward: Ward) -> None:
    read, client = read_by_the_face(ward), ward.client(ANA)
    for page in READ:
        assert client.get(page).status_code == 200
    for way in ("interview", "paper_hcp"):
        assert send(ward, client, way).status_code in {303, 409}
    deposit = {"reason": "slips_swapped", "timepoint": "t0"}
    assert post(client, f"{SHEET}/wrong-patient", **deposit).status_code == 200
    assert post(client, f"{SHEET}/not-done/t0", reason="too_ill").status_code in {303, 409}
    assert post(client, f"{SHEET}/end", reason="moved").status_code == 303
    assert ("administration", "timepoint") in read
    assert ("administration", "envelope") not in read


def test_the_count_sees_an_envelope_that_is_read(ward: Ward) -> None:
    deposit_by_patient(ward)
    read = read_by_the_face(ward)
    database = ward.face.work_list.store.database  # type: ignore[attr-defined]
    with database.reading() as connection:
        connection.exec_driver_sql("SELECT * FROM administration").all()
    assert ("administration", "envelope") in read
