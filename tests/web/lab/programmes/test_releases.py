"""Two different people approve in the browser what they looked at; one alone opens nothing."""

from __future__ import annotations

import json

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.cast import ADA, LENA, LEO, TOM, UMA
from tests.hcp_face import post
from tests.lab_programmes import Laboratory

DECIDED = (
    "UPDATE release SET authority = 'HAS', decision_reference = 'D-1', decision_date = '2026-01-15'"
)


def hashes(lab: Laboratory, number: int = 1) -> dict[str, str]:
    asked = f"SELECT definition_sha256, wording_sha256 FROM release WHERE id = {number}"
    [(definition, wording)] = lab.place.ask(asked)
    return {"definition": str(definition), "wording": str(wording)}


def approve(lab: Laboratory, client: FlaskClient, **more: str) -> TestResponse:
    return post(client, "/fr/releases", "/fr/releases/1", **hashes(lab) | more)


def state(lab: Laboratory) -> tuple[object, int]:
    [(approved,)] = lab.place.ask("SELECT approved FROM release WHERE id = 1")
    return bool(approved), len(lab.place.ask("SELECT 1 FROM approval WHERE release_id = 1"))


def test_the_second_person_opens_a_release_and_a_second_click_does_not(lab: Laboratory) -> None:
    lab.place.ask(DECIDED)
    uma, other = lab.client(UMA), lab.client(TOM)
    for _ in range(2):
        assert approve(lab, uma).location == "/fr/releases#r1"
    assert state(lab) == (False, 1)
    assert "1 sur 2 · non approuvée" in uma.get("/fr/releases").text
    assert 'action="/fr/releases/1"' not in uma.get("/fr/releases").text
    assert approve(lab, other).status_code == 303
    assert state(lab) == (True, 2)
    events = [json.loads(str(row[3])) for row in lab.acts("release.approved")]
    assert [one["approved"] for one in events] == [0, 1]
    assert {one["verified"] for one in events} == {1}


def test_other_bytes_than_those_shown_are_not_approved(lab: Laboratory) -> None:
    lab.place.ask(DECIDED)
    client = lab.client(UMA)
    assert approve(lab, client, wording="0" * 64).status_code == 409
    approve(lab, client)
    assert approve(lab, client, wording="0" * 64).status_code == 409  # nor on a second click
    assert state(lab) == (False, 1)


def test_without_an_authoritys_decision_there_is_nothing_to_approve(lab: Laboratory) -> None:
    client = lab.client(UMA)
    page = client.get("/fr/releases").text
    assert "aucune décision nommée" in page
    assert "/fr/releases/1" not in page
    assert approve(lab, client).status_code == 409
    assert post(client, "/fr/releases", "/fr/releases/99", **hashes(lab)).status_code == 409
    assert state(lab) == (False, 0)


def test_hashes_stand_on_the_page(lab: Laboratory) -> None:
    page = lab.client(UMA).get("/fr/releases").text
    assert all(one in page for one in hashes(lab).values())


@pytest.mark.parametrize("member", [LEO, LENA, ADA], ids=lambda m: m.login)
def test_whoever_may_not_approve_has_no_page(lab: Laboratory, member: object) -> None:
    assert lab.client(member).get("/fr/releases").status_code == 403  # type: ignore[arg-type]
