"""The professionals' face on a real SQLite file, with its people and a few subjects.

Site A has a subject with a live code (sheet 00001), one whose follow-up nobody began, and codes
left to hand over; site B has its own (sheet 00009).
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from qol.adapters.db.ledger import Recorder
from qol.adapters.db.store_staff import staff_stores
from qol.bootstrap import hcp as composing
from qol.config import Config
from qol.domain.errors import PrintingError
from qol.domain.instrument import Release
from qol.domain.programme import Programme
from qol.domain.pseudonym import Pseudonym, draw
from qol.usecases.hcp.printing import HandOverSheet
from qol.usecases.lab.ports import NewPseudonym, NewSubject
from qol.web.hcp.app import build
from qol.web.hcp.face import Face
from tests import builders
from tests.cast import ANA, BEN
from tests.fakes import FixedClock, KeepingSealer, PlainDigests
from tests.integration.db.stock import EVENT, NOW, Place, publication_of
from tests.migrated import fresh_file
from tests.patient_face import PORTAL
from tests.signed_in import StaffFace, desk_of
from tests.staff_face import KEY
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
class Ward(StaffFace):
    """The face under test and everything a test may look at or move."""

    face: Face
    sealer: KeepingSealer
    printer: KeepingPrinter
    codes: dict[str, Pseudonym]


def post(client: FlaskClient, page: str, path: str = "", **data: str) -> TestResponse:
    """Post a form with the token and the hidden fields of the page it stands on."""
    shown = client.get(page)
    assert shown.status_code == 200, (page, shown.status_code)
    return client.post(path or page, data={"csrf_token": token(shown.text), **data})


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
    clock, dice = FixedClock(), SeededDice()
    place = Place(fresh_file(folder), folder, clock)
    codes = {sheet: draw(dice.below) for sheet in SHEETS}
    fill(place, codes, programme or builders.programme(), releases or builders.releases())
    config = Config("hcp", folder, place.url, Path(), origin.startswith("http:"), origin)
    config = replace(config, patient_origin=patient)
    store = place.hcp()
    staff = staff_stores(config, store.database, Recorder(clock, dice))
    desk = desk_of(config, staff, clock, dice, (ANA, BEN))
    sealer, printer = KeepingSealer(), KeepingPrinter()
    parts = composing.Parts(store, sealer, PlainDigests(), PlainSlips(), printer, clock, dice)
    face = composing.assembled(config, PORTAL, parts)
    app = build(desk, face, config, KEY)
    return Ward(app, desk, place, clock, staff, face, sealer, printer, codes)
