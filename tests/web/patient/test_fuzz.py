"""Every wrong body: a clear page in the patient's language, nothing stored, nothing echoed."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tests.patient_face import Here, make
from tests.web.patient.journey import answers, enter, fields, fill, token

if TYPE_CHECKING:
    from flask.testing import FlaskClient
    from werkzeug.test import TestResponse

MARK = "zq7mark9"
FORM = "application/x-www-form-urlencoded"
QUICK = settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
LONG = settings(QUICK, max_examples=1000)
ITEM, NUMBER, LINE = "q.dq01bags", "q.dq14nights", "q.dq22day"


@cache
def face() -> Here:
    """One face for all examples: no example may leave anything behind."""
    return make()


def opened(here: Here, language: str = "fr") -> tuple[FlaskClient, dict[str, str]]:
    """A visit under way, and a whole right form of it."""
    client = here.client()
    assert enter(client, here.code.reveal(), language).status_code == 303
    page = client.get(f"/{language}/questions/1").text
    return client, fields(page) | answers(here.store.releases[0].instrument) | {"asked": "1"}


def refused(here: Here, answer: TestResponse, language: str = "fr") -> None:
    """A page with a right status, in the right language, that tells and keeps nothing."""
    assert 400 <= answer.status_code < 500, answer.status_code
    assert f'<html lang="{language}"' in answer.text
    assert MARK not in answer.text.lower()
    assert MARK not in str(answer.headers).lower()
    assert "Traceback" not in answer.text
    assert here.store.rows == []
    assert here.store.events == []
    assert here.sealer.bodies == []


WRONG = {
    "unknown item": {"q.unknown": "1"},
    "an item with a path": {"q.../../etc": MARK},
    "a name of ours that is no item": {MARK: MARK},
    "code out of range": {ITEM: "999"},
    "negative code": {ITEM: "-1"},
    "text for a code": {ITEM: MARK},
    "a float": {ITEM: "1.0"},
    "an exponent": {ITEM: "1e0"},
    "a plus": {ITEM: "+1"},
    "a blank before": {ITEM: " 1"},
    "a new line after": {ITEM: "1\n"},
    "Arabic digits": {ITEM: "١"},
    "full-width digits": {ITEM: "１"},
    "a superscript": {ITEM: "²"},
    "a null byte": {ITEM: "1\0"},
    "a null byte in a name": {ITEM + "\0": "1"},
    "a huge number": {ITEM: "9" * 5000},
    "markup": {ITEM: f"<script>{MARK}</script>"},
    "a template": {ITEM: "{{ config }}" + MARK},
    "a state that staff alone may give": {ITEM: "not_applicable"},
    "a state by its field": {f"{ITEM}.state": "illegible"},
    "typed: text": {LINE: MARK},
    "typed: markup": {LINE: f'"><b>{MARK}'},
    "typed: out of bounds": {LINE: "101"},
    "typed: Arabic digits": {LINE: "١٢"},
    "typed: huge": {LINE: "9" * 5000},
    "typed: a float": {LINE: "4,5"},
    "typed: a null byte": {LINE: "4\0"},
    "typed: number and refusal": {LINE: "50", f"{LINE}.state": "declined"},
    "typed: unknown state": {f"{LINE}.state": MARK},
    "typed: unknown way": {f"{LINE}.by": MARK},
    "no release": {"release": ""},
    "a foreign release": {"release": "0" * 64},
    "a release that is text": {"release": MARK},
    "proxy where none may answer": {"respondent": "proxy"},
    "an unknown respondent": {"respondent": MARK},
}


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("wrong", WRONG)
def test_a_wrong_field_is_refused(wrong: str, language: str) -> None:
    client, data = opened(face(), language)
    answer = client.post(f"/{language}/send/1", data=data | WRONG[wrong])
    refused(face(), answer, language)
    assert answer.status_code == 422


@pytest.mark.parametrize("name", [ITEM, LINE, "release", "respondent", "asked"])
def test_a_field_that_comes_twice_is_refused(name: str) -> None:
    client, data = opened(face())
    twice = {**data, name: [data.get(name, "self"), "1"]}
    refused(face(), client.post("/fr/send/1", data=twice))


@pytest.mark.parametrize("kind", ["application/json", "text/plain", "application/xml", "", "x/y;;"])
def test_a_body_of_another_type_is_refused(kind: str) -> None:
    client, data = opened(face())
    body = '{"csrf_token": "' + data["csrf_token"] + f'", "{ITEM}": 1, "x": "{MARK}"}}'
    for path in ("/fr/send/1", "/fr/", "/fr/calendar"):
        refused(face(), client.post(path, data=body, content_type=kind))


RAW = {
    "invalid utf-8": b"%FF%FE=%C3%28&release=%FF",
    "raw invalid utf-8": b"q.dq01bags=\xff\xfe\xc3(",
    "null bytes": b"\0\0\0=\0&\0",
    "only signs": b"&&&&====&&&%%%&=&",
    "percent signs": b"q.dq01bags=%%%zz%1",
    "array names": b"q.dq01bags[]=1&q.dq01bags[0]=1",
    "empty": b"",
}


@pytest.mark.parametrize("raw", RAW)
@pytest.mark.parametrize("path", ["/fr/send/1", "/fr/", "/fr/calendar"])
def test_a_raw_body_is_refused_with_and_without_a_token(raw: str, path: str) -> None:
    client, data = opened(face())
    prefix = f"csrf_token={data['csrf_token']}&release={data['release']}&".encode()
    for body in (RAW[raw], prefix + RAW[raw].replace(b"&release=%FF", b"")):
        answer = client.post(path, data=body, content_type=FORM)
        # An empty right form asks about its open items; a code page tells what is wrong.
        refused(face(), answer)


@pytest.mark.parametrize("path", ["/fr/send/1", "/en/send/1", "/fr/", "/en/calendar", "/fr/start"])
def test_a_megabyte_is_refused(path: str) -> None:
    client, data = opened(face())
    for huge in ({"x": MARK * 131_072}, {f"f{n}": MARK for n in range(60_000)}):
        answer = client.post(path, data=data | huge)
        refused(face(), answer, path[1:3])
        assert answer.status_code in ({405} if path.endswith("start") else {413})


def test_a_multipart_body_with_files_is_refused() -> None:
    from io import BytesIO

    client, data = opened(face())
    for name in ("file", ITEM, "release"):
        sent = data | {name: (BytesIO(MARK.encode()), f"{MARK}.pdf")}
        refused(face(), client.post("/fr/send/1", data=sent))


@pytest.mark.parametrize("kind", ["", "; boundary=", "; boundary=x", '; boundary="' + "x" * 300])
def test_a_broken_multipart_body_is_refused(kind: str) -> None:
    client, _ = opened(face())
    body = b"--x\r\nContent-Disposition: form-data; name=" + MARK.encode() + b"\r\n\r\n--y"
    for path in ("/fr/send/1", "/fr/"):
        refused(face(), client.post(path, data=body, content_type="multipart/form-data" + kind))


def test_many_fields_are_refused() -> None:
    client, data = opened(face())
    many = {f"q.x{number}": "1" for number in range(5000)}
    refused(face(), client.post("/fr/send/1", data=data | many))
    parts = data | {f"x{number}": "1" for number in range(2500)}
    refused(face(), client.post("/fr/send/1", data=parts, content_type="multipart/form-data"))


@pytest.mark.parametrize("number", ["0", "2", "99", "9" * 40, "-1", "1.0", "x", "1%00", "%FF"])
def test_a_form_that_is_not_there_is_refused(number: str) -> None:
    client, data = opened(face())
    refused(face(), client.post(f"/fr/send/{number}", data=data | {"release": "0" * 64}))


def test_the_second_form_sent_as_the_first_is_refused() -> None:
    client, data = opened(face())
    other = fields(client.get("/fr/questions/2").text)["release"]
    refused(face(), client.post("/fr/send/1", data=data | {"release": other}))
    refused(face(), client.post("/fr/send/2", data=data))


def test_a_form_played_again_adds_nothing() -> None:
    here = make()
    client, data = opened(here)
    assert client.post("/fr/send/1", data=data).status_code == 303
    before = list(here.store.rows)
    assert client.post("/fr/send/1", data=data | {ITEM: "2"}).status_code == 303
    client.get("/fr/leave")
    again = client.post("/fr/send/1", data=data)
    assert 400 <= again.status_code < 500
    stranger = here.client()
    enter(stranger, here.code.reveal())
    assert stranger.post("/fr/send/1", data=data).status_code in {400, 403}
    assert here.store.rows == before
    assert len(here.store.events) == 1


def test_a_right_form_is_taken_so_the_refusals_are_of_what_is_wrong() -> None:
    here = make()
    client, _ = opened(here)
    assert fill(client, here.store.releases[0].instrument).status_code == 303
    with pytest.raises(AssertionError):
        refused(here, client.get("/fr/nowhere"))  # it sees a stored row


# --- drawn bodies --------------------------------------------------------------------------------

ODD = st.one_of(
    st.text(max_size=30),
    st.integers(-(10**30), 10**30).map(str),
    st.sampled_from(
        ["", " ", "١", "²", "1\0", "true", "null", "[]", "{}", "%00", "\u202e1", "NaN"]
    ),
)
KEYS = st.one_of(
    st.sampled_from([ITEM, NUMBER, LINE, f"{LINE}.state", f"{LINE}.by", "asked", "respondent"]),
    st.text(max_size=20).map(lambda text: f"q.{text}"),
    st.text(min_size=1, max_size=20),
)
DRAWN = st.dictionaries(KEYS, st.one_of(ODD, st.lists(ODD, max_size=3)), max_size=12)


def check_drawn(drawn: dict[str, object]) -> None:
    """A drawn body with one field that no form sends, and its mark everywhere."""
    here = face()
    client, data = opened(here)
    body = data | {"release": data["release"]} | drawn | {f"{MARK}": MARK}
    body["csrf_token"] = data["csrf_token"]
    refused(here, client.post("/fr/send/1", data=body))
    refused(here, here.client().post("/en/send/1", data=body), "en")  # the late path


def check_late(drawn: dict[str, object]) -> None:
    """The code page with odd hidden fields: right code, and what it carries is wrong."""
    here = face()
    client = here.client()
    data = {k: v for k, v in opened(here)[1].items() if k != "csrf_token"} | drawn
    data |= {ITEM: "77", "code": here.code.reveal(), MARK: MARK}
    data["csrf_token"] = token(client.get("/fr/").text)
    answer = client.post("/fr/", data=data)
    if answer.status_code == 303:  # no release of ours among the fields: a visit, nothing sent
        assert answer.location == "/fr/start"
        assert here.store.rows == []
    else:
        refused(here, answer)


def check_code(typed: str) -> None:
    """Whatever is typed as a code: told what is wrong, escaped, 64 characters kept."""
    here = face()
    client = here.client()
    here.face.open_visit.housekeeping.purge(here.clock.now())
    answer = enter(client, typed, q=MARK)
    assert answer.status_code in {422, 429}
    assert MARK not in answer.text
    shown = re.search(r'name="code"[^>]*value="([^"]*)"', answer.text)
    assert shown
    assert "<" not in shown.group(1)
    assert here.store.rows == []


@QUICK
@given(DRAWN)
def test_drawn_bodies_are_refused(drawn: dict[str, object]) -> None:
    check_drawn(drawn)


@QUICK
@given(DRAWN)
def test_drawn_hidden_fields_of_a_late_send_store_nothing(drawn: dict[str, object]) -> None:
    check_late(drawn)


@QUICK
@given(st.text(max_size=200))
@example("\0\x1f\x7f\ufffe\u202e")
@example('"><script>alert(1)</script>')
def test_drawn_codes_are_refused(typed: str) -> None:
    check_code(typed)


@pytest.mark.prove
@pytest.mark.parametrize("check", [check_drawn, check_late])
def test_many_drawn_bodies_are_refused(check: object) -> None:
    LONG(given(DRAWN)(check))()  # type: ignore[arg-type]


@pytest.mark.prove
def test_many_drawn_codes_are_refused() -> None:
    LONG(given(st.text(max_size=300))(check_code))()
