"""A visit, a questionnaire, a language: added or removed in the form, shown, then one version."""

from __future__ import annotations

from dataclasses import fields, replace

import pytest

from qol.adapters.instruments import canonical
from qol.adapters.programmes import toml_in
from qol.domain.programme import Notice, Offset, Programme, Timepoint, Window
from tests import builders
from tests.cast import LEO
from tests.integration.db.stock import EVENT, publication_of
from tests.lab_programmes import PROGRAMME, Laboratory
from tests.web.lab.programmes.filled import FORM, alert, send, shown
from tests.web.lab.programmes.test_programme import confirm, kept, versions

VISIT = {
    "new__0__code": "m3",
    "new__0__labels__fr": "Trois mois",
    "new__0__labels__en": "Three months",
    "new__0__opens__months": "3",
    "new__0__closes__months": "3",
    "new__0__closes__days": "7",
    "new__0__battery": ["pain-nrs"],
}
M3 = Timepoint(
    "m3",
    {"fr": "Trois mois", "en": "Three months"},
    Window(Offset(months=3), Offset(months=3, days=7)),
    ("pain-nrs",),
)
NAMED = ["demo-qol 1", "pain-nrs 1"]


def made(page: str) -> Programme:
    """The version that a preview would make."""
    return toml_in.read(kept(page))


def publish(lab: Laboratory) -> None:
    """Publish a third questionnaire, and a second version of one."""
    [french, *_] = builders.releases("lasa")
    again = builders.releases("pain-nrs")[0]
    second = replace(again.instrument, version="2")
    hashed = canonical.definition_sha256(second)
    newer = replace(again, instrument=second, definition_sha256=hashed)
    with lab.store.writing() as unit:
        for one in (french, newer):
            unit.publish(publication_of(one))
        unit.commit(EVENT)


def test_a_new_visit_stands_where_it_opens_and_is_one_version(lab: Laboratory) -> None:
    client = lab.client(LEO)
    month_2 = {"new__0__code": "d20", "new__0__opens__months": "0", "new__0__opens__days": "20"}
    between = VISIT | month_2 | {"new__0__closes__months": "0", "new__0__closes__days": "22"}
    early = made(send(client, **between).text)
    assert [one.code for one in early.timepoints] == ["t0", "d20", "m1"]
    page = send(client, **VISIT).text
    assert made(page) == replace(PROGRAMME, version=2, timepoints=(*PROGRAMME.timepoints, M3))
    assert confirm(client, kept(page)).status_code == 303
    assert "Trois mois" in client.get(FORM).text
    assert versions(lab) == [(1,), (2,)]


@pytest.mark.parametrize(
    ("field", "wrong", "told"),
    [
        ("new__0__code", "m1", "timepoints : deux visites ont le code « m1 »"),
        ("new__0__code", "", "Nouvelle visite – timepoints[2].code : est vide"),
        ("new__0__labels__fr", "", "Nouvelle visite – timepoints[2].labels.fr : est vide"),
        ("new__0__battery", [], "Nouvelle visite – timepoints[2].battery : est vide"),
        ("new__0__opens__months", "1", "se chevauchent"),
        (
            "new__0__closes__days",
            "soon",
            "Nouvelle visite – new.0.closes.days : doit être",
        ),
    ],
)
def test_half_a_visit_is_refused_and_kept(
    lab: Laboratory, field: str, wrong: str | list[str], told: str
) -> None:
    answer = send(lab.client(LEO), **VISIT | {field: wrong})
    assert answer.status_code == 422
    assert told in alert(answer.text)
    expected = VISIT | {field: wrong}
    typed = shown(answer.text)
    for name, value in expected.items():
        assert typed.get(name.replace("__", "."), []) == (
            value if isinstance(value, list) else [value]
        )


