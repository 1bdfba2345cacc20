"""On PostgreSQL each face has a role with just its rights."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.exc import ProgrammingError

from qol.adapters.db.engine import connect, normalised
from qol.adapters.db.grants import compare_grants
from qol.adapters.db.ledger import Recorder
from qol.adapters.db.migrating import grants
from qol.adapters.db.slip_prints import SqlPrints
from qol.adapters.db.starting import open_database
from qol.adapters.db.store_batches import SqlBatchStore
from qol.domain.errors import StoreUnavailableError
from qol.domain.revoking import Which
from qol.usecases.lab.batches.printing import Stage
from qol.usecases.lab.ports import NewPackage, Replacement
from qol.usecases.staff.ports import Credential, Kind
from tests.cast import ANA
from tests.integration.db.stock import (
    EVENT,
    NOW,
    SLOT,
    Place,
    administration,
    config_of,
    digest,
    fresh_database,
    stock,
)
from tests.integration.db.test_batches import B2, DRAWING, HOLDER


@contextmanager
def with_roles(migrated_server: tuple[str, str], folder: Path) -> Iterator[Place]:
    """A stocked PostgreSQL with its three roles."""
    server, template = migrated_server
    with fresh_database(server, template) as url:
        place = Place(url, folder)
        with place.lab().records.writing() as unit:
            stock(unit)
        grants(url)
        yield place
        place.close()


@pytest.fixture
def granted(migrated_server: tuple[str, str], tmp_path: Path) -> Iterator[Place]:
    """One that the test may change."""
    with with_roles(migrated_server, tmp_path) as place:
        yield place


@pytest.fixture(scope="module")
def refusing(
    migrated_server: tuple[str, str], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Place]:
    """One for all that is refused: nothing there changes it."""
    with with_roles(migrated_server, tmp_path_factory.mktemp("refusing")) as place:
        yield place


def as_role(place: Place, face: str) -> str:
    """The address for a face's own role."""
    made = normalised(place.url).set(username=f"qol_{face}")
    return made.render_as_string(hide_password=False)


PATIENT_MAY_NOT = [
    "SELECT envelope FROM administration",
    "SELECT * FROM administration",
    "SELECT slip FROM pseudonym",
    "SELECT sheet_number FROM subject",
    "SELECT * FROM ledger",
    "UPDATE administration SET state = 'frozen'",
    "DELETE FROM administration",
    "UPDATE pseudonym SET state = 'live'",
    "UPDATE subject SET day_zero = NULL",
    "INSERT INTO release SELECT * FROM release",
    "INSERT INTO key_fingerprint VALUES ('k', 'demo', 2026, 'deposit', 'aa')",
    "DELETE FROM ledger",
    "UPDATE ledger SET actor = 'x'",
    "TRUNCATE administration",
    "CREATE TABLE stolen (x int)",
]


SPENDING = "UPDATE device_ticket SET spent_at = NULL"
PROFESSIONALS_MAY = {
    "SELECT slip FROM pseudonym",
    "SELECT sheet_number FROM subject",
    "UPDATE pseudonym SET state = 'live'",
    "UPDATE subject SET day_zero = NULL",
}
PROFESSIONALS_MAY_NOT = [
    "UPDATE subject SET sheet_number = 'X'",
    "UPDATE pseudonym SET digest = 'x'",
    "INSERT INTO pseudonym SELECT * FROM pseudonym",
    "UPDATE attestation SET note_version = '2'",
    "DELETE FROM attestation",
    "SELECT reason FROM mixup_report",
    "SELECT right_subject_id FROM mixup_decision",
    "SELECT masked FROM entry",
    SPENDING,
    "DELETE FROM not_done",
    "DELETE FROM follow_up_end",
]
DENIED = [
    *(("patient", sql) for sql in [*PATIENT_MAY_NOT, *PROFESSIONALS_MAY_NOT] if sql != SPENDING),
    ("patient", "SELECT * FROM attestation"),
    ("patient", "SELECT * FROM entry"),
    ("patient", "INSERT INTO device_ticket SELECT * FROM device_ticket"),
    ("patient", "UPDATE device_ticket SET subject_id = 1"),
    *(("hcp", sql) for sql in PATIENT_MAY_NOT if sql not in PROFESSIONALS_MAY),
    *(("hcp", sql) for sql in PROFESSIONALS_MAY_NOT),
    ("hcp", "SELECT reason FROM record_change"),
    ("patient", "SELECT reason FROM record_change"),
    ("hcp", "INSERT INTO mixup_decision SELECT * FROM mixup_decision"),
    ("lab", "UPDATE record_change SET reason = 'x'"),
    ("lab", "DELETE FROM record_change"),
    ("lab", "UPDATE mixup_decision SET decision = 'x'"),
    ("lab", "UPDATE administration SET envelope = 'x'"),
    ("lab", "DELETE FROM administration"),
    ("lab", "INSERT INTO attestation SELECT * FROM attestation"),
    ("lab", "INSERT INTO mixup_report SELECT * FROM mixup_report"),
]


