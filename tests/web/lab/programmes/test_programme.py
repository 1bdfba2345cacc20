"""A programme is read in plain words, taken out, changed, shown, and made a version once."""

from __future__ import annotations

import html
import re
from dataclasses import replace
from io import BytesIO

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from qol.adapters.programmes import toml_in, toml_out
from tests import builders
from tests.cast import ADA, LENA, LEO, OTTO, UMA
from tests.hcp_face import post
from tests.lab_programmes import PROGRAMME, Laboratory
from tests.web.lab.programmes.filled import alert
from tests.web.patient.journey import token

CHANGE, CONFIRM = "/fr/programme/change", "/fr/programme/confirm"
NEXT = replace(PROGRAMME, version=2)
TEXT = toml_out.write(replace(NEXT, modes={"paper": "no-device"}))


def propose(client: FlaskClient, document: str) -> TestResponse:
    return post(client, CHANGE, document=document)


def confirm(client: FlaskClient, document: str) -> TestResponse:
    return post(client, CHANGE, CONFIRM, document=document)


def kept(page: str) -> str:
    """The document as the page's own field holds it, to be changed or to be confirmed."""
    [(typed, hidden)] = re.findall(
        r'<textarea[^>]*>\n(.*?)</textarea>|<input type="hidden" name="document" value="([^"]*)">',
        page,
        re.DOTALL,
    )
    return html.unescape(typed or hidden)


def versions(lab: Laboratory) -> list[tuple[object, ...]]:
    return lab.place.ask("SELECT version FROM programme_version ORDER BY version")


def test_the_page_says_schedule_ways_releases_and_notices(lab: Laboratory) -> None:
    page = lab.client(LEO).get("/fr/programme").text
    for told in (
        "Démonstration",
        "1 mois −3 jours",
        "+14 jours",
        "jour zéro",
        "demo-qol, pain-nrs",
    ):
        assert told in page
    assert "non approuvée" in page
    assert "En ligne, par le patient" in page
    assert html.escape(builders.programme().notices["en"].who, quote=False)[:40] in page


def test_the_document_out_is_the_document_in(lab: Laboratory) -> None:
    answer = lab.client(LEO).get("/fr/programme/document")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="demo.toml"'
    assert answer.headers["Cache-Control"] == "no-store"
    assert toml_in.read(answer.text) == NEXT


def test_a_change_is_shown_in_words_and_nothing_is_written(lab: Laboratory) -> None:
    page = propose(lab.client(LEO), TEXT).text
    assert "Sur papier, remis au professionnel" in page
    assert "des patients n’ont pas d’appareil" in page
    assert "De la version 1 à la version 2" in page
    assert versions(lab) == [(1,)]
    assert lab.ledger("programme.loaded") == []


def test_the_page_shown_confirmed_is_one_version_however_often_it_is_sent(lab: Laboratory) -> None:
    client = lab.client(LEO)
    shown = propose(client, TEXT).text
    data = {"csrf_token": token(shown), "document": kept(shown).replace("\n", "\r\n")}
    first, second = (client.post(CONFIRM, data=data) for _ in range(2))
    assert first.location == second.location == "/fr/programme"
    assert versions(lab) == [(1,), (2,)]
    [(_, actor, reference, detail)] = lab.ledger("programme.loaded")
    assert (actor, reference) == (f"staff:{LEO.reference}", "programme:demo")
    assert '"based_on": 1' in str(detail) or '"based_on":1' in str(detail)
    assert "des patients n’ont pas d’appareil" in client.get("/fr/programme").text
    old = client.get("/fr/programme/versions/1").text
    assert "Version ancienne" in old
    assert "des patients n’ont pas d’appareil" not in old


def test_a_file_takes_the_place_of_the_text(lab: Laboratory) -> None:
    client = lab.client(LEO)
    data = {
        "csrf_token": token(client.get(CHANGE).text),
        "document": "nothing",
        "file": (BytesIO(TEXT.encode()), "demo.toml"),
    }
    assert "Sur papier" in client.post(CHANGE, data=data, content_type="multipart/form-data").text


def test_a_change_made_from_an_older_version_is_refused(lab: Laboratory) -> None:
    client = lab.client(LEO)
    confirm(client, TEXT)
    other = TEXT.replace("no-device", "needs-help")
    answer = confirm(client, other)
    assert answer.status_code == 422
    assert "la version 2 est en vigueur" in alert(answer.text)
    assert kept(answer.text) == other
    assert versions(lab) == [(1,), (2,)]


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        (TEXT.replace("no-device", "because"), "modes.paper : "),
        (TEXT.replace("Démonstration", "a\u202eb"), "labels.fr : "),
        (TEXT.replace("Démonstration", "x" * 10_000), "labels.fr : "),
        (TEXT.replace('id = "demo"', 'id = "other"'), "id : "),
        (toml_out.write(NEXT), "ne change que le numéro"),
        ("[[", "n’est pas du TOML"),
        ("", "id : manque"),
        (TEXT + "\nmore = 1", "notices"),
    ],
)
def test_what_is_wrong_is_told_by_key_and_nothing_typed_is_lost(
    lab: Laboratory, wrong: str, told: str
) -> None:
    for answer in (propose(lab.client(LEO), wrong), confirm(lab.client(LEO), wrong)):
        assert answer.status_code == 422
        assert told in alert(answer.text)
        assert kept(answer.text) == wrong
    assert versions(lab) == [(1,)]


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        "=HYPERLINK(http://evil.example)",
        "</textarea><h1>",
        "<style>*{display:none}</style>",
        "{{ 7*7 }}",
        '\\" title=\\"x',
    ],
)
def test_hostile_names_are_shown_as_text(lab: Laboratory, hostile: str) -> None:
    client = lab.client(LEO)
    document = TEXT.replace("Démonstration", hostile)
    assert confirm(client, document).status_code == 303
    plain = hostile.replace('\\"', '"')
    for path in ("/fr/programme", CHANGE):
        page = client.get(path).text  # the client parses it: one h1, no stray tag
        assert plain not in page or plain == html.escape(plain)
        assert plain in html.unescape(page).replace('\\"', '"')


def test_a_lead_sees_the_own_programme_only(lab: Laboratory) -> None:
    client = lab.client(OTTO)
    assert "Calendrier" not in client.get("/fr/programme").text
    assert client.get("/fr/programme/versions/1").status_code == 404
    assert client.get("/fr/programme/document").status_code == 404
    assert propose(client, TEXT).status_code == 422
    assert confirm(client, TEXT).status_code == 422
    assert versions(lab) == [(1,)]


@pytest.mark.parametrize("member", [LENA, ADA, UMA], ids=lambda m: m.login)
def test_without_the_permission_there_is_no_page(lab: Laboratory, member: object) -> None:
    client = lab.client(member)  # type: ignore[arg-type]
    for path in ("/fr/programme", CHANGE, "/fr/programme/document", "/fr/programme/versions/1"):
        assert client.get(path).status_code == 403


def test_a_first_version_comes_in_the_same_way(lab: Laboratory) -> None:
    client = lab.client(OTTO)
    assert "pas encore de version" in client.get("/fr/programme").text
    first = toml_out.write(replace(builders.programme(), id="other"))
    assert "De la version 0" in propose(client, first).text
    assert confirm(client, first).status_code == 303
    assert "Calendrier" in client.get("/fr/programme").text
