"""What came by post for a record, on its page and in a list for whoever may correct."""

from __future__ import annotations

from datetime import date
from html import unescape
from random import Random

import pytest

from qol.adapters.db.ledger import Recorder
from qol.adapters.db.store_mail import SqlMailStore
from qol.bootstrap.drawing import drawn
from qol.domain.mail_room import Duplicate, SheetState
from qol.usecases.lab.mail_room.ports import NewSheet, Said
from tests.cast import LENA
from tests.integration.db.stock import EVENT, NOW
from tests.lab_records_face import DEMO, NOA, ROWS, Room
from tests.unit.usecases.lab_fakes import SeededDice
from tests.web.lab.records.test_facts import LATER, newest, sent
from tests.web.lab.records.test_records import ONE

SAID = Said("staff:ivo", NOW)


@pytest.fixture
def late(room: Room) -> Room:
    """Sheet 7 came for the first record's place: a correction is asked."""
    _filed(room, 7, Duplicate.ASK_CORRECTION)
    return room


def _filed(room: Room, number: int, decision: Duplicate | None) -> None:
    dice = SeededDice(Random(100 + number))  # noqa: S311 - a test repeats
    recorder = Recorder(room.place.clock, dice)
    store = SqlMailStore(room.place.lab().database, drawn, recorder)
    new = NewSheet("demo", number, 1, DEMO.id, date(2026, 11, 21), None, (), f"a{number}")
    with store.writing() as unit:
        unit.file(new, SAID)
        filed = unit.sheet("demo", number)
        assert filed is not None
        unit.move(filed.id, SheetState.DUPLICATE)
        unit.duplicates(filed.id, ROWS[0].id)
        if decision:
            unit.decide(filed.id, decision, SAID)
        unit.commit(EVENT)


def test_a_record_names_the_sheet_that_came_too_late(late: Room) -> None:
    page = unescape(late.client(LENA).get(ONE).text)
    for told in ("mail.duplicate.ask_correction", "records.letter.to_correct"):
        assert late.desk.catalogues["fr"][told] in page
    assert '<span class="sheet" translate="no">7</span>' in page
    assert "/mail/7" not in page  # Lena enters no mail room
    assert "records.letters" not in page


def test_duplicates_are_listed_those_to_correct_first(late: Room) -> None:
    _filed(late, 9, None)
    client = late.client(LENA)
    page = unescape(client.get("/fr/records/duplicates").text)
    assert page.index('translate="no">7<') < page.index('translate="no">9<')
    assert f'href="/fr/records/{ROWS[0].id}"' in page
    assert late.desk.catalogues["fr"]["records.letter.undecided"] in page
    assert f"<b>{late.desk.catalogues['fr']['mail.duplicate.ask_correction']}</b>" in page
    [(_, _, reference, detail)] = late.ledger("duplicates.listed")
    assert (reference, detail) == ("programme:demo", '{"count":2,"to_correct":1}')
    assert "/fr/records/duplicates" in client.get("/fr/records").text


def test_a_correction_made_is_waited_for_no_more_and_the_new_version_tells_of_the_sheet(
    late: Room,
) -> None:
    assert sent(late, **LATER).status_code == 303
    client = late.client(LENA)
    told = late.desk.catalogues["fr"]["mail.duplicate.ask_correction"]
    listed = unescape(client.get("/fr/records/duplicates").text)
    assert told in listed
    assert f"<b>{told}</b>" not in listed
    page = unescape(client.get(f"/fr/records/{newest(late)}").text)
    assert late.desk.catalogues["fr"]["mail.duplicate.ask_correction"] in page


def test_another_programmes_duplicates_are_nowhere(late: Room) -> None:
    page = unescape(late.client(NOA).get("/fr/records/duplicates").text)
    assert late.desk.catalogues["fr"]["records.duplicates.none"] in page
