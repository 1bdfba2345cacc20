"""A sheet is filed under a number; its code is kept nowhere; incidents are codes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests import builders
from tests.cast import IVO, LENA, MIA, NOE, ORA, ZOE
from tests.mail_room import MailRoom

NO_CODE = {"code": "", "no_code": "code_unreadable"}


def test_a_sheet_is_filed_and_told_to_the_ledger(room: MailRoom) -> None:
    answer = room.register(incident=["damaged"])
    assert answer.location == "/fr/mail/1?filed=1"
    page = room.client(ORA).get(answer.location).text
    assert "Feuille 1 enregistrée" in page
    assert room.register().location == "/fr/mail/2?filed=1"
    first = room.ledger("sheet.registered")[0]
    assert first[1:3] == (f"staff:{ORA.reference}", "sheet:demo/1")
    assert json.loads(str(first[3])) == {"incidents": "damaged"}
    assert room.place.ask("SELECT subject_id FROM received_sheet") == [(1,), (1,)]


def test_the_code_is_nowhere_in_the_clear(room: MailRoom, tmp_path: Path) -> None:
    code = room.codes["00001"]
    for typed in (code.printed(), code.reveal().lower()):
        room.register(code=typed)
    wrong = room.register(code=code.reveal(), release="")
    assert wrong.status_code == 422
    assert code.reveal() not in wrong.text
    room.keyed_twice()
    looked = [path.read_bytes() for path in tmp_path.glob("portal.sqlite3*")]
    digest = room.place.ask("SELECT digest FROM pseudonym WHERE subject_id = 1")
    assert digest == [(code.reveal().encode(),)], "the tests' digest is the code itself"
    # Once in the digest's own row and once in its index, put there when it was issued.
    before = sum(raw.count(code.reveal().encode()) for raw in looked)
    assert before > 0
    for table in ("received_sheet", "sheet_incident", "sheet_keying", "ledger"):
        for row in room.place.ask(f"SELECT * FROM {table}"):
            assert code.reveal() not in repr(row)
            assert code.printed() not in repr(row)


def test_the_same_page_sent_twice_is_one_sheet(room: MailRoom) -> None:
    visit = "v" * 26
    assert room.register(visit=visit).location == room.register(visit=visit).location
    assert room.states() == ["received"]


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"code": "oops"}, "mail.code.slip"),
        ({"code": ""}, "mail.code.slip"),
        ({"release": "-"}, "mail.new.choose"),
        ({"release": ""}, "mail.new.choose"),
        ({"received_on.day": "31", "received_on.month": "2"}, "day.to_type"),
        ({"received_on.day": "23"}, "mail.new.unlikely"),
        ({"received_on.year": "2024"}, "mail.new.unlikely"),
        ({"posted_on.day": "3"}, "day.to_type"),
        (
            {"posted_on.day": "23", "posted_on.month": "11", "posted_on.year": "26"},
            "mail.new.unlikely",
        ),
    ],
)
def test_what_is_wrong_is_told_beside_its_field(
    room: MailRoom, given: dict[str, str], told: str
) -> None:
    answer = room.register(**given)
    assert answer.status_code == 422
    assert room.desk.catalogues["fr"][told] in answer.text
    assert room.states() == []


def test_a_code_of_nobody_and_one_of_another_programme_are_the_same(room: MailRoom) -> None:
    room.place.ask("UPDATE subject SET programme = 'other' WHERE sheet_number = '00009'")
    pages = [room.register(code=code.reveal()) for code in (builders.a_code(), room.codes["00009"])]
    issued = room.register(code=room.codes["00002"].reveal())
    for page in (*pages, issued):
        assert page.status_code == 422
        assert room.desk.catalogues["fr"]["mail.code.unknown"] in page.text
    assert room.states() == []


def test_a_sheet_without_a_code_waits_for_it_and_is_not_lost(room: MailRoom) -> None:
    room.register(**NO_CODE)
    assert room.client(MIA).get("/fr/mail/1/key").status_code == 409
    page = "/fr/mail/1"
    wrong = room.post(MIA, page, f"{page}/code", code=builders.a_code().reveal())
    assert wrong.status_code == 422
    right = room.post(MIA, page, f"{page}/code", code=room.codes["00001"].reveal())
    assert right.status_code == 303
    assert room.key(MIA).status_code == 303
    assert room.key(NOE).status_code == 303
    assert room.states() == ["reconciled"]
    late = room.post(MIA, "/fr/mail/new", f"{page}/code", code=room.codes["00001"].reveal())
    assert late.status_code == 409


def test_a_code_that_nobody_finds_sets_the_sheet_aside(room: MailRoom) -> None:
    room.register(**NO_CODE)
    page = "/fr/mail/1"
    assert room.post(MIA, page, f"{page}/incident", incident="code_unreadable").status_code == 303
    assert room.states() == ["set_aside"]
    assert room.post(MIA, "/fr/mail/new", f"{page}/incident", incident="empty").status_code == 409


def test_a_dead_code_is_accepted_by_somebody_else_than_the_opener(room: MailRoom) -> None:
    room.place.ask("UPDATE pseudonym SET state = 'replaced' WHERE subject_id = 1")
    room.register()
    page = "/fr/mail/1"
    assert room.client(MIA).get(f"{page}/key").status_code == 409
    own = room.post(ORA, "/fr/mail/new", f"{page}/settle", incident="code_dead")
    assert own.status_code == 409
    assert room.post(IVO, page, f"{page}/settle", incident="code_dead").status_code == 303
    assert room.client(MIA).get(f"{page}/key").status_code == 200


@pytest.mark.parametrize("when", ["at opening", "by the first typist", "by the second typist"])
def test_a_name_on_a_sheet_is_masked_before_anybody_keys_on(room: MailRoom, when: str) -> None:
    room.register(**({"incident": ["identity"]} if when == "at opening" else {}))
    page = "/fr/mail/1"
    if when == "by the second typist":
        room.key(MIA)
    if when != "at opening":
        seen = room.post(NOE, page, f"{page}/incident", incident="identity")
        assert seen.status_code == 303
    assert room.client(NOE).get(f"{page}/key").status_code == 409
    assert room.post(NOE, page, f"{page}/settle", incident="identity").status_code == 303
    again = room.post(NOE, "/fr/mail/new", f"{page}/settle", incident="identity")
    assert again.status_code == 409
    if when != "by the second typist":
        room.key(MIA)
    room.key(NOE)
    assert room.states() == ["reconciled"]
    assert [bool(row[0]) for row in room.place.ask("SELECT masked FROM entry")] == [True]
    _, who, _, detail = room.ledger("sheet.incident_settled")[0]
    assert (who, json.loads(str(detail))) == (f"staff:{NOE.reference}", {"incident": "identity"})


@pytest.mark.parametrize("incident", ["wrong_form", "no_visit", "empty"])
def test_some_incidents_set_a_sheet_aside_for_good(room: MailRoom, incident: str) -> None:
    room.register()
    page = "/fr/mail/1"
    assert room.post(MIA, page, f"{page}/incident", incident=incident).status_code == 303
    assert room.states() == ["set_aside"]
    assert room.client(NOE).get(f"{page}/key").status_code == 409


@pytest.mark.parametrize("incident", ["", "other", "code_dead", "code_unknown", "a note"])
def test_only_an_incident_of_the_list_is_said(room: MailRoom, incident: str) -> None:
    room.register()
    page = "/fr/mail/1"
    answer = room.post(MIA, page, f"{page}/incident", incident=incident)
    assert answer.status_code in {409, 422}
    assert room.place.ask("SELECT count(*) FROM sheet_incident") == [(0,)]


def test_what_waits_too_long_stands_first(room: MailRoom) -> None:
    room.register()
    room.clock.move(days=8)
    day = {"received_on.day": "30"}
    room.register(**day)
    page = room.client(MIA).get("/fr/mail").text
    assert "depuis plus de sept jours : 1." in page
    assert page.count("en retard") == 1
    room.key(MIA)
    room.key(NOE)
    assert "depuis plus de sept jours" not in room.client(MIA).get("/fr/mail").text


def test_another_programme_finds_nothing_and_others_do_not_enter(room: MailRoom) -> None:
    room.register()
    room.place.ask(
        "INSERT INTO programme_version SELECT 'other', version, document, toml, since"
        " FROM programme_version"
    )
    zoe = room.client(ZOE)
    paths = ("1", "1/key", "1/decide", "destruction/x", "99999999999999999999")
    assert [zoe.get(f"/fr/mail/{path}").status_code for path in paths] == [404] * len(paths)
    for act in ("incident", "settle", "code", "duplicate", "key/send", "decide", "deposit"):
        given = {"incident": "identity", "code": room.codes["00001"].reveal(), "cause": "misread"}
        answer = room.post(ZOE, "/fr/mail/new", f"/fr/mail/1/{act}", decision="sent_twice", **given)
        assert (act, answer.status_code) == (act, 404)
    assert "/fr/mail/1" not in zoe.get("/fr/mail").text
    assert room.states() == ["received"]
    assert room.client(LENA).get("/fr/mail").status_code == 403


def test_no_page_takes_a_file_or_free_text(room: MailRoom) -> None:
    room.register(**NO_CODE)
    client = room.client(MIA)
    for path in ("", "/new", "/1", "/destruction"):
        page = client.get(f"/fr/mail{path}").text
        for taken in ("<textarea", 'type="file"', "multipart", "contenteditable"):
            assert taken not in page
