"""Two people key a sheet, neither sees the other's; what both agree on is deposited once."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.cast import IVO, MIA, NOE, ORA
from tests.mail_room import DATED, PIN, MailRoom, make
from tests.web.patient.journey import answers


def first_item(room: MailRoom) -> str:
    return room.release().instrument.items[0].code


def test_two_equal_keyings_are_one_administration(room: MailRoom) -> None:
    assert room.keyed_twice() == "reconciled"
    [(mode, timepoint, instrument)] = room.place.ask(
        "SELECT mode, timepoint, instrument FROM administration"
    )
    assert (mode, timepoint, instrument) == ("paper_post", "t0", "demo-qol")
    body = json.loads(list(room.sealer.kept.values())[-1][1])
    assert body["answered_on"] == "2026-11-21"
    assert body["respondent"] == "self"
    [(actor, masked)] = room.place.ask("SELECT actor, masked FROM entry")
    assert (actor, bool(masked)) == (f"staff:{NOE.reference}", False)
    assert room.states() == ["reconciled"]
    _, who, _, detail = room.ledger("administration.deposited")[-1]
    assert (who, json.loads(str(detail))) == (f"staff:{NOE.reference}", {"mode": "paper_post"})


def test_after_the_first_keying_nothing_is_deposited(room: MailRoom) -> None:
    room.register()
    assert (room.key(MIA).location or "").endswith("keyed=keyed_once")
    assert room.place.ask("SELECT count(*) FROM administration") == [(0,)]
    assert room.place.ask("SELECT turn, actor FROM sheet_keying") == [(1, f"staff:{MIA.reference}")]
    [(context, _)] = room.sealer.kept.values()
    assert context.timepoint == "sheet:demo/1", "a keying can never pass for an administration"


def test_a_keying_that_differs_goes_to_a_decision_and_not_to_data(room: MailRoom) -> None:
    assert room.keyed_twice(**{"q." + first_item(room): "illegible"}) == "keyed_twice"
    assert room.place.ask("SELECT count(*) FROM administration") == [(0,)]
    assert room.ledger("administration.deposited")[1:] == []  # the first is the ward's own


def seen_by_the_second(room: MailRoom, **first: str) -> list[str]:
    """Every page and every answer to Noe after Mia has keyed, without its token and number."""
    room.register()
    assert room.key(MIA, **first).status_code == 303
    client = room.client(NOE)
    pages = [client.get(f"/fr/mail{path}") for path in ("", "/1", "/1/key", "/1/decide")]
    pages.append(room.key(NOE, **{"on.day": "-"}))
    own = re.compile(r'name="(csrf_token|visit)" value="[^"]*"')
    return [own.sub("", f"{one.status_code} {one.headers} {one.text}") for one in pages]


def test_the_second_typist_sees_nothing_of_the_first(tmp_path: Path) -> None:
    """What Noe is answered is the same to the letter, whatever Mia typed."""
    seen = []
    for name, typed in (("one", {}), ("other", {"on.day": "20"})):
        (tmp_path / name).mkdir()
        room = make(tmp_path / name)
        item = "q." + first_item(room)
        seen.append(seen_by_the_second(room, **(typed and typed | {item: "two_boxes"})))
        room.close()
    assert [_lasting(one) for one in seen[0]] == [_lasting(one) for one in seen[1]]
    for page in seen[0][:4]:
        assert not re.search(r'type="radio" name="q\.[^>]* checked', page)
        assert not re.search(r'name="on\.[^>]* value="[0-9]', page)


def _lasting(page: str) -> str:
    """Leave out the session's cookie."""
    return re.sub(r"Set-Cookie: [^\r\n]*", "", page)


def test_who_opened_it_or_keyed_it_does_not_key_it(room: MailRoom) -> None:
    room.register()
    assert room.client(ORA).get("/fr/mail/1/key").status_code == 409
    room.key(MIA)
    client = room.client(MIA)
    assert client.get("/fr/mail/1/key").status_code == 409
    page = client.get("/fr/mail/1").text
    assert room.desk.catalogues["fr"]["mail.may_not.keyed_it.text"] in page
    assert "/fr/mail/1/key" not in page


