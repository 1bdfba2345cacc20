"""A handed device: the ticket is spent once, a double tap opens the same visit."""

from __future__ import annotations

import json

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from qol.domain.audit import Act
from qol.usecases.ports import Ticket
from tests.patient_face import Here
from tests.web.patient.journey import enter, fill

TICKET = "t" * 26
KEY = b"ticket " + TICKET.encode()


@pytest.fixture
def handed(here: Here) -> Here:
    """A professional has just handed subject 1's device over."""
    here.store.tickets[KEY] = Ticket(1, "V" * 26, here.clock.now())
    return here


def arrive(client: FlaskClient, ticket: str = TICKET, origin: str = "null") -> TestResponse:
    """Arrive as a browser does after the 307: the whole body, no cookie, no origin."""
    data = {"ticket": ticket, "csrf_token": "the other face's"}
    return client.post("/fr/device", data=data, headers={"Origin": origin})


def test_the_ticket_opens_a_visit_of_one_hour_in_its_own_mode(handed: Here) -> None:
    client = handed.client()
    page = arrive(client)
    assert page.status_code == 200
    assert 'href="/fr/start"' in page.text
    assert TICKET not in page.text
    assert client.get("/fr/start").status_code == 200
    assert fill(client, handed.store.releases[0].instrument).status_code == 303
    [row] = handed.store.rows
    assert (row.mode.value, row.visit, row.subject_id) == ("handed_device", "V" * 26, 1)
    assert [e.act for e in handed.store.events] == [Act.DEVICE_OPENED, Act.DEPOSITED]
    assert json.loads(handed.sealer.bodies[0][1])["answered_on"] is None
    handed.clock.move(minutes=61)
    assert client.get("/fr/questions/2").status_code == 403


def test_a_double_tap_opens_the_same_visit_and_spends_once(handed: Here) -> None:
    first, second = handed.client(), handed.client()
    assert arrive(first).status_code == arrive(second).status_code == 200
    instrument = handed.store.releases[0].instrument
    assert fill(first, instrument).status_code == fill(second, instrument).status_code == 303
    assert len(handed.store.rows) == 1
    assert [e.act for e in handed.store.events].count(Act.DEVICE_OPENED) == 1


@pytest.mark.parametrize(("seconds", "status"), [(20, 200), (21, 409)])
def test_a_spent_ticket_is_over_after_a_double_tap(handed: Here, seconds: int, status: int) -> None:
    arrive(handed.client())
    handed.clock.move(seconds=seconds)
    assert arrive(handed.client()).status_code == status


@pytest.mark.parametrize(("seconds", "status"), [(600, 200), (601, 409)])
def test_a_ticket_waits_ten_minutes(handed: Here, seconds: int, status: int) -> None:
    handed.clock.move(seconds=seconds)
    assert arrive(handed.client()).status_code == status


@pytest.mark.parametrize("ticket", ["", "u" * 26, "t" * 25, "t" * 5000])
def test_another_ticket_opens_nothing_and_writes_nothing(handed: Here, ticket: str) -> None:
    client = handed.client()
    assert arrive(client, ticket).status_code == 409
    assert client.get("/fr/start").status_code == 403
    assert handed.store.events == []


def test_whoever_was_in_a_visit_before_is_out_of_it(handed: Here) -> None:
    client = handed.client()
    enter(client, handed.code.reveal())
    assert arrive(client, "u" * 26).status_code == 409
    assert client.get("/fr/start").status_code == 403


def test_a_dead_code_and_an_empty_day_open_nothing_and_keep_the_ticket(handed: Here) -> None:
    from tests import builders

    handed.clock.move(days=20)
    handed.store.tickets[KEY] = Ticket(1, "V" * 26, handed.clock.now())
    page = arrive(handed.client())
    assert (page.status_code, "Rien à remplir" in page.text) == (409, True)
    handed.store.subjects = {b"x": builders.subject(1, live=False)}
    assert "terminé" in arrive(handed.client()).text
    assert handed.store.tickets[KEY].spent_at is None


@pytest.mark.parametrize("origin", ["https://elsewhere.example", "http://localhost:1"])
def test_another_site_posts_no_ticket(handed: Here, origin: str) -> None:
    assert arrive(handed.client(), origin=origin).status_code == 403
    assert handed.store.tickets[KEY].spent_at is None


def test_null_is_an_origin_at_this_address_only(handed: Here) -> None:
    answer = handed.client().post("/fr/", data={}, headers={"Origin": "null"})
    assert answer.status_code == 403
