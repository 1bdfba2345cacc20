"""A migrated database with one programme, its releases and subjects with live codes."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from sqlalchemy import create_engine, text

from qol.adapters.db.engine import Database, normalised
from qol.adapters.db.ledger import Recorder
from qol.adapters.db.starting import open_database
from qol.adapters.db.store_hcp import SqlHcpStore
from qol.adapters.db.store_lab import LabStores, open_lab
from qol.adapters.db.store_patient import PatientStores, open_patient
from qol.adapters.db.store_staff import StaffStores, open_staff
from qol.adapters.instruments import canonical
from qol.bootstrap.drawing import drawn
from qol.config import Config
from qol.domain.administration import Administration, Mode
from qol.domain.audit import Act, AuditEvent
from qol.domain.instrument import Release
from qol.domain.opening import State
from qol.domain.schedule import Slot
from qol.usecases.lab.ports import LabUnit, NewPseudonym, NewSubject, Publication
from qol.usecases.ports import Fault
from tests import builders
from tests.fakes import CountingDice, FixedClock

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
SLOT = Slot("t0", "demo-qol")
EVENT = AuditEvent(Act.DEPOSITED, "patient", "reference", {"mode": "self_online"})


def digest(number: int) -> bytes:
    """The digest of a subject's code."""
    return number.to_bytes(32, "big")


def config_of(url: str, folder: Path, face: str = "patient", *, demo: bool = True) -> Config:
    """A face's configuration on a database."""
    return Config(face, folder, url, folder / "keys", demo, "http://localhost")


@contextmanager
def fresh_database(server: str, template: str = "template1") -> Iterator[str]:
    """Give the address of a new database of a PostgreSQL, dropped afterwards."""
    name = f"qol_{os.urandom(6).hex()}"
    engine = create_engine(server, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name} TEMPLATE {template}"))
    try:
        yield normalised(server).set(database=name).render_as_string(hide_password=False)
    finally:
        with engine.connect() as connection:
            connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
        engine.dispose()


def publication_of(release: Release) -> Publication:
    """A release as a row to be published."""
    return Publication(
        instrument=release.instrument.id,
        version=release.instrument.version,
        language=release.wording.language,
        definition=canonical.instrument_bytes(release.instrument),
        wording=canonical.wording_bytes(release.wording),
        definition_sha256=release.definition_sha256,
        wording_sha256=release.wording_sha256,
        scoring_sha256=canonical.scoring_sha256(release.instrument),
        published_at=NOW,
    )


def publications(battery: tuple[str, ...] = builders.BATTERY) -> list[Publication]:
    """The releases of the builders, as rows to be published."""
    return [publication_of(release) for release in builders.releases(*battery)]


def new_subject(number: int) -> NewSubject:
    """A subject of batch b1 with an issued code."""
    return NewSubject(
        f"S{number:025d}", "demo", "A", "b1", f"{number:05d}", NewPseudonym(digest(number), b"slip")
    )


def administration(number: int = 1, subject: int = 1, slot: Slot = SLOT) -> Administration:
    """A sealed row; the number names it and its visit."""
    return Administration(
        id=f"A{number:025d}",
        subject_id=subject,
        programme="demo",
        programme_version=1,
        timepoint=slot.timepoint,
        instrument=slot.instrument,
        release_id=1,
        mode=Mode.SELF_ONLINE,
        received_at=NOW + timedelta(seconds=number),
        visit=f"visit-{number}",
        envelope=b"\0sealed",
        key_id="k1",
        escrow_key_id="e1",
    )


def stock(unit: LabUnit, subjects: int = 3, battery: tuple[str, ...] = builders.BATTERY) -> None:
    """Publish, load and issue; the codes of subjects 1 and 2 are live, the others issued."""
    for publication in publications(battery):
        unit.publish(publication)
    unit.load_programme(builders.programme(battery), date(2026, 1, 1), "toml")
    unit.add_subjects([new_subject(number) for number in range(1, subjects + 1)])
    for number in (1, 2):
        found = unit.subject_by_sheet("demo", "A", f"{number:05d}")
        assert found is not None
        unit.activate(found.id, builders.DAY_ZERO, NOW)
    unit.commit(AuditEvent(Act.PSEUDONYMS_ISSUED, "lena"))


def open_to_patients(unit: LabUnit, *sites: str) -> None:
    """Register sites with contracts in force and open the programme; the caller commits."""
    for code in sites:
        unit.put_site(builders.site(code), NOW)
    unit.set_opening("demo", State.OPEN, NOW)


@dataclass
class Place:
    """One database, with stores that are closed at the end."""

    url: str
    folder: Path
    clock: FixedClock = field(default_factory=FixedClock)
    dice: CountingDice = field(default_factory=CountingDice)
    opened: list[PatientStores | LabStores | StaffStores] = field(default_factory=list)
    databases: list[Database] = field(default_factory=list)

    def patient(self, fault: Fault = lambda _: None, url: str = "") -> PatientStores:
        """Open the patient's stores."""
        config = config_of(url or self.url, self.folder)
        stores = open_patient(config, drawn, self.clock, self.dice, fault)
        self.opened.append(stores)
        return stores

    def lab(self) -> LabStores:
        """Open the laboratory's stores."""
        config = replace(config_of(self.url, self.folder), face="lab")
        stores = open_lab(config, drawn, self.clock, self.dice)
        self.opened.append(stores)
        return stores

    def staff(self, url: str = "") -> StaffStores:
        """Open the staff's stores of the professionals' face."""
        config = config_of(url or self.url, self.folder, "hcp", demo=not url)
        stores = open_staff(config, self.clock, self.dice)
        self.opened.append(stores)
        return stores

    def hcp(self, fault: Fault = lambda _: None, url: str = "") -> SqlHcpStore:
        """Open the professionals' store."""
        database = open_database(replace(config_of(url or self.url, self.folder), face="hcp"))
        self.databases.append(database)
        return SqlHcpStore(database, drawn, Recorder(self.clock, self.dice), fault)

    def ask(self, sql: str) -> list[tuple[object, ...]]:
        """Run one statement beside the stores, as the owner."""
        engine = create_engine(normalised(self.url))
        try:
            with engine.begin() as connection:
                result = connection.execute(text(sql))
                return [tuple(row) for row in result] if result.returns_rows else []
        finally:
            engine.dispose()

    def close(self) -> None:
        """Close every store."""
        for stores in self.opened:
            stores.housekeeping.dispose()
            stores.database.dispose()
        for database in self.databases:
            database.dispose()
