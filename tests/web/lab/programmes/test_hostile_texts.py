"""Texts that would be more than text: as text or refused by their key, and never fetched."""

from __future__ import annotations

import html
from collections.abc import Callable
from dataclasses import replace

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from qol.adapters.programmes import toml_out
from tests import hostile
from tests.cast import LEO
from tests.hcp_face import post
from tests.lab_programmes import PROGRAMME, Laboratory
from tests.web.lab.programmes.filled import FORM, alert, send
from tests.web.lab.programmes.test_programme import CHANGE, propose
from tests.web.lab.programmes.test_sites import register

LONG = "mot " * 2_500
TURNED = "a \u202e b"
REFUSED = (LONG, TURNED, "a\u2066b", "a\x1bb")
SHOWN = tuple(text for text in hostile.TEXTS if text != LONG)
NEXT = replace(PROGRAMME, version=2)
TYPED = ("labels.fr", "timepoints.m1.labels.fr", "notices.fr.version", "notices.fr.why")

Act = Callable[[FlaskClient, str], TestResponse]


def by_form(client: FlaskClient, text: str) -> TestResponse:
    """Type a text in each kind of field of a programme's form."""
    return send(client, **dict.fromkeys(TYPED, text))


def by_document(client: FlaskClient, text: str) -> TestResponse:
    """Write it at the same places of the document."""
    first, second = NEXT.timepoints
    notice = replace(NEXT.notices["fr"], version=text, why=text)
    changed = replace(
        NEXT,
        labels=NEXT.labels | {"fr": text},
        timepoints=(first, replace(second, labels=second.labels | {"fr": text})),
        notices=NEXT.notices | {"fr": notice},
    )
    return propose(client, toml_out.write(changed))


def by_site(client: FlaskClient, text: str) -> TestResponse:
    """Type it wherever the form of a site takes any."""
    answer = register(client, label=text, contract=text, security=text)
    return client.get(answer.location) if answer.status_code == 303 else answer


def signed_in(lab: Laboratory) -> FlaskClient:
    """Leo's browser; the checking one takes such a text for a tag."""
    lab.app.test_client_class = FlaskClient
    return lab.client(LEO)


@pytest.mark.parametrize(
    ("act", "keys"),
    [
        (by_form, ("labels.fr", "notices.fr.why", "timepoints[1].labels.fr")),
        (by_document, ("labels.fr", "notices.fr.why", "timepoints[1].labels.fr")),
        (by_site, ("1 à 200 caractères",)),
    ],
)
def test_a_hostile_text_is_text_or_refused_by_its_key(
    lab: Laboratory, act: Act, keys: tuple[str, ...]
) -> None:
    client = signed_in(lab)
    plain = hostile.skeleton(act(client, "TEXT").text, "TEXT")
    for text in SHOWN:
        answer = act(client, text)
        assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'")
        assert answer.status_code == 200, text
        assert hostile.shown(answer.text, text) >= 2
        assert hostile.skeleton(answer.text, text) == plain
        assert text not in answer.text or text == html.escape(text)
    for text in REFUSED:
        answer = act(client, text)
        assert answer.status_code == 422
        told = alert(answer.text)
        assert all(key in told for key in keys)
        assert text not in told


def test_a_hostile_text_that_is_current_fills_every_page_as_text(lab: Laboratory) -> None:
    client, text = signed_in(lab), SHOWN[1]
    document = toml_out.write(hostile.noticed(NEXT, text))
    assert post(client, CHANGE, "/fr/programme/confirm", document=document).status_code == 303
    for path in ("/fr/programme", CHANGE, FORM, "/fr/programme/opening"):
        page = client.get(path).text
        assert text not in page
        assert "127.0.0.1:9" not in " ".join(hostile.skeleton(page, text))


@pytest.mark.parametrize(
    "written",
    [
        '"a \\u202e b" = 1\n',
        f'"{LONG}" = 1\n',
        '"<script>x</script>" = 1\n',
        '"=1+1" = "file:///etc/passwd"\n',
    ],
)
def test_a_hostile_key_is_refused_and_told_short_and_plain(lab: Laboratory, written: str) -> None:
    text = toml_out.write(NEXT)
    for document in (written + text, text.replace("[releases]\n", f"[releases]\n{written}")):
        answer = propose(signed_in(lab), document)
        assert answer.status_code == 422
        told = alert(answer.text)
        assert len(told) < 1000
        assert "\u202e" not in told
        assert "<script>x" not in answer.text


def test_a_hostile_code_of_a_site_or_a_visit_is_refused(lab: Laboratory) -> None:
    client = signed_in(lab)
    for text in (SHOWN[0], "=1+1", "file:///etc/passwd", LONG, TURNED):
        assert register(client, code=text).status_code == 422
        refused = send(client, new__0__code=text)
        assert "].code : n’accepte que" in alert(refused.text)
    assert post(client, "/fr/sites", "/fr/sites/%3Cscript%3E/end").status_code == 404
    assert lab.place.ask("SELECT code FROM site") == []
