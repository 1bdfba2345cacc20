"""The form writes the same document: untouched it changes nothing, touched it is shown first."""

from __future__ import annotations

import pytest

from qol.adapters.programmes import toml_in
from tests import builders
from tests.cast import LEO, OTTO, UMA
from tests.lab_programmes import Laboratory
from tests.web.lab.programmes.filled import FORM, alert, send, shown
from tests.web.lab.programmes.test_programme import CONFIRM, confirm, kept, versions
from tests.web.patient.journey import token


def test_untouched_it_changes_nothing_and_says_so(lab: Laboratory) -> None:
    answer = send(lab.client(LEO))
    assert answer.status_code == 422
    assert "ne change que le numéro" in alert(answer.text)


def test_what_is_typed_is_shown_and_becomes_one_version(lab: Laboratory) -> None:
    client = lab.client(LEO)
    answer = send(
        client,
        labels__fr="Autre nom",
        modes__paper="far-from-site",
        timepoints__m1__closes__days="9",
        timepoints__m1__battery=["pain-nrs"],
        notices__fr__version="2",
        notices__fr__why="Une ligne.\r\nUne autre.",
    )
    assert answer.status_code == 200
    assert answer.text.count("<tr>") == 1 + 6
    document = kept(answer.text)
    for _ in range(2):
        sent = client.post(CONFIRM, data={"csrf_token": token(answer.text), "document": document})
        assert sent.location == "/fr/programme"
    assert versions(lab) == [(1,), (2,)]
    made = toml_in.read(document)
    assert made.modes == {"paper": "far-from-site"}
    assert made.notices["fr"].why == "Une ligne.\nUne autre."
    assert made.notices["en"] == builders.programme().notices["en"]
    assert (made.timepoints[1].window.closes.days, made.timepoints[1].battery) == (9, ("pain-nrs",))
    assert made.timepoints[0] == builders.programme().timepoints[0]


@pytest.mark.parametrize(
    ("field", "wrong", "told"),
    [
        ("modes__paper", "because", "modes.paper : "),
        ("postal__licence", "00000", "postal.address : "),
        ("postal__reason", "because", "postal.reason : "),
        ("labels__en", "x" * 10_000, "labels.en : "),
        ("labels__en", "a\u202eb", "labels.en : "),
        ("labels__en", "", "labels.en : est vide"),
        ("notices__fr__who", "", "notices.fr.who : est vide"),
        (
            "timepoints__m1__opens__months",
            "soon",
            "Visite m1 – timepoints.m1.opens.months : doit être un nombre entier",
        ),
        ("timepoints__m1__opens__months", "0", "se chevauchent"),
        ("timepoints__m1__closes__days", "−99", "se ferme avant de s’ouvrir"),
        ("timepoints__m1__battery", [], "Visite m1 – timepoints[1].battery : "),
        ("based_on", "0", "la version 1"),
    ],
)
def test_the_same_checks_refuse_and_nothing_typed_is_lost(
    lab: Laboratory, field: str, wrong: str | list[str], told: str
) -> None:
    answer = send(lab.client(LEO), labels__fr="Autre nom", **{field: wrong})
    assert answer.status_code == 422
    assert told in alert(answer.text)
    assert 'value="Autre nom"' in answer.text
    assert versions(lab) == [(1,)]


def test_a_form_opened_before_anothers_change_is_refused(lab: Laboratory) -> None:
    client = lab.client(LEO)
    fields = shown(client.get(FORM).text) | {"labels.fr": ["Autre nom"]}
    shown_first = send(client, labels__fr="Le premier")
    confirm(client, kept(shown_first.text))
    answer = client.post(FORM, data=fields, content_type="multipart/form-data")
    assert answer.status_code == 422
    assert versions(lab) == [(1,), (2,)]


def test_it_is_there_for_the_own_programmes_lead_only(lab: Laboratory) -> None:
    assert lab.client(OTTO).get(FORM).status_code == 404
    assert lab.client(UMA).get(FORM).status_code == 403