def test_another_visit_is_asked_for_and_nothing_typed_is_lost(lab: Laboratory) -> None:
    client = lab.client(LEO)
    answer = send(client, **VISIT, more="visit")
    assert answer.status_code == 200
    assert "Rien n’est encore enregistré" in answer.text
    second = {name.replace("new__0", "new__1"): value for name, value in VISIT.items()}
    second |= {"new__1__code": "m6", "new__1__opens__months": "6", "new__1__closes__months": "6"}
    both = made(send(client, answer.text, **second).text)
    assert [one.code for one in both.timepoints] == ["t0", "m1", "m3", "m6"]
    assert versions(lab) == [(1,)]


def test_a_visit_removed_is_told_with_who_keeps_it(lab: Laboratory) -> None:
    client = lab.client(LEO)
    page = send(client, timepoints__m1__remove="yes").text
    assert "Visite retirée : m1." in page
    assert "s’est ouverte avant aujourd’hui la gardent" in page
    assert [one.code for one in made(page).timepoints] == ["t0"]
    none_left = send(client, timepoints__m1__remove="yes", timepoints__t0__remove="yes")
    assert none_left.status_code == 422
    assert "timepoints : manque" in alert(none_left.text)


def test_a_questionnaire_ticked_is_then_offered_at_each_visit(lab: Laboratory) -> None:
    publish(lab)
    client = lab.client(LEO)
    asked = send(client, releases=[*NAMED, "lasa 1"], labels__fr="Autre nom")
    assert asked.status_code == 200
    assert shown(asked.text)["labels.fr"] == ["Autre nom"]
    assert 'name="timepoints.m1.battery" value="lasa"' in asked.text
    page = send(client, asked.text, timepoints__m1__battery=["lasa", "demo-qol"]).text
    version = made(page)
    assert version.releases == PROGRAMME.releases | {"lasa": "1"}
    assert version.timepoints[1].battery == ("demo-qol", "lasa")
    assert version.labels["fr"] == "Autre nom"


def test_one_version_of_a_questionnaire_and_none_of_what_is_not_ticked(lab: Laboratory) -> None:
    publish(lab)
    client = lab.client(LEO)
    two = send(client, releases=[*NAMED, "pain-nrs 2"])
    assert two.status_code == 422
    assert "releases.pain-nrs : nomme deux versions" in alert(two.text)
    newer = made(send(client, releases=["demo-qol 1", "pain-nrs 2"]).text)
    assert newer.releases == {"demo-qol": "1", "pain-nrs": "2"}
    assert newer.timepoints == PROGRAMME.timepoints
    less = made(send(client, releases=["demo-qol 1"]).text)
    assert less.releases == {"demo-qol": "1"}
    assert {one.battery for one in less.timepoints} == {("demo-qol",)}


def test_a_language_is_removed_and_comes_back_with_its_names_and_notice(lab: Laboratory) -> None:
    client = lab.client(LEO)
    page = send(client, languages=["fr"]).text
    assert "Langue retirée : en." in page
    french = made(page)
    assert (french.languages, set(french.labels), set(french.notices)) == (("fr",), {"fr"}, {"fr"})
    confirm(client, kept(page))
    asked = send(client, languages=["fr", "en"], labels__fr="Autre nom")
    assert asked.status_code == 200
    typed = shown(asked.text)
    assert (typed["labels.fr"], typed["labels.en"]) == (["Autre nom"], [""])
    refused = send(client, asked.text)
    assert refused.status_code == 422
    for told in ("labels.en : est vide", "notices.en.who : est vide", "timepoints[1].labels.en"):
        assert told in alert(refused.text)
    names = ("labels__en", "timepoints__t0__labels__en", "timepoints__m1__labels__en")
    notice = {f"notices__en__{part.name}": f"2 {part.name}" for part in fields(Notice)}
    both = made(send(client, refused.text, **dict.fromkeys(names, "Name"), **notice).text)
    assert both.languages == ("fr", "en")
    assert both.notices["en"].why == "2 why"
    assert both.timepoints[1].labels == {"fr": "m1", "en": "Name"}


def test_a_language_that_the_portal_has_no_words_for_is_not_taken(lab: Laboratory) -> None:
    answer = send(lab.client(LEO), languages=["fr", "en", "de"])
    assert answer.status_code == 422
    assert "ne change que le numéro" in alert(answer.text)
