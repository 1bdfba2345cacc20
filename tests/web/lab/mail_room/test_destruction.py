"""Paper is destroyed in batches: two people, a certificate, and only what has served."""

from __future__ import annotations

import json

import pytest

from tests.cast import IVO, MIA, ORA, ZOE
from tests.mail_room import MailRoom

PAGE = "/fr/mail/destruction"
TODAY = {"on.day": "22", "on.month": "11", "on.year": "2026", "method": "shredded"}


def prepared(room: MailRoom) -> str:
    """A batch of sheet 1, reconciled, prepared by Mia; its address."""
    assert room.keyed_twice() == "reconciled"
    answer = room.post(MIA, PAGE, sheet=["1"], **TODAY)
    assert answer.status_code == 303
    return answer.location or ""


def test_a_batch_has_two_people_and_its_certificate_says_all(room: MailRoom) -> None:
    batch = prepared(room)
    assert room.states() == ["reconciled"]
    waiting = room.client(MIA).get(batch).text
    assert room.desk.catalogues["fr"]["mail.own_batch.text"] in waiting
    own = room.post(MIA, "/fr/mail/new", f"{batch}/confirm")
    assert own.status_code == 409
    assert room.post(IVO, batch, f"{batch}/confirm").status_code == 303
    assert room.states() == ["destroyed"]
    page = room.client(ORA).get(batch).text
    for said in ("Certificat de destruction", "Mia Exemple", "Ivo Exemple", "22 novembre 2026"):
        assert said in page
    assert room.desk.catalogues["fr"]["mail.method.shredded"] in page
    _, who, reference, detail = room.ledger("sheets.destroyed")[0]
    assert (who, reference) == (f"staff:{IVO.reference}", f"destruction:{batch.split('/')[-1]}")
    assert json.loads(str(detail)) == {
        "count": 1,
        "sheets": "1",
        "method": "shredded",
        "on": "2026-11-22",
    }
    assert len(room.ledger("sheets.certificate_read")) == 3


def test_a_second_confirmation_changes_nothing(room: MailRoom) -> None:
    batch = prepared(room)
    room.post(IVO, batch, f"{batch}/confirm")
    again = room.post(ORA, "/fr/mail/new", f"{batch}/confirm")
    assert again.status_code == 409
    assert len(room.ledger("sheets.destroyed")) == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"sheet": []},
        {"sheet": ["x"]},
        {"method": "burnt"},
        {"on.day": "-"},
        {"on.day": "23"},
        {"on.day": "21"},
    ],
)
def test_a_batch_is_whole_or_none(room: MailRoom, wrong: dict[str, object]) -> None:
    assert room.keyed_twice() == "reconciled"
    answer = room.post(MIA, PAGE, **({"sheet": ["1"]} | TODAY | wrong))
    assert answer.status_code == 422
    assert room.place.ask("SELECT count(*) FROM sheet_destruction") == [(0,)]


def test_what_has_not_served_is_not_destroyed(room: MailRoom) -> None:
    room.deposit_online()
    assert room.keyed_twice() == "duplicate"
    room.register()
    for number in ("1", "2", "77"):
        answer = room.post(MIA, "/fr/mail/new", PAGE, sheet=[number], **TODAY)
        assert answer.status_code == 409
    room.post(IVO, "/fr/mail/1", "/fr/mail/1/duplicate", decision="sent_twice")
    assert room.post(MIA, PAGE, sheet=["1"], **TODAY).status_code == 303
    again = room.post(IVO, "/fr/mail/new", PAGE, sheet=["1"], **TODAY)
    assert again.status_code == 409


def test_another_programme_neither_reads_nor_confirms(room: MailRoom) -> None:
    batch = prepared(room)
    room.place.ask(
        "INSERT INTO programme_version SELECT 'other', version, document, toml, since"
        " FROM programme_version"
    )
    assert room.client(ZOE).get(batch).status_code == 404
    assert room.post(ZOE, "/fr/mail/new", f"{batch}/confirm").status_code == 404
    assert room.post(ZOE, "/fr/mail/new", PAGE, sheet=["1"], **TODAY).status_code == 409
    assert room.states() == ["reconciled"]
