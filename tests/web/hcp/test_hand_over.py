"""A code is handed over with its attestation, printed once, and replaced when it is lost."""

from __future__ import annotations

import re

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.cast import ANA
from tests.hcp_face import Ward, post
from tests.web.patient.journey import token

DAYS = {
    **{f"given_on.{part}": value for part, value in (("day", "22"), ("month", "11"))},
    **{f"day_zero.{part}": value for part, value in (("day", "1"), ("month", "12"))},
    "given_on.year": "2026",
    "day_zero.year": "26",
}


def page_fields(page: str) -> dict[str, str]:
    return dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page))


def filled(client: FlaskClient, **more: str) -> dict[str, str]:
    """The page's own fields, and everything attested."""
    page = client.get("/fr/hand-over").text
    return page_fields(page) | DAYS | {"variant": "parent", "note": "fr", "attested": "1"} | more


def hand_over(client: FlaskClient, **more: str) -> TestResponse:
    return client.post("/fr/hand-over", data=filled(client, **more))


def printed(client: FlaskClient, number: str = "00002") -> TestResponse:
    return post(client, f"/fr/sheets/{number}/slip")


def slips(ward: Ward, sheet: str) -> list[tuple[object, ...]]:
    return ward.place.ask(
        "SELECT pseudonym.state, slip IS NOT NULL FROM pseudonym JOIN subject"
        f" ON subject.id = subject_id WHERE sheet_number = '{sheet}' ORDER BY pseudonym.id"
    )


def test_the_next_code_of_the_batch_lives_with_what_was_attested(ward: Ward) -> None:
    client = ward.client(ANA)
    assert hand_over(client).location == "/fr/sheets/00002/slip"
    [row] = ward.place.ask(
        "SELECT note_version, note_language, variant, given_on, actor FROM attestation"
    )
    assert row == ("1", "fr", "parent", "2026-11-22", f"staff:{ANA.reference}")
    [(day,)] = ward.place.ask("SELECT day_zero FROM subject WHERE sheet_number = '00002'")
    assert day == "2026-12-01"
    [(_, actor, reference, detail)] = ward.ledger("pseudonym.handed_over")
    assert (actor, reference) == (f"staff:{ANA.reference}", f"subject:S{'00002':0>25}")
    assert all(word in str(detail) for word in ("parent", '"A"', "note"))


def test_the_same_page_posted_twice_hands_one_code_over(ward: Ward) -> None:
    client = ward.client(ANA)
    data = filled(client)
    first, second = (client.post("/fr/hand-over", data=data) for _ in range(2))
    assert first.location == second.location == "/fr/sheets/00002/slip"
    assert len(ward.ledger("pseudonym.handed_over")) == 1
    assert hand_over(client).location == "/fr/sheets/00003/slip"


@pytest.mark.parametrize(
    ("missing", "told"),
    [
        ({"variant": ""}, "variant"),
        ({"variant": "somebody"}, "variant"),
        ({"attested": ""}, "attested"),
        ({"note": "de"}, "note"),
        ({"version.fr": "0"}, "note"),
        ({"given_on.day": "31", "given_on.month": "2"}, "given_on"),
        ({"given_on.day": "23"}, "given_on"),
        ({"given_on.year": "2024"}, "given_on"),
        ({"day_zero.year": "2036"}, "day_zero"),
        ({"day_zero.day": "x"}, "day_zero"),
        ({"attempt": "short"}, "note"),
    ],
)
def test_no_code_lives_without_a_whole_attestation(
    ward: Ward, missing: dict[str, str], told: str
) -> None:
    client = ward.client(ANA)
    answer = hand_over(client, **missing)
    assert answer.status_code == 422
    assert 'role="alert"' in answer.text
    assert ward.desk.catalogues["fr"][f"hcp.hand.wrong.{told}"] in answer.text
    assert ward.place.ask("SELECT count(*) FROM attestation") == [(0,)]
    assert slips(ward, "00002") == [("issued", 1)]


def test_nothing_that_names_anybody_can_be_typed(ward: Ward) -> None:
    page = ward.client(ANA).get("/fr/hand-over").text
    typed = re.findall(r'<input class="field" id="([^"]+)"[^>]*type="text"', page)
    assert {one.split(".")[0] for one in typed} == {"given_on", "day_zero"}
    assert "<textarea" not in page


