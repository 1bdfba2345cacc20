"""The programme pages of the laboratory on a real SQLite file, with their people."""

from __future__ import annotations

import shutil
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from flask import Flask
from flask.testing import FlaskClient

from qol.adapters.crypto.credentials.passkeys import WebAuthnPasskeys
from qol.adapters.crypto.credentials.totp import SealedTotp
from qol.adapters.db.ledger import Recorder
from qol.adapters.db.store_lab import SqlLabStore
from qol.adapters.db.store_staff import StaffStores, staff_stores
from qol.bootstrap.drawing import drawn
from qol.bootstrap.lab_programmes import programme_acts
from qol.bootstrap.lab_staffing import staffing_acts
from qol.bootstrap.staff import Parts, assembled
from qol.config import Config
from qol.domain.staff.session import Method
from qol.web.lab.app import build
from qol.web.lab.face import Face
from qol.web.shared.staff.desk import Desk
from tests import builders
from tests.cast import ADA, LENA, LEO, OTTO, TOM, UMA, Member, settle
from tests.fakes import FixedClock
from tests.hcp_face import template
from tests.html import CheckingClient
from tests.integration.db.stock import EVENT, Place, publications
from tests.lab_face import laboratory
from tests.patient_face import PORTAL
from tests.staff_face import KEY, cheap
from tests.unit.usecases.lab_fakes import SeededDice

DECIDED = (
    "UPDATE release SET authority = 'HAS', decision_reference = 'D-1', decision_date = '2026-01-15'"
)
PEOPLE = (LEO, OTTO, UMA, TOM, LENA, ADA)


@dataclass
class Laboratory:
    """The face under test and everything a test may look at or move."""

    app: Flask
    desk: Desk
    face: Face
    place: Place
    clock: FixedClock
    store: SqlLabStore
    staff: StaffStores

    def client(self, member: Member) -> FlaskClient:
        """A new browser, signed in as that member."""
        client = self.app.test_client()
        opened = self.desk.open_session(member.reference, Method.TOTP)
        with client.session_transaction() as session:
            session["t"] = opened.token
        return client

    def acts(self, *names: str) -> list[tuple[object, ...]]:
        """Act, actor, reference and detail of the ledger's rows, oldest first."""
        wanted = "', '".join(names)
        return self.place.ask(
            "SELECT act, actor, reference, detail FROM ledger"
            f" WHERE act IN ('{wanted}') ORDER BY at, segment, number"
        )

    def close(self) -> None:
        """Let go of the database."""
        self.staff.housekeeping.dispose()
        self.staff.database.dispose()
        self.place.close()


def make(folder: Path) -> Laboratory:
    """Build the face; the programme "demo" is loaded, nobody's code is issued."""
    path = folder / "portal.sqlite3"
    shutil.copy(template(), path)
    clock, dice = FixedClock(), SeededDice()
    place = Place(f"sqlite:///{path}", folder, clock)
    with place.lab().records.writing() as unit:
        for publication in publications():
            unit.publish(publication)
        unit.load_programme(builders.programme(), date(2026, 1, 1), "toml")
        unit.commit(EVENT)
    config = Config("lab", folder, place.url, Path(), True, "http://localhost")
    config = replace(config, patient_origin="http://patient.localhost:8000")
    recorder = Recorder(clock, dice)
    store = SqlLabStore(place.lab().database, drawn, recorder)
    staff = staff_stores(config, store.database, recorder)
    desk = _desk(config, staff, clock, dice)
    face = laboratory(
        programmes=programme_acts(store, clock, demonstration=True),
        staffing=staffing_acts(staff.records, store, clock, dice),
    )
    app = build(desk, face, config, KEY)
    app.test_client_class = CheckingClient
    app.testing = True
    return Laboratory(app, desk, face, place, clock, store, staff)


def with_sites(folder: Path) -> Laboratory:
    """The same with two sites, one whose contract lapsed, and releases that may be approved."""
    lab = make(folder)
    lab.place.ask(DECIDED)
    lapsed = replace(builders.site("B"), ends=date(2026, 3, 31))
    with lab.store.writing() as unit:
        for site in (builders.site("A"), lapsed):
            unit.put_site(site, lab.clock.now())
        unit.commit(EVENT)
    return lab


def _desk(config: Config, staff: StaffStores, clock: FixedClock, dice: SeededDice) -> Desk:
    totp, passwords = SealedTotp(KEY, "test"), cheap()
    parts = Parts(
        store=staff.records,
        housekeeping=staff.housekeeping,
        passwords=passwords,
        codes=totp,
        passkeys=WebAuthnPasskeys("http://localhost", "test"),
        clock=clock,
        dice=dice,
        throttle_key=KEY,
        session_key=KEY,
    )
    desk = assembled(config, PORTAL, parts)
    for member in PEOPLE:
        settle(staff.records, member, passwords, totp, clock.now())
        desk.acknowledge(member.reference)
    return desk
