"""The code page: every slip told apart from an unusable code, and no oracle."""

from dataclasses import replace
from datetime import date

import pytest

from qol.domain.pseudonym import ALPHABET
from tests import builders
from tests.patient_face import Here
from tests.web.patient.journey import enter, token


@pytest.mark.parametrize(
    "spelled",
    ["{printed}", " {printed}\t", "{lower}", "{dashed}", "\u200b{printed}\ufeff", "{zeros}"],
)
def test_what_hands_do_to_a_code_is_forgiven(here: Here, spelled: str) -> None:
    printed = here.code.printed()
    typed = spelled.format(
        printed=printed,
        lower=printed.lower(),
        dashed=printed.replace(" ", "–"),
        zeros=printed.replace("0", "o").replace("1", "l"),
    )
    assert enter(here.client(), typed).status_code == 303


def test_a_wrong_length_is_told_with_the_count_and_keeps_what_was_typed(here: Here) -> None:
    answer = enter(here.client(), "K7F3 9QX")
    assert answer.status_code == 422
    assert "Vous en avez tapé 7" in answer.text
    assert 'value="K7F3 9QX"' in answer.text


def test_a_wrong_symbol_is_told_and_costs_no_try(here: Here) -> None:
    code = here.code.reveal()
    other = ALPHABET[(ALPHABET.index(code[3]) + 1) % 32]
    client = here.client()
    for _ in range(9):
        answer = enter(client, code[:3] + other + code[4:])
        assert "Un signe semble faux" in answer.text
    assert enter(client, code).status_code == 303


def test_every_unusable_code_gets_the_same_bytes(here: Here) -> None:
    def body(code: str) -> str:
        client = here.client()
        page = client.get("/fr/").text
        data = {"csrf_token": token(page), "code": code}
        text = client.post("/fr/", data=data).text
        return text.replace(code, "CODE").replace(token(text), "TOKEN")

    unknown, dead = builders.a_code(), builders.a_code()
    not_activated = builders.a_code()
    here.store.subjects[dead.reveal().encode()] = builders.subject(2, live=False)
    here.store.subjects[not_activated.reveal().encode()] = builders.subject(3, day_zero=None)
    assert len({body(code.reveal()) for code in (unknown, dead, not_activated)}) == 1


def test_after_five_wrong_codes_a_source_waits_and_a_right_code_waits_too(here: Here) -> None:
    client = here.client()
    for _ in range(5):
        answer = enter(client, builders.a_code().reveal())
    assert answer.status_code == 429
    assert int(answer.headers["Retry-After"]) == 60
    assert enter(client, here.code.reveal()).status_code == 429
    here.clock.move(seconds=61)
    assert enter(client, here.code.reveal()).status_code == 303


def test_outside_every_window_only_the_next_opening_is_told(here: Here) -> None:
    here.clock.at = here.clock.at.replace(month=12, day=8)
    answer = enter(here.client(), here.code.reveal())
    assert answer.status_code == 200
    assert "17 décembre 2026" in answer.text
    here.clock.at = here.clock.at.replace(year=2027)
    assert "Rien à remplir aujourd’hui" in enter(here.client(), here.code.reveal()).text


def test_a_browser_that_refuses_cookies_is_told_and_keeps_the_code(here: Here) -> None:
    client = here.app.test_client(use_cookies=False)
    answer = enter(client, here.code.reveal())
    assert answer.status_code == 400
    assert "refuse les cookies" in answer.text
    assert here.code.reveal() in answer.text


def test_another_sites_post_is_refused(here: Here) -> None:
    client = here.client()
    page = client.get("/fr/").text
    data = {"csrf_token": token(page), "code": here.code.reveal()}
    for origin in ("https://elsewhere.example", "null"):
        assert client.post("/fr/", data=data, headers={"Origin": origin}).status_code == 403


def test_the_code_is_in_no_address_and_no_cookie(here: Here) -> None:
    client = here.client()
    answer = enter(client, here.code.reveal())
    assert here.code.reveal() not in (answer.location or "")
    cookie = client.get_cookie("patient")
    assert cookie is not None
    assert here.code.reveal() not in cookie.value
    assert cookie.http_only
    assert cookie.same_site == "Strict"


def test_a_visit_in_english_and_a_day_of_another_subject(here: Here) -> None:
    key = here.code.reveal().encode()
    here.store.subjects[key] = replace(here.store.subjects[key], day_zero=date(2026, 11, 22))
    client = here.client()
    assert enter(client, here.code.reveal(), "en").location == "/en/start"
    assert "6 December 2026" in client.get("/en/start").text
