"""Answers are entered or copied, sealed at once, and never shown, filled in or overwritten."""

from __future__ import annotations

import json
import re

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from qol.domain.instrument import Release
from tests.cast import ANA
from tests.hcp_face import Ward
from tests.hcp_face import post as posted
from tests.integration.db.stock import EVENT, SLOT, administration
from tests.web.patient.journey import answers

SHEET = "/fr/sheets/00001"
FORM = f"{SHEET}/consultation/2026-11-22/demo-qol"
DATED = {"on.day": "21", "on.month": "11", "on.year": "26", "masked": "1"}
PIN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)"')


def release_of(ward: Ward, instrument: str = "demo-qol") -> Release:
    with ward.face.work_list.store.reading() as unit:
        found = [r for r in unit.releases("demo") if r.instrument.id == instrument]
    return next(one for one in found if one.wording.language == "fr")


def at(ward: Ward, way: str) -> str:
    """The form of a way of entering."""
    return FORM if way == "interview" else f"{SHEET}/paper/{release_of(ward).id}"


def body(ward: Ward, page: str, way: str) -> dict[str, str]:
    more = {"asked": "1"} if way == "interview" else DATED
    return dict(PIN.findall(page)) | answers(release_of(ward).instrument) | more


def send(ward: Ward, client: FlaskClient, way: str, **more: str) -> TestResponse:
    path = at(ward, way)
    data = body(ward, client.get(path).text, way) | more
    return client.post(f"{path}/send", data={k: v for k, v in data.items() if v != "-"})


def deposit_by_patient(ward: Ward) -> None:
    with ward.place.patient().records.writing() as unit:
        unit.add(administration(1, 1, SLOT))
        unit.commit(EVENT)


WAYS = pytest.mark.parametrize("way", ["interview", "paper_hcp"])


@WAYS
def test_mode_both_dates_and_who_are_kept_and_the_body_is_sealed(ward: Ward, way: str) -> None:
    answer = send(ward, ward.client(ANA), way)
    assert answer.status_code == 303
    [(mode, timepoint)] = ward.place.ask("SELECT mode, timepoint FROM administration")
    assert (mode, timepoint) == (way, "t0")
    kept = json.loads(ward.sealer.bodies[0][1])
    assert kept["answered_on"] == ("2026-11-22" if way == "interview" else "2026-11-21")
    [(actor, masked)] = ward.place.ask("SELECT actor, masked FROM entry")
    assert (actor, bool(masked)) == (f"staff:{ANA.reference}", way == "paper_hcp")
    _, who, _, detail = ward.ledger("administration.deposited")[-1]
    assert who == f"staff:{ANA.reference}"
    assert json.loads(str(detail)) == {"mode": way}


@WAYS
def test_nothing_is_ever_filled_in(ward: Ward, way: str) -> None:
    client = ward.client(ANA)
    send(ward, client, way)
    for path in (at(ward, way), SHEET, "/fr/", f"{SHEET}/consultation", f"{SHEET}/paper"):
        page = client.get(path).text
        assert not re.search(r'type="radio"[^>]* checked', page), path
        assert not re.search(r'name="q\.[^"]+" type="text"[^>]* value="[^"]', page), path


@WAYS
def test_the_same_send_twice_is_one_row(ward: Ward, way: str) -> None:
    client = ward.client(ANA)
    data = body(ward, client.get(at(ward, way)).text, way)
    first, second = (client.post(f"{at(ward, way)}/send", data=data) for _ in range(2))
    assert first.status_code == second.status_code == 303
    assert ward.place.ask("SELECT count(*) FROM administration") == [(1,)]


@WAYS
def test_the_patient_was_first_and_the_professional_is_told(ward: Ward, way: str) -> None:
    client = ward.client(ANA)
    data = body(ward, client.get(at(ward, way)).text, way)
    deposit_by_patient(ward)
    before = ward.place.ask("SELECT * FROM administration")
    answer = client.post(f"{at(ward, way)}/send", data=data)
    assert answer.status_code == 409
    assert "n’a pas été ajoutée" in answer.text
    assert ward.place.ask("SELECT * FROM administration") == before
    assert ward.place.ask("SELECT count(*) FROM entry") == [(0,)]


def test_the_professional_was_first_and_the_patient_adds_nothing(ward: Ward) -> None:
    from qol.domain.errors import AlreadyReceivedError

    send(ward, ward.client(ANA), "interview")
    with pytest.raises(AlreadyReceivedError):
        deposit_by_patient(ward)
    assert ward.place.ask("SELECT mode FROM administration") == [("interview",)]


def test_an_open_item_is_asked_about_once_then_declined(ward: Ward) -> None:
    client, item = ward.client(ANA), release_of(ward).instrument.items[0].code
    asked = send(ward, client, "interview", asked="-", **{f"q.{item}": "-"})
    assert asked.status_code == 422
    assert ward.place.ask("SELECT count(*) FROM administration") == [(0,)]
    assert send(ward, client, "interview", **{f"q.{item}": "-"}).status_code == 303
    assert json.loads(ward.sealer.bodies[0][1])["answers"][item] == {"state": "declined"}


