"""The professionals' face on a real SQLite file, with its people and a few subjects.

Site A has a subject with a live code (sheet 00001), one whose follow-up nobody began, and codes
left to hand over; site B has its own (sheet 00009).
"""

from __future__ import annotations

import shutil
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from qol.adapters.crypto.credentials.passkeys import WebAuthnPasskeys
from qol.adapters.crypto.credentials.totp import SealedTotp
from qol.adapters.db.ledger import Recorder
from qol.adapters.db.migrating import upgrade
from qol.adapters.db.store_staff import StaffStores, staff_stores
from qol.bootstrap import hcp as composing
from qol.bootstrap.staff import Parts, assembled
from qol.config import Config
from qol.domain.errors import PrintingError
from qol.domain.instrument import Release
from qol.domain.programme import Programme
from qol.domain.pseudonym import Pseudonym, draw
from qol.domain.staff.session import Method
from qol.usecases.hcp.printing import HandOverSheet
from qol.usecases.lab.ports import NewPseudonym, NewSubject
from qol.web.hcp.app import build
from qol.web.hcp.face import Face
from qol.web.shared.staff.desk import Desk
from tests import builders
from tests.cast import ANA, BEN, Member, settle
from tests.fakes import FixedClock, KeepingSealer, PlainDigests
from tests.html import CheckingClient
from tests.integration.db.stock import EVENT, NOW, Place, publication_of
from tests.patient_face import PORTAL
from tests.staff_face import KEY, cheap
from tests.unit.usecases.lab_fakes import PlainSlips, SeededDice
from tests.web.patient.journey import token

PATIENT = "http://patient.localhost:8000"


@dataclass
class KeepingPrinter:
    """A printer that keeps what it was given; ``jammed`` makes it fail."""

    sheets: list[HandOverSheet] = field(default_factory=list)
    jammed: bool = False

    def print_hand_over(self, sheet: HandOverSheet) -> bytes:
        if self.jammed:
            raise PrintingError("The printer is jammed.")
        self.sheets.append(sheet)
        return b"%PDF-1.7 a sheet"


@dataclass
class Ward:
    """The face under test and everything a test may look at or move."""

    app: Flask
    desk: Desk
    face: Face
    place: Place
    clock: FixedClock
    sealer: KeepingSealer
    printer: KeepingPrinter
    codes: dict[str, Pseudonym]
    staff: StaffStores

    def client(self, member: Member | None = None) -> FlaskClient:
        """A new browser, signed in as that member."""
        client = self.app.test_client()
        if member is not None:
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


def post(client: FlaskClient, page: str, path: str = "", **data: str) -> TestResponse:
    """Post a form with the token and the hidden fields of the page it stands on."""
    shown = client.get(page)
    assert shown.status_code == 200, (page, shown.status_code)
    return client.post(path or page, data={"csrf_token": token(shown.text), **data})


@cache
def template() -> Path:
    """A migrated SQLite file, made once a process."""
    path = Path(mkdtemp(prefix="qol-ward-")) / "portal.sqlite3"
    upgrade(f"sqlite:///{path}")
    return path


SHEETS = {"00001": "A", "00002": "A", "00003": "A", "00004": "A", "00009": "B", "0000A": "B"}


def _subjects(codes: dict[str, Pseudonym]) -> list[NewSubject]:
    slips, made = PlainSlips(), []
    for sheet, site in SHEETS.items():
        reference = f"S{sheet:0>25}"
        code = codes[sheet].reveal()
        sealed = NewPseudonym(code.encode(), slips.seal(code, reference))
        made.append(NewSubject(reference, "demo", site, f"batch-{site}", sheet, sealed))
    return made


def fill(
    place: Place,
    codes: dict[str, Pseudonym],
    programme: Programme,
    releases: tuple[Release, ...],
) -> None:
    """Publish, load, issue; the codes of sheets 00001 and 00009 are live and printed."""
    with place.lab().records.writing() as unit:
        for release in releases:
            unit.publish(publication_of(release))
        unit.load_programme(programme, date(2026, 1, 1), "toml")
        unit.add_subjects(_subjects(codes))
        for sheet in ("00001", "00009"):
            found = unit.subject_by_sheet("demo", SHEETS[sheet], sheet)
            assert found is not None
            unit.activate(found.id, builders.DAY_ZERO, NOW)
        unit.commit(EVENT)
    place.ask("UPDATE pseudonym SET slip = NULL WHERE state = 'live'")


def make(
    folder: Path,
    programme: Programme | None = None,
    releases: tuple[Release, ...] = (),
    origin: str = "http://localhost",
    patient: str = PATIENT,
) -> Ward:
    """Build the face; Ana works at site A and Ben at site B."""
    path = folder / "portal.sqlite3"
    shutil.copy(template(), path)
    clock, dice = FixedClock(), SeededDice()
    place = Place(f"sqlite:///{path}", folder, clock)
    codes = {sheet: draw(dice.below) for sheet in SHEETS}
    fill(place, codes, programme or builders.programme(), releases or builders.releases())
    config = Config("hcp", folder, place.url, Path(), origin.startswith("http:"), origin)
    config = replace(config, patient_origin=patient)
    store = place.hcp()
    staff = staff_stores(config, store.database, Recorder(clock, dice))
    desk = _desk(config, staff, clock, dice)
    sealer, printer = KeepingSealer(), KeepingPrinter()
    parts = composing.Parts(store, sealer, PlainDigests(), PlainSlips(), printer, clock, dice)
    face = composing.assembled(config, PORTAL, parts)
    app = build(desk, face, config, KEY)
    app.test_client_class = CheckingClient
    app.testing = True
    return Ward(app, desk, face, place, clock, sealer, printer, codes, staff)


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
    for member in (ANA, BEN):
        settle(staff.records, member, passwords, totp, clock.now())
        desk.acknowledge(member.reference)
    return desk
