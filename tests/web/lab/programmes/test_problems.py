"""A refused document is told in the page's language, on each page that refuses one."""

from __future__ import annotations

import html5lib
import pytest

from qol.adapters.words import read_catalogues
from qol.domain.problem import Wrong
from tests.cast import LEO
from tests.hcp_face import post
from tests.lab_programmes import Laboratory
from tests.web.lab.programmes.filled import FORM, alert, send
from tests.web.lab.programmes.test_programme import TEXT

BROKEN = (
    TEXT.replace("no-device", "because")
    .replace('"Europe/Paris"', '"Europe/X"')
    .replace("Démonstration", "x" * 201)
)
SAID = {
    "fr": ("doit être un fuseau", "dépasse 200 caractères", "demande un motif codé"),
    "en": ("must be a zone", "is longer than 200 characters", "needs a coded reason"),
}


def _other(language: str) -> str:
    return {"fr": "en", "en": "fr"}[language]


def _begins(language: str) -> list[str]:
    """What each sentence of a language begins with, before its first parameter or quotation."""
    words = read_catalogues()[language]
    sentences = (words[f"prog.wrong.{wrong.code}"] for wrong in Wrong)
    return [start for one in sentences if len(start := one.split("{")[0]) > 4]


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_refused_document_is_told_in_the_pages_language_only(
    lab: Laboratory, language: str
) -> None:
    client = lab.client(LEO)
    for act in ("change", "confirm"):
        answer = post(
            client, f"/{language}/programme/change", f"/{language}/programme/{act}", document=BROKEN
        )
        assert answer.status_code == 422
        told = alert(answer.text)
        assert all(sentence in told for sentence in SAID[language])
        assert not [start for start in _begins(_other(language)) if start in told]


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_form_names_the_visits_block_in_the_pages_language(
    lab: Laboratory, language: str
) -> None:
    form = FORM.replace("/fr/", f"/{language}/")
    client = lab.client(LEO)
    answer = send(client, client.get(form).text, to=form, timepoints__m1__labels__fr="")
    assert answer.status_code == 422
    block = {"fr": "Visite m1 – ", "en": "Visit m1 – "}[language]
    said = {"fr": " : est vide", "en": ": is empty"}[language]
    assert f"{block}timepoints[1].labels.fr{said}" in alert(answer.text)
    document = html5lib.parse(answer.text, namespaceHTMLElements=False)
    [place] = [one for one in document.iter("code") if "labels.fr" in (one.text or "")]
    assert place.get("translate") == "no"
