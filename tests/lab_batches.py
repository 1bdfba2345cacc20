"""The laboratory's face on a real SQLite file, for its batches: Leo and Lia lead, Max prints."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import cast

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from qol.adapters.crypto.packages import AgePacker
from qol.adapters.crypto.parcels import AesParcels
from qol.adapters.db.housekeeping import volatile_database
from qol.adapters.db.ledger import Recorder
from qol.adapters.db.slip_prints import SqlPrints
from qol.adapters.db.store_batches import SqlBatchStore
from qol.adapters.db.store_staff import staff_stores
from qol.bootstrap import lab_batches as composing
from qol.config import Config
from qol.domain.errors import PrintingError
from qol.usecases.lab.batches.printing import Later, SlipPrinter, SlipSheet
from qol.web.lab.app import build
from qol.web.lab.batches.acts import Batches
from tests import builders
from tests.cast import LENA, LEO, LIA, MAX
from tests.fakes import FixedClock, PlainDigests
from tests.hcp_face import PATIENT
from tests.integration.db.stock import EVENT, Place, open_to_patients, publication_of
from tests.lab_face import laboratory
from tests.migrated import fresh_file
from tests.patient_face import PORTAL
from tests.signed_in import StaffFace, desk_of
from tests.staff_face import KEY
from tests.unit.usecases.lab_fakes import PlainSlips, SeededDice
from tests.web.patient.journey import token


@dataclass
class KeepingSlips:
    """A printer that keeps what it was given; ``jammed`` makes it fail."""

    sheets: list[SlipSheet] = field(default_factory=list)
    jammed: bool = False

    def print_slips(self, sheet: SlipSheet, told: Callable[[int], None]) -> bytes:
        told(len(sheet.slips) // 2)
        if self.jammed:
            raise PrintingError("The printer is jammed.")
        self.sheets.append(sheet)
        return b"%PDF-1.7 slips"


@dataclass
class Waiting:
    """What happens after the answer, when the test says so."""

    acts: list[Callable[[], None]] = field(default_factory=list)

    def __call__(self, act: Callable[[], None]) -> None:
        self.acts.append(act)

    def pass_by(self) -> None:
        """Let everything that waits happen."""
        while self.acts:
            self.acts.pop(0)()


@dataclass
class Lab(StaffFace):
    """The face under test and everything a test may look at or move."""

    printer: KeepingSlips
    later: Waiting
    acts: Batches

    def issued(self, count: int = 4, site: str = "A", **more: str) -> str:
        """Have Leo issue a batch; its reference."""
        made = issue(self.client(LEO), site, count, **more)
        assert made.status_code == 303, made.text
        return str(made.location).rsplit("/", 1)[1]

    def sheets(self, batch: str) -> list[str]:
        """The batch's sheet numbers, in order."""
        asked = f"SELECT sheet_number FROM subject WHERE batch = '{batch}' ORDER BY sheet_number"
        return [str(number) for (number,) in self.place.ask(asked)]

    def codes(self, batch: str) -> list[tuple[object, ...]]:
        """State and whether a slip copy is kept, of each code in order of sheets."""
        return self.place.ask(
            "SELECT pseudonym.state, slip IS NOT NULL FROM pseudonym JOIN subject ON"
            f" subject.id = subject_id WHERE batch = '{batch}' ORDER BY sheet_number, pseudonym.id"
        )

    def close(self) -> None:
        """Let go of the database."""
        cast("SqlPrints", self.acts.draw.prints)._database.dispose()
        super().close()


def hidden(page: str) -> dict[str, str]:
    """The hidden fields of a page."""
    return dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page))


def post(client: FlaskClient, page: str, path: str = "", **data: str) -> TestResponse:
    """Post a form with the hidden fields of the page it stands on."""
    shown = client.get(page)
    assert shown.status_code == 200, (page, shown.status_code)
    return client.post(path or page, data=hidden(shown.text) | data)


def issue(client: FlaskClient, site: str = "A", count: int = 4, **more: str) -> TestResponse:
    """Fill the page of a new batch and send it."""
    return post(client, "/fr/batches/new", site=site, count=str(count), **more)


def bare(client: FlaskClient, path: str, **data: str) -> TestResponse:
    """Post with a token and without the page it stands on."""
    found = token(client.get("/fr/account").text)
    return client.post(path, data={"csrf_token": found, **data})


def make(folder: Path, slips: SlipPrinter | None = None, in_background: Later | None = None) -> Lab:
    """Build the face with a programme and nobody's code; what happens later waits for the test."""
    clock, dice = FixedClock(), SeededDice()
    place = Place(fresh_file(folder), folder, clock)
    records = place.lab().records
    with records.writing() as unit:
        for release in builders.releases():
            unit.publish(publication_of(release))
        unit.load_programme(builders.programme(), date(2026, 1, 1), "toml")
        open_to_patients(unit, "A", "B", "CHU-2")
        unit.commit(EVENT)
    config = Config("lab", folder, place.url, Path(), demonstration=True, origin="http://localhost")
    config = replace(config, patient_origin=PATIENT)
    recorder, printer, later = Recorder(clock, dice), KeepingSlips(), Waiting()
    staff = staff_stores(config, records.database, recorder)
    parts = composing.Parts(
        records=records,
        store=SqlBatchStore(records.database, recorder),
        digests=PlainDigests(),
        slips=PlainSlips(),
        packer=AgePacker(),
        printer=slips or printer,
        prints=SqlPrints(volatile_database(records.database, config.volatile)),
        parcels=AesParcels(),
        later=in_background or later,
        clock=clock,
        dice=dice,
    )
    acts = composing.assembled(config, PORTAL, parts)
    desk = desk_of(config, staff, clock, dice, (LEO, LIA, MAX, LENA))
    app = build(desk, laboratory(batches=acts), config, KEY)
    return Lab(app, desk, place, clock, staff, printer, later, acts)