def test_the_print_holds_the_code_and_deletes_its_copy(ward: Ward) -> None:
    client = ward.client(ANA)
    hand_over(client)
    answer = printed(client)
    assert (answer.status_code, answer.mimetype) == (200, "application/pdf")
    assert answer.headers["Cache-Control"] == "no-store"
    assert ward.codes["00002"].reveal().encode() not in str(answer.headers).encode()
    [sheet] = ward.printer.sheets
    assert sheet.pseudonym == ward.codes["00002"]
    assert (sheet.sheet_number, sheet.variant, sheet.language) == ("00002", "parent", "fr")
    assert sheet.address == "http://patient.localhost:8000/fr/"
    assert sheet.windows[0].opens.isoformat() == "2026-12-01"
    assert slips(ward, "00002") == [("live", 0)]


def test_a_second_print_is_refused_and_says_what_to_do(ward: Ward) -> None:
    client = ward.client(ANA)
    hand_over(client)
    page = client.get("/fr/sheets/00002/slip").text
    data = {"csrf_token": token(page)}
    first, second = (client.post("/fr/sheets/00002/slip", data=data) for _ in range(2))
    assert (first.status_code, second.status_code) == (200, 409)
    assert "remplacez-la" in second.text
    assert len(ward.printer.sheets) == len(ward.ledger("slips.printed")) == 1


def test_a_print_that_fails_costs_the_code_and_never_two_slips(ward: Ward) -> None:
    client = ward.client(ANA)
    hand_over(client)
    ward.printer.jammed = True
    answer = printed(client)
    assert answer.status_code == 500
    assert "/fr/sheets/00002/replace" in answer.text
    assert slips(ward, "00002") == [("live", 0)]
    assert len(ward.ledger("slips.printed")) == 1
    ward.printer.jammed = False
    assert post(client, "/fr/sheets/00002/replace").location == "/fr/sheets/00002/slip"
    assert slips(ward, "00002") == [("replaced", 0), ("live", 1)]
    assert printed(client).status_code == 200
    assert ward.printer.sheets[0].pseudonym == ward.codes["00003"]
    assert slips(ward, "00003") == []


def test_a_replaced_code_opens_nothing_and_a_second_click_costs_nothing(ward: Ward) -> None:
    client = ward.client(ANA)
    hand_over(client)
    printed(client)
    page = client.get("/fr/sheets/00002/replace").text
    for _ in range(2):
        answer = client.post("/fr/sheets/00002/replace", data={"csrf_token": token(page)})
        assert answer.location == "/fr/sheets/00002/slip"
    assert len(ward.ledger("pseudonym.replaced")) == 1
    with ward.place.patient().records.reading() as unit:
        assert unit.subject_by_digest(ward.codes["00002"].reveal().encode()) is None
        found = unit.subject_by_digest(ward.codes["00003"].reveal().encode())
        assert found is not None
        assert found.reference == f"S{'00002':0>25}"


def test_an_empty_batch_says_so_before_and_after(ward: Ward) -> None:
    client = ward.client(ANA)
    data = filled(client)
    for _ in range(3):
        hand_over(client)
    assert "Demandez un nouveau lot" in client.get("/fr/hand-over").text
    assert client.post("/fr/hand-over", data=data).status_code == 409


def test_what_the_laboratory_handed_over_is_not_replaced_here(ward: Ward) -> None:
    client = ward.client(ANA)
    assert client.get("/fr/sheets/00001/replace").location == "/fr/sheets/00001/slip"
    page = client.get("/fr/sheets/00001/slip").text
    assert "demandez-lui" in page
    assert "/replace" not in client.get("/fr/sheets/00001").text
    again = {"csrf_token": token(client.get("/fr/").text)}
    assert client.post("/fr/sheets/00001/replace", data=again).status_code == 303
    assert ward.ledger("pseudonym.replaced") == []


def test_no_code_is_on_any_page_in_any_address_or_in_the_ledger(ward: Ward) -> None:
    client = ward.client(ANA)
    seen = [hand_over(client), printed(client), post(client, "/fr/sheets/00002/replace")]
    seen += [client.get(p) for p in ("/fr/", "/fr/follow-up", "/fr/sheets/00002", "/fr/hand-over")]
    rows = str(ward.place.ask("SELECT * FROM ledger"))
    for code in ward.codes.values():
        for text in (code.reveal(), code.printed()):
            assert text not in rows
            assert not any(text in one.text or text in str(one.headers) for one in seen)