@pytest.mark.parametrize("state", ["unanswered", "two_boxes", "illegible"])
def test_a_line_of_paper_may_end_in_what_the_paper_shows(ward: Ward, state: str) -> None:
    item = release_of(ward).instrument.items[0].code
    assert send(ward, ward.client(ANA), "paper", **{f"q.{item}": state}).status_code == 303
    assert json.loads(ward.sealer.bodies[0][1])["answers"][item] == {"state": state}


@pytest.mark.parametrize("wrong", ["-", "declined", "not_applicable", "99", "oops"])
def test_every_line_needs_its_code_or_why_there_is_none(ward: Ward, wrong: str) -> None:
    item = release_of(ward).instrument.items[0].code
    answer = send(ward, ward.client(ANA), "paper", **{f"q.{item}": wrong})
    assert answer.status_code == 422
    assert ward.sealer.bodies == []


@pytest.mark.parametrize(
    ("day", "told"),
    [
        ({"on.day": "-"}, "to_type"),
        ({"on.day": "31", "on.month": "2"}, "to_type"),
        ({"on.day": "23"}, "to_come"),
        ({"on.day": "19"}, "no_window"),
        ({"on.year": "1926"}, "no_window"),
    ],
)
def test_the_date_on_the_paper_is_bounded_and_nothing_typed_is_lost(
    ward: Ward, day: dict[str, str], told: str
) -> None:
    answer = send(ward, ward.client(ANA), "paper", **day)
    assert answer.status_code == 422
    assert ward.desk.catalogues["fr"][f"day.{told}"] in answer.text
    chosen = re.findall(r'type="radio" name="q\.[^"]+" value="[^"]+" checked', answer.text)
    assert len(chosen) > 3
    assert ward.sealer.bodies == []


def test_the_date_decides_the_visit(ward: Ward) -> None:
    ward.clock.move(days=40)
    client = ward.client(ANA)
    for day, timepoint in (("3", "t0"), ("20", "m1")):
        answer = send(ward, client, "paper", **{"on.day": day, "on.month": "12"})
        assert answer.location == f"{SHEET}/paper?received={timepoint}"
        assert "Le papier est enregistré" in client.get(answer.location or "").text
    kept = ward.place.ask("SELECT timepoint FROM administration ORDER BY id")
    assert sorted(kept) == [("m1",), ("t0",)]


def test_without_the_attestation_nothing_is_stored(ward: Ward) -> None:
    answer = send(ward, ward.client(ANA), "paper", masked="-")
    assert answer.status_code == 422
    assert ward.desk.catalogues["fr"]["grid.masked_wrong"] in answer.text
    assert ward.sealer.bodies == []


@WAYS
@pytest.mark.parametrize(
    "wrong", [{"q.nothing": "1"}, {"note": "free text"}, {"visit": "x"}, {"release": "0" * 64}]
)
def test_what_no_form_of_ours_sends_is_not_read(
    ward: Ward, way: str, wrong: dict[str, str]
) -> None:
    answer = send(ward, ward.client(ANA), way, **wrong)
    assert answer.status_code == 422
    assert ward.sealer.bodies == []


@WAYS
def test_a_session_that_ended_loses_nothing_that_was_typed(ward: Ward, way: str) -> None:
    client = ward.client(ANA)
    data = body(ward, client.get(at(ward, way)).text, way)
    client.delete_cookie("hcp")
    late = client.post(f"{at(ward, way)}/send", data=data)
    assert late.status_code in {400, 403}
    assert ward.sealer.bodies == []
    again = ward.client(ANA)
    page = again.get("/fr/").text
    kept = dict(PIN.findall(late.text)) | dict(PIN.findall(page))
    assert again.post(f"{at(ward, way)}/send", data=kept).status_code == 303
    assert len(ward.sealer.bodies) == 1


def test_a_licence_that_ended_starts_nothing_and_the_page_says_why(ward: Ward) -> None:
    ward.place.ask("UPDATE release SET licence_ends = '2026-11-21'")
    client = ward.client(ANA)
    told = ward.desk.catalogues["fr"]["day.not_offered"]
    assert told in client.get(f"{SHEET}/consultation").text
    assert told in client.get(FORM).text
    assert client.get(f"{SHEET}/device").status_code == 409
    late = {"on.day": "22"}
    assert told in send(ward, client, "paper", **late).text
    assert ward.sealer.bodies == []
    # What was answered on paper while the licence ran is copied afterwards.
    assert send(ward, client, "paper").status_code == 303


def test_a_day_that_is_no_day_is_no_page(ward: Ward) -> None:
    client = ward.client(ANA)
    assert client.get(f"{SHEET}/consultation/soon/demo-qol").status_code == 404
    assert client.get(f"{SHEET}/consultation/2026-11-22/other").status_code == 404
    assert client.get(f"{SHEET}/paper/99").status_code == 404
    before = client.get(f"{SHEET}/consultation?on.day=19&on.month=11&on.year=2026")
    assert before.status_code == 422


def test_after_the_end_of_a_follow_up_only_earlier_days_are_taken(ward: Ward) -> None:
    posted(ward.client(ANA), f"{SHEET}/end", reason="moved")
    ward.clock.move(days=1)
    client = ward.client(ANA)
    assert send(ward, client, "paper", **{"on.day": "23"}).status_code == 422
    assert send(ward, client, "paper").status_code == 303
