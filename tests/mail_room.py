"""The laboratory's mail room on a real SQLite file, with its people and a few subjects.

Ora opens the envelopes, Mia and Noe key, Ivo decides; Lena manages data and enters no mail room.
Programme ``demo`` is that of the ward; ``other`` is another one, where Zoe works.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

from werkzeug.test import TestResponse

from qol.adapters.db.ledger import Recorder
from qol.adapters.db.starting import open_database
from qol.adapters.db.store_mail import SqlMailStore
from qol.adapters.db.store_staff import staff_stores
from qol.bootstrap import lab_mail_room
from qol.bootstrap.drawing import drawn
from qol.config import Config
from qol.domain.administration import Context
from qol.domain.instrument import Release
from qol.domain.pseudonym import Pseudonym, draw
from qol.usecases.ports import Fault, Sealed
from qol.web.lab.app import build
from qol.web.lab.face import Face
from tests import builders
from tests.cast import IVO, LENA, MIA, NOE, ORA, ZOE, Member
from tests.fakes import FixedClock, PlainDigests
from tests.hcp_face import SHEETS, fill
from tests.integration.db.stock import EVENT, SLOT, Place, administration
from tests.lab_face import laboratory
from tests.migrated import fresh_file
from tests.signed_in import StaffFace, desk_of
from tests.staff_face import KEY
from tests.unit.usecases.lab_fakes import SeededDice
from tests.web.patient.journey import answers, token

PIN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)"')
DATED = {"on.day": "21", "on.month": "11", "on.year": "2026"}
RECEIVED = {"received_on.day": "22", "received_on.month": "11", "received_on.year": "2026"}


@dataclass
class BoundSealer:
    """Seals and opens: an envelope opens under its own context and no other."""

    kept: dict[bytes, tuple[Context, bytes]] = field(default_factory=dict)

    def seal(self, programme: str, year: int, body: bytes, context: Context) -> Sealed:
        envelope = f"sealed {len(self.kept)}".encode()
        self.kept[envelope] = (context, body)
        return Sealed(envelope, f"{programme}-{year}", f"{programme}-{year}-escrow")

    def open(self, envelope: bytes, context: Context) -> bytes:
        bound, body = self.kept[envelope]
        assert bound == context, "an envelope was moved"
        return body


@dataclass
class MailRoom(StaffFace):
    """The face under test and everything a test may look at or move."""

    face: Face
    sealer: BoundSealer
    codes: dict[str, Pseudonym]
    store: SqlMailStore

    def release(self, instrument: str = "demo-qol") -> Release:
        """The French release of an instrument."""
        with self.store.reading() as unit:
            found = [r for r in unit.releases("demo") if r.instrument.id == instrument]
        return next(one for one in found if one.wording.language == "fr")

    def post(self, member: Member, page: str, path: str = "", **data: object) -> TestResponse:
        """Post a form with the hidden fields of the page it stands on."""
        client = self.client(member)
        shown = client.get(page)
        assert shown.status_code == 200, (page, shown.status_code)
        hidden = dict(PIN.findall(shown.text)) | {"csrf_token": token(shown.text)}
        return client.post(path or page, data=hidden | data)

    def register(self, member: Member = ORA, **data: object) -> TestResponse:
        """Register a sheet of subject 00001."""
        given = {"code": self.codes["00001"].reveal(), "release": str(self.release().id)}
        return self.post(member, "/fr/mail/new", **(given | RECEIVED | data))

    def key(self, member: Member, number: int = 1, **changed: str) -> TestResponse:
        """Key a sheet; what is ``-`` is left out."""
        data = answers(self.release().instrument) | DATED | changed
        kept = {name: value for name, value in data.items() if value != "-"}
        return self.post(member, f"/fr/mail/{number}/key", f"/fr/mail/{number}/key/send", **kept)

    def keyed_twice(self, **changed: str) -> str:
        """Register a sheet and key it twice, the second time changed; where that led."""
        assert self.register().status_code == 303
        assert self.key(MIA).status_code == 303
        return (self.key(NOE, **changed).location or "").rpartition("keyed=")[2]

    def states(self) -> list[str]:
        """The state of every sheet, by number."""
        rows = self.place.ask("SELECT state FROM received_sheet ORDER BY number")
        return [str(row[0]) for row in rows]

    def deposit_online(self) -> None:
        """Let the patient of sheet 00001 deposit online."""
        with self.place.patient().records.writing() as unit:
            unit.add(administration(1, 1, SLOT))
            unit.commit(EVENT)

    def close(self) -> None:
        """Let go of the database."""
        self.store.database.dispose()
        super().close()


def make(folder: Path, fault: Fault = lambda _: None, origin: str = "http://localhost") -> MailRoom:
    """Build the face with its people."""
    clock, dice = FixedClock(), SeededDice()
    place = Place(fresh_file(folder), folder, clock)
    codes = {sheet: draw(dice.below) for sheet in SHEETS}
    fill(place, codes, builders.programme(), builders.releases())
    config = Config("lab", folder, place.url, Path(), origin.startswith("http:"), origin)
    database, recorder = open_database(config), Recorder(clock, dice)
    store, sealer = SqlMailStore(database, drawn, recorder, fault), BoundSealer()
    staff = staff_stores(config, database, recorder)
    desk = desk_of(config, staff, clock, dice, (ORA, MIA, NOE, IVO, ZOE, LENA))
    parts = lab_mail_room.Parts(store, sealer, sealer, PlainDigests(), clock, dice, fault)
    face = laboratory(mail_room=lab_mail_room.assembled(parts))
    app = build(desk, face, config, KEY)
    return MailRoom(app, desk, place, clock, staff, face, sealer, codes, store)
