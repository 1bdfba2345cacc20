"""Sites are registered with a contract, renewed and ended; each programme has its own."""

from __future__ import annotations

import html
from datetime import date

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.cast import ADA, LENA, LEO, OTTO, UMA
from tests.hcp_face import post
from tests.lab_programmes import Laboratory

SITE = {
    "code": "A",
    "label": "Hôpital A",
    "contract": "C-1",
    "starts": "2026-01-01",
    "ends": "2026-12-31",
    "signed": "2025-12-15",
    "security": "ssi@hopital.example",
}


def register(client: FlaskClient, **more: str) -> TestResponse:
    return post(client, "/fr/sites", **SITE | more)


def rows(lab: Laboratory) -> list[tuple[object, ...]]:
    return lab.place.ask("SELECT code, contract, ended FROM site ORDER BY code")


def test_a_site_stands_in_the_list_with_its_contract_once(lab: Laboratory) -> None:
    client = lab.client(LEO)
    assert [register(client).location for _ in range(2)] == ["/fr/sites"] * 2
    page = client.get("/fr/sites").text
    assert "Hôpital A" in page
    assert "en vigueur : 1 sur 1" in page
    [(_, actor, reference, detail)] = lab.ledger("site.registered")
    assert (actor, reference) == (f"staff:{LEO.reference}", "programme:demo")
    assert "Hôpital" not in str(detail)
    assert "ssi@" not in str(detail)
    assert "ssi@hopital.example" in page
    assert "15 décembre 2025" in page
    assert "à compléter" not in page


def test_a_signature_to_come_is_refused(lab: Laboratory) -> None:
    answer = register(lab.client(LEO), starts="2026-12-01", signed="2026-12-01")
    assert answer.status_code == 422
    assert "pas après aujourd’hui" in answer.text


def test_a_contract_of_before_is_completed_in_a_form_that_holds_it(lab: Laboratory) -> None:
    client = lab.client(LEO)
    register(client)
    lab.place.ask("UPDATE site SET signed = NULL, security = NULL")
    page = client.get("/fr/sites").text
    assert page.count("à compléter") == 2
    assert 'href="/fr/sites?complete=A#add"' in page
    assert 'value="Hôpital A"' in client.get("/fr/sites?complete=A").text
    assert register(client).status_code == 303
    assert "à compléter" not in client.get("/fr/sites").text


def test_ended_is_ended_on_the_second_click_too_and_a_next_contract_begins(
    lab: Laboratory,
) -> None:
    client = lab.client(LEO)
    register(client)
    for _ in range(2):
        assert post(client, "/fr/sites", "/fr/sites/A/end").location == "/fr/sites"
    assert "terminé avant son terme" in client.get("/fr/sites").text
    assert len(lab.ledger("site.ended")) == 1
    register(client, contract="C-2")
    assert rows(lab) == [("A", "C-2", None)]


@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        ("code", "a b"),
        ("code", "=1+1"),
        ("label", "x" * 10_000),
        ("label", "a\u202eb"),
        ("contract", ""),
        ("starts", "31/01/2026"),
        ("ends", ""),
        ("ends", "2025-12-31"),
        ("signed", ""),
        ("signed", "2026-01-02"),
        ("security", ""),
        ("security", "a\u202eb"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_typed_is_lost(
    lab: Laboratory, field: str, wrong: str
) -> None:
    answer = register(lab.client(LEO), **{field: wrong})
    assert answer.status_code == 422
    assert lab.desk.catalogues["fr"][f"sites.wrong.{field}"] in answer.text
    assert 'value="Hôpital A"' in answer.text or field == "label"
    assert rows(lab) == []


@pytest.mark.parametrize("hostile", ["<script>x</script>", "=A1", "<h1>", "{{ 1 }}", '"><b>'])
def test_a_hostile_name_is_text(lab: Laboratory, hostile: str) -> None:
    client = lab.client(LEO)
    assert register(client, label=hostile, contract=hostile, security=hostile).status_code == 303
    page = client.get("/fr/sites").text  # the client parses it
    assert html.escape(hostile, quote=False).replace('"', "&#34;") in page


def test_another_programmes_lead_sees_and_ends_nothing_of_it(lab: Laboratory) -> None:
    register(lab.client(LEO))
    client = lab.client(OTTO)
    assert "Hôpital A" not in client.get("/fr/sites").text
    assert post(client, "/fr/sites", "/fr/sites/A/end").status_code == 404
    assert register(client).status_code == 409  # the programme is not loaded
    assert rows(lab) == [("A", "C-1", None)]


def test_a_contract_that_lapsed_is_said(lab: Laboratory) -> None:
    client = lab.client(LEO)
    register(client, ends=date(2026, 11, 21).isoformat())
    assert "échu" in client.get("/fr/sites").text


@pytest.mark.parametrize("member", [LENA, ADA, UMA], ids=lambda m: m.login)
def test_without_the_permission_there_is_no_page(lab: Laboratory, member: object) -> None:
    assert lab.client(member).get("/fr/sites").status_code == 403  # type: ignore[arg-type]
