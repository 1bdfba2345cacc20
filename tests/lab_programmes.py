"""The programme pages of the laboratory on a real SQLite file, with their people."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from qol.adapters.db.ledger import Recorder
from qol.adapters.db.store_lab import SqlLabStore
from qol.adapters.db.store_staff import staff_stores
from qol.bootstrap.drawing import drawn
from qol.bootstrap.lab_programmes import programme_acts
from qol.bootstrap.lab_staffing import staffing_acts
from qol.config import Config
from qol.web.lab.app import build
from qol.web.lab.face import Face
from tests import builders
from tests.cast import ADA, LENA, LEO, OTTO, TOM, UMA
from tests.fakes import FixedClock
from tests.integration.db.stock import EVENT, Place, publications
from tests.lab_face import laboratory
from tests.migrated import fresh_file
from tests.signed_in import StaffFace, desk_of
from tests.staff_face import KEY
from tests.unit.usecases.lab_fakes import SeededDice

DECIDED = (
    "UPDATE release SET authority = 'HAS', decision_reference = 'D-1', decision_date = '2026-01-15'"
)
PROGRAMME = replace(builders.programme(), modes={})
"""It collects online alone: a change opens another way."""
PEOPLE = (LEO, OTTO, UMA, TOM, LENA, ADA)


@dataclass
class Laboratory(StaffFace):
    """The face under test and everything a test may look at or move."""

    face: Face
    store: SqlLabStore


def make(folder: Path) -> Laboratory:
    """Build the face; the programme "demo" is loaded, nobody's code is issued."""
    clock, dice = FixedClock(), SeededDice()
    place = Place(fresh_file(folder), folder, clock)
    with place.lab().records.writing() as unit:
        for publication in publications():
            unit.publish(publication)
        unit.load_programme(PROGRAMME, date(2026, 1, 1), "toml")
        unit.commit(EVENT)
    config = Config("lab", folder, place.url, Path(), True, "http://localhost")
    config = replace(config, patient_origin="http://patient.localhost:8000")
    recorder = Recorder(clock, dice)
    store = SqlLabStore(place.lab().database, drawn, recorder)
    staff = staff_stores(config, store.database, recorder)
    desk = desk_of(config, staff, clock, dice, PEOPLE)
    face = laboratory(
        programmes=programme_acts(store, clock, demonstration=True),
        staffing=staffing_acts(staff.records, store, clock, dice),
    )
    app = build(desk, face, config, KEY)
    return Laboratory(app, desk, place, clock, staff, face, store)


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
