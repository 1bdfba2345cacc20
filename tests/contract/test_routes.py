"""Every route of the patient face: who may use it, and who may keep what it answers.

A new route turns this red until its line is written here. Access: ``open`` needs nothing,
``visit`` needs the cookie of a right code, ``token`` is a POST that needs its session's token,
``signed`` a POST whose only input was signed by this face and which changes nothing, ``ticket``
a POST whose random ticket a professional's sign-in made good, and which is spent once. The faces
of staff have a table of their own: ``test_staff_routes``.
"""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.patient_face import Here, make
from tests.web.patient.journey import answers, enter, fields, token

OURS = ("open", "no-store")
KEPT = ("open", "public, max-age=31536000, immutable")
VISIT = ("visit", "no-store")
TOKEN = ("token", "no-store")
SIGNED = ("signed", "no-store")
TICKET = ("ticket", "no-store")
SPOKEN = {
    "GET /": OURS,
    "POST /": TOKEN,
    "GET /start": VISIT,
    "GET /questions/<int:number>": VISIT,
    "GET /questions/<int:number>/switch": VISIT,
    "POST /send/<int:number>": TOKEN,
    "GET /received": VISIT,
    "POST /calendar": SIGNED,
    "POST /device": TICKET,
    "GET /leave": OURS,
    "GET /rights": OURS,
    "GET /adverse": OURS,
    "GET /accessibility": OURS,
}
PATIENT = {"GET /": OURS, "GET /static/<path:name>": KEPT} | {
    f"{line.split(' ')[0]} /{language}{line.split(' ')[1]}": rule
    for line, rule in SPOKEN.items()
    for language in ("fr", "en")
}


def routes(app: Flask) -> set[str]:
    """Method and path of every route; HEAD and OPTIONS follow from GET."""
    return {
        f"{method} {rule.rule}"
        for rule in app.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }


def test_the_table_names_every_route_and_no_other() -> None:
    assert routes(make().app) == set(PATIENT)


def test_a_new_route_turns_the_table_red() -> None:
    app = make().app
    app.add_url_rule("/fr/more", "more", lambda: "", methods=["GET", "PUT"])
    assert routes(app) - set(PATIENT) == {"GET /fr/more", "PUT /fr/more"}


def _lines(method: str, access: str = "") -> list[str]:
    return [
        line.split(" ")[1].replace("<int:number>", "1")
        for line, rule in PATIENT.items()
        if line.startswith(method) and (not access or rule[0] == access) and "static" not in line
    ]


@pytest.fixture
def here() -> Here:
    """The face over plain HTTP."""
    return make()


def opened(here: Here):  # noqa: ANN201 - a test client
    client = here.client()
    assert enter(client, here.code.reveal()).status_code == 303
    return client


@pytest.mark.parametrize("path", _lines("GET", "visit"))
def test_without_a_visit_the_page_is_refused(here: Here, path: str) -> None:
    answer = here.client().get(path)
    assert (answer.status_code, answer.headers["Cache-Control"]) == (403, "no-store")
    assert "q.dq01bags" not in answer.text


@pytest.mark.parametrize("path", _lines("GET", "open"))
def test_an_open_page_needs_nothing_and_is_kept_by_nobody(here: Here, path: str) -> None:
    answer = here.client().get(path)
    assert answer.status_code in {200, 302, 303}
    assert answer.headers["Cache-Control"] == "no-store"


def test_assets_alone_are_kept(here: Here) -> None:
    client = here.client()
    address = client.get("/fr/").text.split('<link rel="stylesheet" href="')[1].split('"')[0]
    answer = client.get(address)
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == KEPT[1]
    assert client.get("/static/nowhere/portal.css").headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("path", _lines("GET", "visit"))
def test_with_a_visit_the_page_is_kept_by_nobody(here: Here, path: str) -> None:
    assert opened(here).get(path).headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("wrong", [None, "", "wrong", "of another session"])
@pytest.mark.parametrize("path", _lines("POST", "token"))
def test_a_post_without_its_sessions_token_is_refused(
    here: Here, path: str, wrong: str | None
) -> None:
    client = opened(here)
    data = fields(client.get("/fr/questions/1").text) | answers(here.store.releases[0].instrument)
    data |= {"code": here.code.reveal(), "asked": "1"}
    data.pop("csrf_token")
    if wrong == "of another session":
        wrong = token(here.client().get("/fr/").text)
    if wrong is not None:
        data["csrf_token"] = wrong
    spent = here.store.reading
    here.store.reading = None  # type: ignore[assignment,method-assign] - it must not be asked
    answer = client.post(path, data=data)
    here.store.reading = spent  # type: ignore[method-assign]
    assert answer.status_code in {400, 403}
    assert here.store.rows == []
    assert here.store.events == []


def test_the_same_post_with_its_token_goes_through(here: Here) -> None:
    client = opened(here)
    data = fields(client.get("/fr/questions/1").text) | answers(here.store.releases[0].instrument)
    assert client.post("/fr/send/1", data=data | {"asked": "1"}).status_code == 303
    assert len(here.store.rows) == 1


@pytest.mark.parametrize("path", _lines("POST", "signed"))
def test_a_signed_post_needs_its_signature_and_changes_nothing(here: Here, path: str) -> None:
    client = opened(here)
    for dates in ("", "[[739000,739010]]", here.face.signer.dumps([[1, 2]])[:-1] + "_"):
        assert client.post(path, data={"dates": dates}).status_code == 422
    good = client.post(path, data={"dates": here.face.signer.dumps([[739000, 739010]])})
    assert good.status_code == 200
    assert "Set-Cookie" not in good.headers
    assert here.store.rows == []


def test_no_get_writes_a_row(here: Here, monkeypatch: pytest.MonkeyPatch) -> None:
    here.app.test_client_class = FlaskClient  # an answer to HEAD has no page to check
    client = opened(here)

    def refuse(*_: object) -> None:
        raise AssertionError("a GET wrote")

    monkeypatch.setattr(type(here.store), "writing", refuse)
    monkeypatch.setattr(type(here.face.open_visit.housekeeping), "wrong", refuse)
    before = repr((here.store, here.sealer))
    for path in _lines("GET"):
        for method in ("GET", "HEAD", "OPTIONS"):
            assert client.open(path, method=method).status_code < 500
    # A GET that carries what a POST carries is still a GET.
    assert client.get("/fr/", query_string={"code": here.code.reveal()}).status_code == 200
    assert client.get("/fr/send/1").status_code == 405
    assert repr((here.store, here.sealer)) == before
