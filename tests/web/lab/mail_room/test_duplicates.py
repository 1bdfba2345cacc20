"""A sheet for a slot that holds answers is kept beside them, never added and never lost."""

from __future__ import annotations

import json

import pytest

from qol.domain.errors import AlreadyReceivedError
from tests.cast import IVO, MIA, NOE
from tests.mail_room import MailRoom


def rows(room: MailRoom) -> list[tuple[object, ...]]:
    return room.place.ask("SELECT * FROM administration")


@pytest.mark.parametrize("when", ["before", "between", "while it is decided"])
def test_an_online_deposit_makes_the_sheet_a_duplicate(room: MailRoom, when: str) -> None:
    room.register()
    if when == "before":
        room.deposit_online()
    room.key(MIA)
    if when == "between":
        room.deposit_online()
    if when == "while it is decided":
        part = "q." + room.release().instrument.items[0].code
        room.key(NOE, **{part: "two_boxes"})
        room.deposit_online()
        data = {f"choice.{part}": "first", "cause": "misread"}
        led = room.post(IVO, "/fr/mail/1/decide", **data).location
    else:
        led = room.key(NOE).location
    assert (led or "").endswith("keyed=duplicate")
    assert [row[7] for row in rows(room)] == ["self_online"]
    assert room.states() == ["duplicate"]
    kept = room.place.ask("SELECT count(*) FROM sheet_keying WHERE length(envelope) > 0")
    assert kept == [(3 if when == "while it is decided" else 2,)]
    assert room.place.ask("SELECT count(*) FROM entry") == [(0,)]
    assert len(room.ledger("sheet.duplicate_found")) == 1
    held = room.place.ask("SELECT id FROM administration")
    assert room.place.ask("SELECT administration_id FROM sheet_too_late") == held


def test_the_reverse_the_paper_was_first_and_online_adds_nothing(room: MailRoom) -> None:
    assert room.keyed_twice() == "reconciled"
    before = rows(room)
    with pytest.raises(AlreadyReceivedError):
        room.deposit_online()
    assert rows(room) == before


def test_a_second_sheet_of_the_same_visit_is_a_duplicate(room: MailRoom) -> None:
    assert room.keyed_twice() == "reconciled"
    room.register()
    room.key(MIA, 2)
    assert (room.key(NOE, 2).location or "").endswith("keyed=duplicate")
    assert len(rows(room)) == 1


def test_the_decision_is_coded_kept_once_and_adds_no_answer(room: MailRoom) -> None:
    room.deposit_online()
    assert room.keyed_twice() == "duplicate"
    page = "/fr/mail/1"
    assert room.post(IVO, page, f"{page}/duplicate", decision="because").status_code == 422
    before = rows(room)
    done = room.post(IVO, page, f"{page}/duplicate", decision="ask_correction")
    assert done.status_code == 303
    again = room.post(MIA, page, f"{page}/duplicate", decision="first_counts")
    assert again.status_code == 409
    assert rows(room) == before
    assert room.place.ask("SELECT decision, actor FROM sheet_duplicate") == [
        ("ask_correction", f"staff:{IVO.reference}")
    ]
    [(_, who, reference, detail)] = room.ledger("sheet.duplicate_decided")
    assert (who, reference) == (f"staff:{IVO.reference}", "sheet:demo/1")
    assert json.loads(str(detail)) == {"decision": "ask_correction"}
    told = room.desk.catalogues["fr"]["mail.duplicate.ask_correction"]
    assert told in room.client(IVO).get(page).text


def test_what_is_no_duplicate_is_not_decided(room: MailRoom) -> None:
    room.register()
    page = "/fr/mail/1"
    assert room.post(IVO, page, f"{page}/duplicate", decision="first_counts").status_code == 409


def test_a_day_that_has_come_to_belong_to_no_visit_sets_the_sheet_aside(room: MailRoom) -> None:
    room.register()
    room.key(MIA)
    room.key(NOE, **{"on.day": "20"})
    room.place.ask(
        "INSERT INTO follow_up_end VALUES (1, '2026-11-19', 'died', 's', '2026-11-22 09:00:00')"
    )
    led = room.post(IVO, "/fr/mail/1/decide", **{"choice.on": "first", "cause": "misread"}).location
    assert (led or "").endswith("keyed=set_aside")
    assert rows(room) == []
    assert room.place.ask("SELECT incident FROM sheet_incident") == [("no_visit",)]
    assert room.place.ask("SELECT count(*) FROM sheet_keying") == [(3,)]