@pytest.mark.parametrize(("face", "sql"), DENIED)
def test_a_role_reads_and_changes_nothing_more(refusing: Place, face: str, sql: str) -> None:
    engine = create_engine(as_role(refusing, face))
    try:
        with engine.begin() as connection, pytest.raises(ProgrammingError, match="denied"):
            connection.execute(text(sql))
    finally:
        engine.dispose()


def test_the_patient_role_deposits(granted: Place) -> None:
    config = config_of(as_role(granted, "patient"), granted.folder, demo=False)
    open_database(config).dispose()
    stores = granted.patient(url=config.database_url)
    with stores.records.reading() as unit:
        assert unit.subject_by_digest(digest(1)) is not None
        assert len(unit.releases("demo")) > 0
        assert unit.deposited(1) == frozenset()
    with stores.records.writing() as unit:
        assert unit.subject(1) is not None
        unit.add(administration())
        unit.commit(EVENT)
    with stores.records.reading() as unit:
        assert unit.visit_of(1, SLOT) == "visit-1"
    assert stores.fingerprints() == {}
    assert stores.housekeeping.wrong(b"s", NOW, 1) == 60
    stores.housekeeping.purge(NOW)


def test_the_lab_role_works_and_may_not_touch_the_ledger(granted: Place) -> None:
    lab = replace(granted, url=as_role(granted, "lab"), opened=[]).lab()
    with lab.records.writing() as unit:
        unit.revoke(1, NOW)
        unit.commit(EVENT)
    with lab.records.reading() as unit:
        assert list(unit.records("demo")) == []
    lab.ledger.checkpoint(lambda _: b"signed", NOW, lambda _: EVENT)
    with pytest.raises(ProgrammingError, match="permission denied"):
        replace(granted, url=as_role(granted, "lab")).ask("DELETE FROM ledger")
    lab.database.dispose()


def test_the_lab_role_prints_replaces_and_lets_key_files_leave(granted: Place) -> None:
    lab = replace(granted, url=as_role(granted, "lab"), opened=[]).lab()
    store = SqlBatchStore(lab.database, Recorder(granted.clock, granted.dice))
    with store.writing() as unit:
        unit.add_recipient("demo", HOLDER)
        assert unit.take_copies(unit.copies("demo", "b1"))
        unit.revoke_batch("demo", "b1", Which.UNUSED, NOW)
        unit.commit(EVENT)
    with lab.records.writing() as records:
        records.add_batch(replace(B2, package=NewPackage(HOLDER.reference, b"closed")))
        records.keep_replacement(Replacement(1, "00001", "00009", "T" * 26, "leo", NOW))
        records.commit(EVENT)
    with store.writing() as unit:
        assert unit.end_key_file("b2", "released", "lia", NOW) == b"closed"
        unit.commit(EVENT)
    prints = SqlPrints(lab.database)
    assert prints.begin(DRAWING)
    prints.end(DRAWING.reference, Stage.READY, NOW, b"sealed")
    assert prints.find(DRAWING.reference, NOW)
    for face in ("patient", "hcp"):
        for table in ("slip_print", "key_file", "sheet_replaced"):
            with pytest.raises(ProgrammingError, match="permission denied"):
                replace(granted, url=as_role(granted, face)).ask(f"SELECT * FROM {table}")
    lab.database.dispose()


def test_the_professionals_role_binds_a_person_and_spends_a_transaction(granted: Place) -> None:
    with granted.staff().records.writing() as unit:
        unit.add_account(ANA.account, NOW)
        unit.commit(EVENT)
    stores = granted.staff(as_role(granted, "hcp"))
    bound = Credential("P" * 26, ANA.reference, Kind.PROVIDER, b"", NOW, handle=b"i")
    with stores.records.writing() as unit:
        unit.put_credential(bound)
        unit.commit(EVENT)
    with stores.records.reading() as unit:
        assert unit.bound(b"i") == bound
    until = NOW + timedelta(minutes=10)
    assert [stores.spent.first("one", NOW, until) for _ in range(2)] == [True, False]


@pytest.mark.parametrize("face", ["patient", "hcp", "lab"])
def test_each_role_has_what_is_written(granted: Place, face: str) -> None:
    database = connect(as_role(granted, face))
    compare_grants(database.reader, face)
    grants(granted.url)  # a second time changes nothing
    compare_grants(database.reader, face)
    database.dispose()


@pytest.mark.parametrize(
    ("sql", "told"),
    [
        ("GRANT SELECT ON administration TO qol_patient", "may SELECT administration.envelope"),
        ("GRANT DELETE ON ledger TO PUBLIC", "may DELETE ledger"),
        ("REVOKE INSERT ON ledger FROM qol_patient", "may not INSERT ledger"),
    ],
)
def test_a_face_with_other_rights_does_not_start(granted: Place, sql: str, told: str) -> None:
    granted.ask(sql)
    config = config_of(as_role(granted, "patient"), granted.folder, demo=False)
    with pytest.raises(StoreUnavailableError, match=told):
        open_database(config)


def test_the_owner_is_no_face(granted: Place) -> None:
    config = config_of(granted.url, granted.folder, demo=False)
    with pytest.raises(StoreUnavailableError, match="database grants"):
        open_database(config)
