"""What a holder is asked to approve: each item as on the screen, then the paper form."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from qol.adapters.paper.form import PaperForms
from qol.adapters.words import read_catalogues
from qol.usecases.lab.paper import Printed, Readiness, Review
from tests import forms, pdf, sheets

SCORING = "5c" * 32


def _review(name: str = "lasa") -> Review:
    return Review(
        tuple(forms.questionnaire(name, one, Readiness.PROOF) for one in forms.LANGUAGES),
        {one: sheets.sheet(one).safety for one in forms.LANGUAGES},
        SCORING,
    )


@pytest.fixture(scope="module")
def review(forms_printer: PaperForms) -> Printed:
    return forms_printer.print_review(_review())


def _texts(one: Printed) -> list[str]:
    return [" ".join(text.split()) for text in pdf.texts(one.pdf)]


def test_it_is_tagged_whole_and_alone(review: Printed) -> None:
    assert pdf.problems(review.pdf, "fr", review.pages) == []


def test_the_title_page_names_what_is_approved_and_no_day(review: Printed) -> None:
    title = "".join(_texts(review)[0].split())
    asked = _review().questionnaires
    for said in ("lasa", asked[0].definition_sha256, SCORING, *(q.wording_sha256 for q in asked)):
        assert said in title
    assert read_catalogues()["fr"]["paper.review.title"].replace(" ", "") in title
    assert "2026" not in title


def test_a_day_is_printed_when_it_is_given(forms_printer: PaperForms) -> None:
    dated = replace(_review("pain-nrs"), day=date(2026, 3, 1))
    assert "1er mars 2026" in _texts(forms_printer.print_review(dated))[0]


def test_each_item_has_a_page_in_each_language_and_can_be_declined(review: Printed) -> None:
    texts = _texts(review)
    for asked in _review().questionnaires:
        words = read_catalogues()[asked.wording.language]
        for number, item in enumerate(asked.instrument.items, 1):
            total = len(asked.instrument.items)
            counted = words["form.of"].format(n=number, total=total)
            [page] = [text for text in texts if counted in text]
            assert asked.wording.items[item.code].text in page
            assert words["form.decline"] in page
        assert any(words["paper.form.how.one"] in text for text in texts)


def test_every_page_but_the_first_says_that_it_is_a_proof(review: Printed) -> None:
    proofs = {read_catalogues()[one]["paper.form.proof"] for one in forms.LANGUAGES}
    shown = [text for text in _texts(review)[1:] if text]  # a blank page keeps sheets apart
    assert all(any(proof in text for proof in proofs) for text in shown)


def test_the_same_review_is_the_same_bytes(forms_printer: PaperForms, review: Printed) -> None:
    assert forms_printer.print_review(_review()) == review


def test_every_kind_of_item_is_shown(forms_printer: PaperForms) -> None:
    given = replace(_review("demo-qol"), questionnaires=_review("demo-qol").questionnaires[:1])
    one = forms_printer.print_review(given)
    assert pdf.problems(one.pdf, "fr", one.pages) == []
    cards = ["".join(text.split()) for text in _texts(one) if " sur 23 " in text]
    for item in given.questionnaires[0].wording.items.values():
        asked = "".join(item.text.replace("*", "").split())
        assert any(asked in card for card in cards), asked
