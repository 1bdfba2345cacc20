"""The laboratory's face on a real SQLite file, with records to read: Lena's, and a stranger's none.

Sheets 00001 and 00002 of site A are followed. The first has both questionnaires of ``t0``, the
second one of them.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path

from qol.adapters.db.ledger import Recorder
from qol.adapters.db.store_records import SqlRecordsStore
from qol.adapters.db.store_staff import staff_stores
from qol.bootstrap.drawing import drawn
from qol.bootstrap.lab_records import assembled as records_assembled
from qol.config import Config
from qol.domain.administration import Administration, Body, Mode, Respondent
from qol.domain.answers import Answer, Code, State, settled
from qol.domain.follow_up import Mixup
from qol.domain.instrument import Release
from qol.domain.staff.permissions import Role
from qol.usecases.hcp.ports import Said
from qol.usecases.lab.records.acts import RecordActs
from qol.usecases.lab.records.resealing import Resealing
from qol.usecases.ports import Fault, Opener, Sealer
from qol.web.lab.app import build
from tests import builders
from tests.cast import ADA, LENA, Member
from tests.fakes import CountingDice, FixedClock, KeepingSealer
from tests.integration.db.stock import EVENT, NOW, Place, stock
from tests.lab_face import laboratory
from tests.migrated import fresh_file
from tests.signed_in import StaffFace, desk_of
from tests.staff_face import KEY
from tests.unit.usecases.lab_fakes import PlainOpener, SeededDice

IVO = Member(
    replace(LENA.account, reference="A" + "7".zfill(25), login="ivo", name="Ivo Exemple"),
    Role.DATA_MANAGER,
)
"""A second person for the same data."""
NOA = Member(
    replace(LENA.account, reference="A" + "8".zfill(25), login="noa", name="Noa Exemple"),
    Role.DATA_MANAGER,
    programme="other",
)
"""The same rights in another programme."""
PEOPLE = (LENA, ADA, IVO, NOA)
DEMO, PAIN = (
    next(one for one in builders.releases() if one.instrument.id == name)
    for name in ("demo-qol", "pain-nrs")
)


def answers(release: Release, shift: int = 0) -> dict[str, Answer]:
    """Something on each item; the second one declined."""
    given: dict[str, Answer] = {}
    for place, item in enumerate(release.instrument.items):
        codes = item.codes or tuple(range(item.minimum, item.maximum + 1))
        by = "line" if item.display == "line" else None
        given[item.code] = Code(codes[(place + shift) % len(codes)], by)  # type: ignore[arg-type]
    if len(given) > 1:
        given[release.instrument.items[1].code] = State.DECLINED
    return settled(release.instrument, given)


def record(number: int, subject: int, release: Release, shift: int = 0) -> Administration:
    """One administration whose envelope lies open, as a twin's sealer leaves it."""
    body = Body(
        answers(release, shift), release.wording.language, Respondent.SELF, builders.DAY_ZERO
    )
    return Administration(
        id=f"{number:026d}",
        subject_id=subject,
        programme="demo",
        programme_version=1,
        timepoint="t0",
        instrument=release.instrument.id,
        release_id=release.id,
        mode=Mode.PAPER_HCP,
        received_at=NOW,
        visit=f"v{number:025d}",
        envelope=body.canonical(),
        key_id="demo-2026",
        escrow_key_id="demo-2026-escrow",
    )


ROWS = (record(1, 1, DEMO), record(2, 1, PAIN), record(3, 2, DEMO, 1))


@dataclass
class Room(StaffFace):
    """The face under test and everything a test may look at or move."""

    acts: RecordActs
    faults: list[Fault] = field(default_factory=list)

    def rows(self, columns: str = "id, subject_id, instrument, state") -> list[tuple[object, ...]]:
        """The administrations as they are stored."""
        return self.place.ask(f"SELECT {columns} FROM administration ORDER BY id")


def make(
    folder: Path,
    rows: tuple[Administration, ...] = ROWS,
    opener: Opener | None = None,
    sealer: Sealer | None = None,
    origin: str = "http://localhost",
    battery: tuple[str, ...] = builders.BATTERY,
) -> Room:
    """Build the face; Lena and Ivo manage the data of ``demo``, Noa of another programme."""
    clock, dice = FixedClock(), SeededDice()
    place = Place(fresh_file(folder), folder, clock)
    with place.lab().records.writing() as unit:
        stock(unit, battery=battery)
    with place.hcp().writing() as hcp:
        for one in rows:
            hcp.add(one)
            hcp.entered(one.id, "staff:ana", masked=True)
        hcp.report_mixup(1, "t0", Mixup.SLIPS_SWAPPED, Said("staff:ana", NOW))
        hcp.commit(EVENT)
    config = Config("lab", folder, place.url, Path(), origin.startswith("http:"), origin)
    database, recorder = place.lab().database, Recorder(clock, dice)
    staff = staff_stores(config, database, recorder)
    desk = desk_of(config, staff, clock, CountingDice(), PEOPLE)
    faults: list[Fault] = []

    def fault(point: str) -> None:
        for one in faults:
            one(point)

    resealing = Resealing(opener or PlainOpener(), sealer or KeepingSealer(), dice)
    acts = records_assembled(SqlRecordsStore(database, drawn, recorder), resealing, clock, fault)
    app = build(desk, laboratory(records=acts), config, KEY)
    return Room(app, desk, place, clock, staff, acts, faults)
