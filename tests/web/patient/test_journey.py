"""The whole way without script: code, notice, form, Send, receipt."""

import gzip
import json

from tests.patient_face import Here
from tests.web.patient.journey import answers, enter, fields, fill


def test_a_patient_answers_two_instruments_and_leaves(here: Here) -> None:
    client = here.client()
    opened = enter(client, here.code.printed().lower().replace("0", "o"))
    assert (opened.status_code, opened.location) == (303, "/fr/start")
    notice = client.get("/fr/start")
    assert "Qui vous le demande" in notice.text
    assert here.code.reveal() not in notice.text
    first, second = here.store.releases[0], here.store.releases[2]
    sent = fill(client, first.instrument)
    assert (sent.status_code, sent.location) == (303, "/fr/received")
    assert "/fr/questions/2" in client.get("/fr/received").text
    fill(client, second.instrument, 2)
    receipt = client.get("/fr/received")
    assert receipt.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert "patient=;" in receipt.headers["Set-Cookie"]
    assert "17 décembre 2026" in receipt.text
    assert [row.instrument for row in here.store.rows] == ["demo-qol", "pain-nrs"]
    assert [event.act.value for event in here.store.events] == ["administration.deposited"] * 2
    body = json.loads(here.sealer.bodies[0][1])
    assert body["answers"]["dq01bags"] == 1
    assert body["language"] == "fr"


def test_at_most_six_requests_for_one_instrument_and_three_for_each_further(here: Here) -> None:
    asked: list[str] = []
    here.app.before_request(lambda: asked.append("one"))
    client = here.client()
    enter(client, here.code.reveal())
    client.get("/fr/start")
    fill(client, here.store.releases[0].instrument)
    client.get("/fr/received")
    assert len(asked) <= 6
    fill(client, here.store.releases[2].instrument, 2)
    client.get("/fr/received")
    assert len(asked) <= 9


def test_a_fetch_gets_the_receipt_itself(here: Here) -> None:
    client = here.client()
    enter(client, here.code.reveal())
    form = client.get("/fr/questions/1").text
    data = fields(form) | answers(here.store.releases[0].instrument)
    sent = client.post("/fr/send/1", data=data, headers={"X-Requested-With": "fetch"})
    assert sent.status_code == 200
    assert sent.headers["X-Location"] == "/fr/received"


def test_the_gzipped_form_is_the_plain_form(here: Here) -> None:
    client = here.client()
    enter(client, here.code.reveal())
    packed = client.get("/fr/questions/1", headers={"Accept-Encoding": "gzip"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.data).decode().startswith("<!doctype html>")
    assert len(packed.data) < 9000


def test_open_items_are_asked_about_once_then_stored_as_declined(here: Here) -> None:
    client = here.client()
    enter(client, here.code.reveal())
    instrument = here.store.releases[0].instrument
    data = fields(client.get("/fr/questions/1").text) | answers(instrument)
    del data["q.dq01bags"]
    asked = client.post("/fr/send/1", data=data)
    assert asked.status_code == 422
    assert 'href="#q.dq01bags"' in asked.text
    assert 'name="asked" value="1"' in asked.text
    assert (
        asked.text.count(" checked")
        == sum(
            item.kind == "single_choice" or item.display == "options" for item in instrument.items
        )
        - 1
    )
    assert client.post("/fr/send/1", data=data | {"asked": "1"}).status_code == 303
    body = json.loads(here.sealer.bodies[0][1])
    assert body["answers"]["dq01bags"] == {"state": "declined"}


def test_an_answer_whose_condition_closes_is_not_applicable_and_the_page_says_so(
    here: Here,
) -> None:
    instrument = here.store.releases[0].instrument
    leaning = next(item for item in instrument.items if item.enable_when)
    assert leaning.enable_when
    other = instrument.item(leaning.enable_when.item)
    every = other.codes or range(other.minimum, other.maximum + 1)
    shut = next(code for code in every if code not in leaning.enable_when.codes)
    client = here.client()
    enter(client, here.code.reveal())
    fill(client, instrument, **{f"q.{other.code}": str(shut)})
    assert "n’ont pas été gardées" in client.get("/fr/received").text
    body = json.loads(here.sealer.bodies[0][1])
    assert body["answers"][leaning.code] == {"state": "not_applicable"}
