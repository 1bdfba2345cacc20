"""Which sheets of the post a record was typed from, or had beside it; on both databases."""

from __future__ import annotations

from datetime import date

import pytest

from qol.adapters.db.ledger import Recorder
from qol.adapters.db.store_mail import SqlMailStore
from qol.adapters.db.store_records import SqlRecordsStore
from qol.bootstrap.drawing import drawn
from qol.domain.mail_room import Duplicate, SheetState
from qol.domain.records import RecordState
from qol.domain.schedule import Slot
from qol.usecases.lab.mail_room.ports import NewSheet, Said
from qol.usecases.lab.records.ports import Letter, RecordsStore
from tests.integration.db.stock import EVENT, NOW, Place, administration
from tests.unit.usecases.lab_fakes import SeededDice

HELD = administration(1)
DAY = date(2026, 11, 21)
SAID = Said("staff:ivo", NOW)


def file(store: SqlMailStore, number: int) -> int:
    """File a sheet of the first subject; its row."""
    with store.writing() as unit:
        unit.file(NewSheet("demo", number, 1, HELD.release_id, DAY, None, (), f"a{number}"), SAID)
        unit.commit(EVENT)
    with store.reading() as unit:
        filed = unit.sheet("demo", number)
    assert filed is not None
    return filed.id


@pytest.fixture
def stores(place: Place) -> tuple[RecordsStore, SqlMailStore]:
    """A record that was typed from sheet 1, and sheet 2 that came too late; sheet 3 waits."""
    recorder = Recorder(place.clock, SeededDice())
    mail = SqlMailStore(place.lab().database, drawn, recorder)
    first, second, _ = (file(mail, number) for number in (1, 2, 3))
    slot = Slot(HELD.timepoint, HELD.instrument)
    with mail.writing() as unit:
        assert unit.holder_of(1, slot) is None
        unit.add(HELD)
        unit.deposited(first, HELD.id)
        unit.move(first, SheetState.RECONCILED)
        unit.move(second, SheetState.DUPLICATE)
        unit.duplicates(second, unit.holder_of(1, slot) or "")
        unit.commit(EVENT)
    return SqlRecordsStore(place.lab().database, drawn, recorder), mail


def test_a_record_knows_its_sheet_and_the_one_that_came_too_late(
    stores: tuple[RecordsStore, SqlMailStore],
) -> None:
    records, mail = stores
    with records.reading() as unit:
        source, late = unit.letters((HELD.id,))
        assert unit.letters(("R" * 26,)) == ()
        assert unit.duplicates("demo") == (late,)
        assert unit.duplicates("other") == ()
    assert source == Letter(
        number=1,
        subject="S" + "1".zfill(25),
        site="A",
        instrument=HELD.instrument,
        received_on=DAY,
        posted_on=None,
        record=HELD.id,
        state=RecordState.CURRENT,
        duplicate=False,
    )
    assert (late.number, late.duplicate, late.decision) == (2, True, None)
    with mail.reading() as reading:
        sheet = reading.sheet("demo", 2)
    assert sheet is not None
    with mail.writing() as writing:
        writing.decide(sheet.id, Duplicate.ASK_CORRECTION, SAID)
        writing.move(sheet.id, SheetState.DESTROYED)
        writing.commit(EVENT)
    with records.writing() as unit:
        [late] = unit.duplicates("demo")
        assert late.to_correct
        unit.mark(HELD.id, RecordState.CURRENT, RecordState.CORRECTED)
        [late] = unit.duplicates("demo")
        assert (late.to_correct, late.state) == (False, RecordState.CORRECTED)


def test_a_duplicate_of_before_that_nobody_noted_is_listed_without_its_record(
    stores: tuple[RecordsStore, SqlMailStore], place: Place
) -> None:
    place.ask("DELETE FROM sheet_too_late")
    with stores[0].reading() as unit:
        [late] = unit.duplicates("demo")
    assert (late.number, late.record, late.state) == (2, None, None)