def test_a_post_past_the_page_is_refused_too(room: MailRoom) -> None:
    """Whoever keeps an open grid from before cannot send it twice, nor can the opener."""
    room.register()
    grid = room.client(NOE).get("/fr/mail/1/key").text
    visit = re.search(r'name="visit" value="([^"]+)"', grid)
    assert visit
    room.key(MIA)
    data = answers(room.release().instrument) | {"release": room.release().hash}
    data |= {"on.day": "21", "on.month": "11", "on.year": "2026", "visit": visit[1]}
    for member in (MIA, ORA):
        answer = room.post(member, "/fr/mail/new", "/fr/mail/1/key/send", **(data | {"x": "-"}))
        assert answer.status_code == 422, "the fields of another form are not read"
        client = room.client(member)
        csrf = re.search(r'name="csrf_token" value="([^"]+)"', client.get("/fr/mail").text)
        assert csrf
        again = client.post("/fr/mail/1/key/send", data=data | {"csrf_token": csrf[1]})
        assert again.status_code == 409
    assert room.place.ask("SELECT count(*) FROM sheet_keying") == [(1,)]
    assert room.states() == ["keyed_once"]


def test_two_grids_open_at_once_are_the_first_and_the_second(room: MailRoom) -> None:
    """Nobody's work is lost because somebody else was quicker; a third is refused."""
    room.register()
    sent = []
    for member in (MIA, NOE, IVO):
        client = room.client(member)
        page = client.get("/fr/mail/1/key").text
        hidden = dict(re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', page))
        data = answers(room.release().instrument) | hidden
        sent.append((client, data | {"on.day": "21", "on.month": "11", "on.year": "2026"}))
    statuses = [c.post("/fr/mail/1/key/send", data=data).status_code for c, data in sent]
    assert statuses == [303, 303, 409]
    assert room.states() == ["reconciled"]


def test_a_double_click_is_one_keying(room: MailRoom) -> None:
    room.register()
    client = room.client(MIA)
    page = client.get("/fr/mail/1/key").text
    data = dict(re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', page))
    data |= answers(room.release().instrument)
    data |= {"on.day": "21", "on.month": "11", "on.year": "2026"}
    answers_ = [client.post("/fr/mail/1/key/send", data=data) for _ in range(2)]
    assert [one.location for one in answers_] == ["/fr/mail/1?keyed=keyed_once"] * 2
    assert room.place.ask("SELECT count(*) FROM sheet_keying") == [(1,)]


@pytest.mark.parametrize(
    ("day", "told"),
    [
        ({"on.day": "-"}, "to_type"),
        ({"on.day": "23"}, "after_posting"),
        ({"on.day": "19"}, "no_window"),
        ({"undated": "1"}, "undated"),
    ],
)
def test_the_date_on_the_paper_is_bounded_and_nothing_typed_is_lost(
    room: MailRoom, day: dict[str, str], told: str
) -> None:
    room.register()
    answer = room.key(MIA, **day)
    assert answer.status_code == 422
    assert room.desk.catalogues["fr"][f"day.{told}"] in answer.text
    assert len(re.findall(r'name="q\.[^"]+" value="[^"]+" checked', answer.text)) > 3
    assert room.place.ask("SELECT count(*) FROM sheet_keying") == [(0,)]


def test_a_sheet_without_a_date_is_of_the_day_it_was_posted(room: MailRoom) -> None:
    room.register()
    bare = {"undated": "1", "on.day": "-", "on.month": "-", "on.year": "-"}
    room.key(MIA, **bare)
    assert (room.key(NOE, **bare).location or "").endswith("keyed=reconciled")
    assert json.loads(list(room.sealer.kept.values())[-1][1])["answered_on"] is None
    assert room.place.ask("SELECT timepoint FROM administration") == [("t0",)]


@pytest.mark.parametrize(
    "wrong", [{"q.nothing": "1"}, {"note": "free text"}, {"visit": "x"}, {"release": "0" * 64}]
)
def test_what_no_form_of_ours_sends_is_not_read(room: MailRoom, wrong: dict[str, str]) -> None:
    room.register()
    assert room.key(MIA, **wrong).status_code == 422
    assert room.sealer.kept == {}


@pytest.mark.parametrize("wrong", ["-", "declined", "not_applicable", "99", "oops"])
def test_every_line_needs_its_code_or_why_there_is_none(room: MailRoom, wrong: str) -> None:
    room.register()
    assert room.key(MIA, **{"q." + first_item(room): wrong}).status_code == 422
    assert room.sealer.kept == {}


def test_a_session_that_ended_loses_nothing_that_was_keyed(room: MailRoom) -> None:
    room.register()
    client = room.client(MIA)
    page = client.get("/fr/mail/1/key").text
    assert "alive.js" in page  # somebody who types is not idle
    data = dict(PIN.findall(page)) | answers(room.release().instrument) | DATED
    client.delete_cookie("lab")
    late = client.post("/fr/mail/1/key/send", data=data)
    assert late.status_code in {400, 403}
    assert room.sealer.kept == {}
    again = room.client(MIA)
    kept = dict(PIN.findall(late.text)) | dict(PIN.findall(again.get("/fr/").text))
    assert again.post("/fr/mail/1/key/send", data=kept).status_code == 303
    assert len(room.sealer.kept) == 1
