"""Passkeys: each check of both ceremonies, broken in turn."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable
from copy import copy
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from qol.domain.audit import Act
from qol.domain.staff.session import Method
from qol.usecases.staff.ports import Kind
from tests.cast import ANA, BEN, PASSWORD
from tests.soft_authenticator import PRESENT, VERIFIED, SoftAuthenticator
from tests.staff_face import Staffed, half, post, sign_in
from tests.web.patient.journey import token

ASK, ANSWER = "/fr/second-factor/passkey", "/fr/second-factor/passkey/answer"
NEW, KEEP = "/fr/account/passkey", "/fr/account/passkey/answer"


def options(page: str) -> dict[str, Any]:
    """What the page asks the browser for."""
    found = re.search(r"data-options='([^']+)'", page)
    assert found, page
    made: dict[str, Any] = json.loads(html.unescape(found[1]))
    return made


def add(client: FlaskClient, passkey: SoftAuthenticator) -> TestResponse:
    """Register a passkey."""
    page = post(client, NEW, "/fr/account", password=PASSWORD).text
    answer = passkey.create(options(page))
    return client.post(KEEP, data={"csrf_token": token(page), "answer": answer})


def asked(here: Staffed, client: FlaskClient) -> str:
    """Type the password and ask for the passkey; the page."""
    half(here, client, ANA)
    return post(client, ASK, "/fr/second-factor").text


@pytest.fixture
def passkey(here: Staffed) -> SoftAuthenticator:
    """A passkey that Ana has registered."""
    made = SoftAuthenticator()
    assert add(sign_in(here, ANA), made).status_code == 200
    here.store.events.clear()
    return made


def test_a_passkey_is_the_second_factor(here: Staffed, passkey: SoftAuthenticator) -> None:
    client = here.client()
    page = asked(here, client)
    assert options(page)["publicKey"]["userVerification"] == "required"
    answer = passkey.get(options(page))
    done = client.post(ANSWER, data={"csrf_token": token(page), "answer": answer})
    assert done.location == "/fr/"
    assert client.get("/fr/account").status_code == 200
    methods = [session.method for session in here.store.rows.sessions.values()]
    assert methods == [Method.TOTP, Method.PASSKEY]
    assert Act.PASSKEY_USED in [e.act for e in here.store.events]


def test_an_answer_is_taken_once(here: Staffed, passkey: SoftAuthenticator) -> None:
    client, thief = here.client(), here.client()
    page = asked(here, client)
    answer = passkey.get(options(page))
    assert client.post(ANSWER, data={"csrf_token": token(page), "answer": answer}).location
    half(here, thief, ANA)
    data = {"csrf_token": token(thief.get("/fr/second-factor").text), "answer": answer}
    assert thief.post(ANSWER, data=data).status_code == 422
    assert here.outcomes() == ["passkey_replayed"]
    theirs = options(post(thief, ASK, "/fr/second-factor").text)
    assert theirs["publicKey"]["challenge"] != options(page)["publicKey"]["challenge"]
    assert thief.post(ANSWER, data=data).status_code == 422  # signed over another challenge
    assert here.outcomes() == ["passkey_replayed", "passkey_refused"]
    assert thief.get("/fr/account").status_code == 403


def test_a_wrong_answer_uses_the_challenge_up(here: Staffed, passkey: SoftAuthenticator) -> None:
    client = here.client()
    page = asked(here, client)
    right = passkey.get(options(page))
    for answer, status in (("{}", 422), (right, 422)):
        data = {"csrf_token": token(page), "answer": answer}
        assert client.post(ANSWER, data=data).status_code == status
    assert here.outcomes() == ["passkey_refused", "passkey_replayed"]


def test_a_challenge_is_good_for_five_minutes(here: Staffed, passkey: SoftAuthenticator) -> None:
    client = here.client()
    page = asked(here, client)
    here.clock.move(seconds=301)
    data = {"csrf_token": token(page), "answer": passkey.get(options(page))}
    assert client.post(ANSWER, data=data).status_code == 422


BROKEN: dict[str, Callable[[SoftAuthenticator], object]] = {
    "another origin": lambda p: setattr(p, "origin", "http://localhost.evil.example"),
    "a port more": lambda p: setattr(p, "origin", "http://localhost:8080"),
    "another host": lambda p: setattr(p, "host", "evil.example"),
    "nobody verified": lambda p: setattr(p, "flags", PRESENT),
    "nobody present": lambda p: setattr(p, "flags", VERIFIED),
    "another key": lambda p: setattr(p, "key", SoftAuthenticator().key),
    "another handle": lambda p: setattr(p, "handle", SoftAuthenticator().handle),
    "a counter that stands": lambda p: setattr(p, "counter", p.counter - 1),
}


@pytest.mark.parametrize("fault", BROKEN)
def test_each_check_of_an_authentication_holds(
    here: Staffed, passkey: SoftAuthenticator, fault: str
) -> None:
    for counted in (passkey,):  # used once, so that its counter stands above nought
        page = asked(here, client := here.client())
        data = {"csrf_token": token(page), "answer": counted.get(options(page))}
        assert client.post(ANSWER, data=data).status_code == 303
    broken = copy(passkey)
    BROKEN[fault](broken)
    page = asked(here, client := here.client())
    data = {"csrf_token": token(page), "answer": broken.get(options(page))}
    assert client.post(ANSWER, data=data).status_code == 422
    assert here.outcomes() == ["passkey_refused"]
    assert client.get("/fr/account").status_code == 403


REGISTRATION = [name for name in BROKEN if "key" not in name and "handle" not in name]


@pytest.mark.parametrize("fault", [name for name in REGISTRATION if "counter" not in name])
def test_each_check_of_a_registration_holds(here: Staffed, fault: str) -> None:
    client, broken = sign_in(here, ANA), SoftAuthenticator()
    BROKEN[fault](broken)
    assert add(client, broken).status_code == 409
    assert not [c for c in here.store.rows.credentials.values() if c.kind is Kind.PASSKEY]


def test_a_passkey_that_counts_nothing_works_and_its_answer_is_still_taken_once(
    here: Staffed,
) -> None:
    passkey = SoftAuthenticator(counts=False)
    add(sign_in(here, ANA), passkey)
    for _ in range(2):
        page = asked(here, client := here.client())
        data = {"csrf_token": token(page), "answer": passkey.get(options(page))}
        assert client.post(ANSWER, data=data).status_code == 303


def test_somebody_elses_passkey_opens_nothing(here: Staffed, passkey: SoftAuthenticator) -> None:
    client = here.client()
    half(here, client, BEN)
    page = post(client, ASK, "/fr/second-factor")
    assert page.status_code == 422
    assert "data-options" not in page.text
    data = {"csrf_token": token(page.text), "answer": "{}"}
    assert client.post(ANSWER, data=data).status_code == 422


def test_the_same_passkey_is_registered_once(here: Staffed, passkey: SoftAuthenticator) -> None:
    assert add(sign_in(here, BEN), passkey).status_code == 409


def test_adding_a_passkey_asks_for_the_password_again(here: Staffed) -> None:
    client = sign_in(here, ANA)
    answer = post(client, NEW, "/fr/account", password="wrong")
    assert answer.status_code == 422
    assert "data-options" not in answer.text
    data = {"csrf_token": token(answer.text), "answer": "{}"}
    assert client.post(KEEP, data=data).status_code == 409
    assert here.outcomes() == ["wrong_password"]
