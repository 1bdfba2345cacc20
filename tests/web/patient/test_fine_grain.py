"""What goes wrong on a real day: each has its page, and nothing typed is lost."""

import re
from dataclasses import replace

import pytest

from tests import builders
from tests.patient_face import Here, make
from tests.web.patient.journey import answers, enter, fields, fill, token


def opened(here: Here):  # noqa: ANN201 - a test client
    client = here.client()
    assert enter(client, here.code.reveal()).status_code == 303
    return client


def posted(here: Here, client) -> dict[str, str]:  # noqa: ANN001 - a test client
    page = client.get("/fr/questions/1").text
    return fields(page) | answers(here.store.releases[0].instrument)


def test_a_send_after_the_visit_ended_asks_for_the_code_once_and_goes_through(here: Here) -> None:
    client = opened(here)
    data = posted(here, client)
    here.clock.move(hours=4, seconds=1)
    late = client.post("/fr/send/1", data=data)
    assert late.status_code == 403
    assert "Vos réponses sont gardées" in late.text
    hidden = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', late.text))
    assert hidden["q.dq01bags"] == data["q.dq01bags"]
    again = client.post("/fr/", data=hidden | {"code": here.code.printed()})
    assert (again.status_code, again.location) == (303, "/fr/received")
    assert len(here.store.rows) == 1


def test_a_send_without_cookies_at_all_goes_the_same_way(here: Here) -> None:
    data = posted(here, opened(here))
    stranger = here.client()
    late = stranger.post("/fr/send/1", data=data)
    assert late.status_code == 403
    hidden = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', late.text))
    done = stranger.post("/fr/", data=hidden | {"code": here.code.reveal()})
    assert done.status_code == 303
    assert len(here.store.rows) == 1


def test_a_late_send_whose_slot_is_filled_adds_nothing(here: Here) -> None:
    client = opened(here)
    data = posted(here, client)
    fill(opened(here), here.store.releases[0].instrument)
    here.clock.move(hours=5)
    late = client.post("/fr/send/1", data=data)
    hidden = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', late.text))
    answer = client.post("/fr/", data=hidden | {"code": here.code.reveal()})
    assert answer.status_code == 409
    assert len(here.store.rows) == 1


def test_a_hostile_late_send_is_echoed_nowhere(here: Here) -> None:
    data = {"release": "0" * 64, "q.x": "<script>alert(1)</script>", "name": "Ana", "q.y": "free"}
    answer = here.client().post("/fr/send/1", data=data)
    assert answer.status_code == 403
    for word in ("script>alert", "Ana", "free"):
        assert word not in answer.text


def test_the_same_visit_twice_is_the_same_receipt_and_another_visit_is_told(here: Here) -> None:
    first, second = opened(here), opened(here)
    data = posted(here, first)
    other = posted(here, second)
    assert first.post("/fr/send/1", data=data).status_code == 303
    assert first.post("/fr/send/1", data=data).status_code == 303
    refused = second.post("/fr/send/1", data=other)
    assert refused.status_code == 409
    assert "Rien n’a été ajouté" in refused.text
    assert len(here.store.rows) == len(here.store.events) == 1


def test_a_subject_revoked_in_mid_visit_is_told_and_nothing_is_stored(here: Here) -> None:
    client = opened(here)
    data = posted(here, client)
    here.store.subjects[here.code.reveal().encode()] = builders.subject(live=False)
    answer = client.post("/fr/send/1", data=data)
    assert answer.status_code == 403
    assert "ne sert plus" in answer.text
    assert client.get("/fr/questions/1").status_code == 403
    assert here.store.rows == []


def test_a_replaced_code_ends_the_visit_that_it_opened(here: Here) -> None:
    client = opened(here)
    data = posted(here, client)
    key = here.code.reveal().encode()
    here.store.subjects[builders.a_code().reveal().encode()] = replace(
        here.store.subjects.pop(key), pseudonym=77
    )
    assert client.post("/fr/send/1", data=data).status_code == 403
    assert here.store.rows == []


def test_when_the_database_is_gone_the_answers_wait_in_the_page(here: Here) -> None:
    client = opened(here)
    data = posted(here, client)
    here.store.down = True
    failed = client.post("/fr/send/1", data=data)
    assert failed.status_code == 503
    hidden = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', failed.text))
    assert hidden["q.dq01bags"] == data["q.dq01bags"]
    assert client.get("/fr/questions/1").status_code == 503
    here.store.down = False
    assert client.post("/fr/send/1", data=hidden | {"asked": "1"}).status_code == 303
    assert len(here.store.rows) == 1


def test_another_language_is_asked_about_before_the_form_begins_again(here: Here) -> None:
    client = opened(here)
    assert "/en/questions/1/switch" in client.get("/fr/questions/1").text
    assert "Start again in English" in client.get("/en/questions/1/switch").text
    assert client.get("/en/questions/1").status_code == 200


def test_a_mistyped_number_is_told_beside_its_field_and_not_repeated(here: Here) -> None:
    client = opened(here)
    number = next(i for i in here.store.releases[0].instrument.items if i.display == "number")
    for wrong in ("0612345678", "3,5", "beaucoup", "-1", "999"):
        data = posted(here, client) | {f"q.{number.code}": wrong}
        answer = client.post("/fr/send/1", data=data)
        assert answer.status_code == 422
        assert f'href="#q.{number.code}"' in answer.text
        assert f'value="{wrong}"' not in answer.text
        assert ">beaucoup<" not in answer.text
    assert here.store.rows == []


@pytest.mark.parametrize("who", ["self", "proxy"])
def test_a_proxy_may_answer_only_where_the_programme_allows_it(who: str) -> None:
    allowed, closed = make(proxy=("demo-qol",)), make()
    for here, status in ((allowed, 303), (closed, 303 if who == "self" else 422)):
        client = opened(here)
        page = client.get("/fr/questions/1").text
        assert ("Qui répond" in page) is (here is allowed)
        data = posted(here, client) | {"respondent": who}
        assert client.post("/fr/send/1", data=data).status_code == status


def test_over_tls_the_cookie_is_secure_and_named_for_its_host() -> None:
    here = make("https://qol.example")
    client = here.client()
    page = client.get("/fr/", base_url="https://qol.example")
    assert page.headers["Set-Cookie"].startswith("__Host-patient=")
    assert "Secure" in page.headers["Set-Cookie"]
    assert client.get("/fr/", base_url="https://other.example").status_code == 400
    done = client.post(
        "/fr/",
        data={"csrf_token": token(page.text), "code": here.code.reveal()},
        base_url="https://qol.example",
        headers={"Origin": "https://qol.example", "Referer": "https://qol.example/fr/"},
    )
    assert done.status_code == 303


def test_the_calendar_holds_the_signed_dates_in_neutral_words(here: Here) -> None:
    client = opened(here)
    fill(client, here.store.releases[0].instrument)
    fill(client, here.store.releases[2].instrument, 2)
    page = client.get("/fr/received").text
    signed = re.search(r'name="dates" value="([^"]+)"', page)
    assert signed
    answer = client.post("/fr/calendar", data={"dates": signed.group(1)})
    assert answer.mimetype == "text/calendar"
    assert "DTSTART;VALUE=DATE:20261217" in answer.text
    assert "DTEND;VALUE=DATE:20261228" in answer.text
    for word in ("demo", "douleur", "qualité", here.code.reveal()):
        assert word not in answer.text.lower()
    assert client.post("/fr/calendar", data={"dates": signed.group(1) + "x"}).status_code == 422
