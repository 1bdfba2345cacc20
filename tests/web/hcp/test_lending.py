"""The device goes to the patient with one POST, and the professional is signed out by it."""

from __future__ import annotations

import re

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.cast import ANA, BEN
from tests.hcp_face import PATIENT, Ward
from tests.integration.db.stock import EVENT, administration
from tests.web.patient.journey import token

PAGE = "/fr/sheets/00001/device"


def drawn(client: FlaskClient) -> dict[str, str]:
    page = client.get(PAGE).text
    return dict(re.findall(r'type="hidden" name="([^"]+)" value="([^"]+)"', page))


def lend(client: FlaskClient, **more: str) -> TestResponse:
    """What the page's form sends, just before the lock's and the sign-out's own tokens."""
    return client.post(PAGE, data=drawn(client) | {"language": "fr"} | more)


def test_one_post_signs_out_and_goes_on_with_the_same_body(ward: Ward) -> None:
    client = ward.client(ANA)
    page = drawn(client)
    answer = client.post(PAGE, data=page | {"language": "en"})
    assert (answer.status_code, answer.location) == (307, f"{PATIENT}/en/device")
    assert page["ticket"] not in str(answer.headers)
    assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert client.get("/fr/").location == "/fr/sign-in"
    assert ward.place.ask("SELECT count(*) FROM staff_session") == [(0,)]
    [(digest, subject, spent)] = ward.place.ask(
        "SELECT digest, subject_id, spent_at FROM device_ticket"
    )
    assert (digest, subject, spent) == (b"ticket " + page["ticket"].encode(), 1, None)
    [(_, actor, reference, detail)] = ward.ledger("device.handed_over")
    assert (actor, reference) == (f"staff:{ANA.reference}", f"subject:S{'00001':0>25}")
    assert page["ticket"] not in str(detail)


def test_the_policy_of_that_page_alone_names_the_other_host(ward: Ward) -> None:
    client = ward.client(ANA)
    policy = client.get(PAGE).headers["Content-Security-Policy"]
    assert f"form-action 'self' {PATIENT};" in policy
    for path in ("/fr/", "/fr/sheets/00001", "/fr/sheets/00001/end"):
        assert PATIENT not in client.get(path).headers["Content-Security-Policy"]


def test_a_second_tap_goes_where_the_first_went(ward: Ward) -> None:
    client = ward.client(ANA)
    page = drawn(client)
    first, second = (client.post(PAGE, data=page) for _ in range(2))
    assert first.status_code == second.status_code == 307
    assert len(ward.ledger("device.handed_over")) == 1
    ward.clock.move(minutes=11)
    assert client.post(PAGE, data=page).status_code in {400, 403}


@pytest.mark.parametrize("ticket", ["", "short", "T" * 26, "t" * 27, "é" * 26])
def test_a_ticket_of_another_shape_signs_nobody_out(ward: Ward, ticket: str) -> None:
    client = ward.client(ANA)
    assert lend(client, ticket=ticket).status_code == 409
    assert client.get("/fr/").status_code == 200
    assert ward.place.ask("SELECT count(*) FROM device_ticket") == [(0,)]


def test_nobody_else_and_no_other_site_lends(ward: Ward) -> None:
    page = drawn(ward.client(ANA))
    ben = ward.client(BEN)
    theirs = {"csrf_token": token(ben.get("/fr/").text)}
    assert ben.post(PAGE, data=page | theirs).status_code == 404
    assert ben.get("/fr/").status_code == 200
    stranger = ward.client()
    theirs = {"csrf_token": token(stranger.get("/fr/sign-in").text)}
    assert stranger.post(PAGE, data=page | theirs).status_code == 403
    assert stranger.post(PAGE, data=page).status_code == 400
    assert ward.ledger("device.handed_over") == []


def test_a_form_of_another_site_lends_nothing(ward: Ward) -> None:
    client = ward.client(ANA)
    page = drawn(client)
    for origin in ("https://evil.example", "null"):
        answer = client.post(PAGE, data=page, headers={"Origin": origin})
        assert answer.status_code == 403
    assert client.post(PAGE, data={"ticket": page["ticket"]}).status_code == 400
    assert client.get("/fr/").status_code == 200


def test_there_must_be_something_to_fill(ward: Ward) -> None:
    client = ward.client(ANA)
    page = drawn(client)
    with ward.place.patient().records.writing() as unit:
        for number, name in enumerate(("demo-qol", "pain-nrs")):
            unit.add(administration(number, 1, _slot(name)))
        unit.commit(EVENT)
    assert client.get(PAGE).status_code == 409
    assert client.post(PAGE, data=page).status_code == 409
    assert client.get("/fr/").status_code == 200


def _slot(name: str):  # noqa: ANN202 - a slot
    from qol.domain.schedule import Slot

    return Slot("t0", name)


@pytest.mark.parametrize("language", ["", "de", "//evil.example/"])
def test_the_way_on_is_one_of_ours(ward: Ward, language: str) -> None:
    answer = lend(ward.client(ANA), language=language)
    assert answer.location == f"{PATIENT}/fr/device"
