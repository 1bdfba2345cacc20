"""Two different people approve in the browser what they looked at; one alone opens nothing."""

from __future__ import annotations

import html
import json

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests import builders
from tests.cast import ADA, LENA, LEO, TOM, UMA
from tests.hcp_face import post
from tests.lab_programmes import DECIDED, Laboratory

NUMBER = "SELECT id FROM release WHERE wording_sha256 = '{}'"


def hashes(lab: Laboratory, number: int = 1) -> dict[str, str]:
    asked = f"SELECT definition_sha256, wording_sha256 FROM release WHERE id = {number}"
    [(definition, wording)] = lab.place.ask(asked)
    return {"definition": str(definition), "wording": str(wording)}


def approve(lab: Laboratory, client: FlaskClient, **more: str) -> TestResponse:
    return post(client, "/fr/releases/1", **hashes(lab) | more)


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
    assert 'action="/fr/releases/1"' not in uma.get("/fr/releases/1").text
    assert approve(lab, other).status_code == 303
    assert state(lab) == (True, 2)
    events = [json.loads(str(row[3])) for row in lab.ledger("release.approved")]
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
    assert 'action="/fr/releases/1"' not in client.get("/fr/releases/1").text
    assert approve(lab, client).status_code == 409
    assert post(client, "/fr/releases", "/fr/releases/99", **hashes(lab)).status_code == 404
    far = "/fr/releases/99999999999999999999999"
    assert post(client, "/fr/releases", far, **hashes(lab)).status_code == 404
    assert state(lab) == (False, 0)


def test_whoever_approves_reads_the_whole_text_and_its_hashes(lab: Laboratory) -> None:
    client = lab.client(UMA)
    for release in builders.releases():
        number = next(one for (one,) in lab.place.ask(NUMBER.format(release.wording_sha256)))
        page = html.unescape(client.get(f"/fr/releases/{number}").text)
        assert release.definition_sha256 in page
        assert release.wording_sha256 in page
        shown = page.replace("<b>", "").replace("</b>", "").replace("*", "")
        labels = [label for one in release.wording.options.values() for label in one.values()]
        for said in (*(one.text for one in release.wording.items.values()), *labels):
            assert said.replace("*", "") in shown
    assert client.get("/fr/releases/99").status_code == 404


@pytest.mark.parametrize("member", [LEO, LENA, ADA], ids=lambda m: m.login)
def test_whoever_may_not_approve_has_no_page(lab: Laboratory, member: object) -> None:
    client = lab.client(member)  # type: ignore[arg-type]
    assert [client.get(f"/fr/releases{one}").status_code for one in ("", "/1")] == [403, 403]
