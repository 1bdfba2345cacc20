"""A questionnaire on paper: readable by everybody, whole, and nothing asked who one is."""

from __future__ import annotations

import json
import re
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace

import pytest

from qol.adapters.paper import rows
from qol.adapters.paper.form import PaperForms
from qol.adapters.paper.press import FORMS, Press
from qol.adapters.words import read_catalogues
from qol.domain.errors import PrintingError
from qol.domain.instrument import Instrument, Item, Section, SectionWording, Wording
from qol.usecases.lab.paper import Printed, Readiness
from tests import filling, forms, pdf
from tests.documents import small

EVERY = [(name, language) for name in forms.EVERY for language in forms.LANGUAGES]
# Who one is, in both languages: no form asks it (EA-7.2, EA-ÉCH-5-f).
ASKED_NOWHERE = re.compile(
    r"(?:^|\n)\s*(?:nom|prénom|name|surname|site|centre|commentaire)s?\s*:", re.IGNORECASE
)


@pytest.mark.parametrize(("name", "language"), EVERY)
def test_every_form_is_tagged_whole_and_alone(
    printed: dict[tuple[str, str], Printed], name: str, language: str
) -> None:
    one = printed[name, language]
    assert pdf.problems(one.pdf, language, pages=one.pages) == []
    assert pdf.fonts(one.pdf) <= {
        "Atkinson-Hyperlegible-Next",
        "Atkinson-Hyperlegible-Next-Bold",
        "Atkinson-Hyperlegible-Mono-Bold",
    }


@pytest.mark.parametrize(("name", "language"), EVERY)
def test_each_code_of_each_item_has_one_box_and_no_item_is_cut(
    printed: dict[tuple[str, str], Printed], name: str, language: str
) -> None:
    instrument = forms.questionnaire(name, language).instrument
    ticks: Counter[tuple[str, int]] = Counter()
    where: dict[str, set[object]] = {}
    for page in filling.pages_of(printed[name, language].boxes):
        for box in filling.boxes_of(page):
            if box.item:
                where.setdefault(box.item, set()).add(page["page"])
            if box.kind == "tick":
                ticks[str(box.item), int(str(box.code))] += 1
                assert (box.width, box.height) == (5.0, 5.0)
    wanted = {
        (item.code, code)
        for item in instrument.items
        if item.kind == "single_choice" or rows.stepped(item)
        for code in item.codes or range(item.minimum, item.maximum + 1)
    }
    assert ticks == Counter(dict.fromkeys(wanted, 1))
    assert set(where) == {item.code for item in instrument.items}
    assert all(len(pages) == 1 for pages in where.values())


@pytest.mark.parametrize(("name", "language"), EVERY)
def test_boxes_keep_apart_and_within_the_marks(
    printed: dict[tuple[str, str], Printed], name: str, language: str
) -> None:
    for page in filling.pages_of(printed[name, language].boxes):
        boxes = filling.boxes_of(page)
        assert all(box.x >= 18 and box.x + box.width <= 192 for box in boxes)
        assert all(box.y >= 28 and box.y + box.height <= 273.1 for box in boxes)
        for at, box in enumerate(boxes):
            for other in boxes[at + 1 :]:
                apart_x = (
                    max(box.x, other.x) >= min(box.x + box.width, other.x + other.width) - 0.02
                )
                apart_y = (
                    max(box.y, other.y) >= min(box.y + box.height, other.y + other.height) - 0.02
                )
                assert apart_x or apart_y, (box, other)


@pytest.mark.parametrize("name", forms.EVERY)
def test_lines_are_true_hundred_millimetres(
    printed: dict[tuple[str, str], Printed], name: str
) -> None:
    asked = forms.questionnaire(name)
    boxes = [
        box
        for page in filling.pages_of(printed[name, "fr"].boxes)
        for box in filling.boxes_of(page)
    ]
    lines = [box for box in boxes if box.kind == "line"]
    assert [box.item for box in lines] == [
        item.code for item in asked.instrument.items if item.display == "line"
    ]
    upright = asked.instrument.layout.vertical
    assert all((box.height if upright else box.width) == 100.0 for box in lines)
    assert upright is (name == "eq-5d-5l")


@pytest.mark.parametrize(("name", "language"), EVERY)
def test_each_page_says_which_it_is(
    printed: dict[tuple[str, str], Printed], name: str, language: str
) -> None:
    one, words = printed[name, language], read_catalogues()[language]
    assert pdf.squares(one.pdf) == [f"{one.code}{page:02}" for page in range(1, one.pages + 1)]
    pages = [" ".join(text.split()) for text in pdf.texts(one.pdf)]
    version = forms.questionnaire(name, language).instrument.version
    for number, text in enumerate(pages, 1):
        assert f"{words['paper.form.page']} {number} {words['paper.form.of']} {one.pages}" in text
        assert f"{name}, version {version}, {language} · {one.code}" in text
        assert (words["paper.form.more"] in text) is (number < one.pages)


@pytest.mark.parametrize(("name", "language"), EVERY)
def test_what_must_be_said_is_said_and_nobody_is_asked_who_they_are(
    printed: dict[tuple[str, str], Printed], name: str, language: str
) -> None:
    words, pages = read_catalogues()[language], pdf.texts(printed[name, language].pdf)
    first, whole = " ".join(pages[0].split()), " ".join(" ".join(pages).split())
    for key in ("safety.nobody", "paper.form.how.nameless", "paper.form.how.one"):
        assert words[key] in first
    assert words["paper.form.how.wrong"] in first
    assert "112" in first
    # The warning stands above the way to report (HV-8.3), and there is no fax (EA-ÉCH-3).
    assert whole.index(words["paper.form.adverse.known"]) < whole.index("signalement.social-sante")
    assert not re.search(r"(?i)fax\W*\d", whole)
    assert not any(ASKED_NOWHERE.search(text) for text in pages)
    kinds = {
        box["kind"] for page in _map(printed[name, language])["pages"] for box in page["boxes"]
    }
    assert kinds <= {"tick", "digit", "line", "respondent", "code", "day"}


def test_the_map_names_the_form_and_its_corners(
    printed: dict[tuple[str, str], Printed],
) -> None:
    one, asked = printed["hads", "en"], forms.questionnaire("hads", "en")
    mapped = _map(one)
    assert (mapped["v"], mapped["form"]) == (1, one.code)
    assert mapped["corners"] == {"at": 10.0, "size": 5.0}
    assert mapped["questionnaires"] == [
        {
            "id": "hads",
            "version": "1",
            "language": "en",
            "definition_sha256": asked.definition_sha256,
            "wording_sha256": asked.wording_sha256,
        }
    ]


def test_hads_options_stand_in_the_order_of_the_definition(
    printed: dict[tuple[str, str], Printed],
) -> None:
    for page in filling.pages_of(printed["hads", "fr"].boxes):
        for item, boxes in filling.items_of(filling.boxes_of(page)).items():
            down = [box.code for box in sorted(boxes, key=lambda box: box.y)]
            assert tuple(down) == forms.questionnaire("hads").instrument.item(item).codes


def test_the_header_of_a_table_stands_on_each_page_that_it_reaches(
    printed: dict[tuple[str, str], Printed],
) -> None:
    pages = pdf.texts(printed["qlq-c30", "fr"].pdf)
    reached = [text for text in pages if re.search(r"^\s*(7|18|19|28)\. Essai", text, re.MULTILINE)]
    assert len(reached) == 2
    assert all(text.count("Réponse") == 4 and "Au cours" in text for text in reached)


def test_conditions_are_said_in_words(printed: dict[tuple[str, str], Printed]) -> None:
    said = {
        "fr": "Seulement si vous avez écrit 1 à 7 à la question 11.",
        "en": "Only if you wrote 1 to 7 at question 11.",
    }
    for language, sentence in said.items():
        whole = " ".join(" ".join(pdf.texts(printed["demo-qol", language].pdf)).split())
        assert whole.count(sentence) == 1


def test_the_same_form_is_the_same_bytes_in_another_press(
    printed: dict[tuple[str, str], Printed],
) -> None:
    with closing(Press(FORMS)) as another:
        again = PaperForms(another, read_catalogues()).print_form(forms.form("demo-qol"))
    assert again == printed["demo-qol", "fr"]


def test_another_wording_is_another_code(printed: dict[tuple[str, str], Printed]) -> None:
    assert len({one.code for one in (printed[asked] for asked in EVERY)}) == len(EVERY)


def test_a_pseudonym_is_printed_instead_of_its_boxes_and_moves_nothing(
    forms_printer: PaperForms, printed: dict[tuple[str, str], Printed]
) -> None:
    blank, coded = printed["lasa", "fr"], forms_printer.print_form(forms.form("lasa", coded=True))
    assert coded.code == blank.code
    assert pdf.problems(coded.pdf, "fr", pages=coded.pages) == []
    assert all(forms.CODE.printed() in " ".join(text.split()) for text in pdf.texts(coded.pdf))
    for secret in (*forms.CODE.printed().split(), forms.CODE.reveal()):
        assert not pdf.said_outside_pages(coded.pdf, secret)
        assert secret.encode() not in coded.boxes
    kept = [box for box in _boxes(blank) if box["kind"] != "code"]
    assert kept == _boxes(coded)
    assert len(_boxes(blank)) - len(kept) == 13


@pytest.mark.parametrize("readiness", Readiness)
def test_what_is_not_for_patients_says_so_on_each_page(
    forms_printer: PaperForms, readiness: Readiness
) -> None:
    asked = forms.questionnaire("lasa", "fr", readiness)
    given = replace(forms.form("lasa"), questionnaire=asked)
    texts, words = pdf.texts(forms_printer.print_form(given).pdf), read_catalogues()["fr"]
    for key, marked in (
        ("paper.form.proof", readiness is Readiness.PROOF),
        ("paper.demonstration", readiness is Readiness.DEMONSTRATION),
    ):
        assert all((words[key] in " ".join(text.split())) is marked for text in texts)


def test_a_language_without_interface_is_refused(forms_printer: PaperForms) -> None:
    given = forms.form("lasa")
    asked = given.questionnaire
    foreign = replace(asked, wording=replace(asked.wording, language="de"))
    with pytest.raises(PrintingError, match="no sheet in the language de"):
        forms_printer.print_form(replace(given, questionnaire=foreign))


def test_five_thousand_questions_are_refused_at_once(forms_printer: PaperForms) -> None:
    items = tuple(Item(f"i{n}", "integer", "s", maximum=9, display="number") for n in range(5000))
    section = Section("s", tuple(item.code for item in items))
    endless = Instrument("endless", "1", (section,), items, ())
    wording = Wording("fr", "t", {"s": SectionWording()}, {}, {})
    with pytest.raises(PrintingError, match="it has 5000 questions"):
        forms_printer.print_form(
            replace(forms.form("lasa"), questionnaire=forms.worded(endless, wording))
        )


def _map(one: Printed) -> dict[str, list[dict[str, list[dict[str, object]]]]]:
    mapped: dict[str, list[dict[str, list[dict[str, object]]]]] = json.loads(one.boxes)
    return mapped


def _boxes(one: Printed) -> list[dict[str, object]]:
    return [box for page in _map(one)["pages"] for box in page["boxes"]]


def test_a_killed_worker_is_told_and_the_next_form_is_printed() -> None:
    with closing(Press(FORMS)) as press, ThreadPoolExecutor(1) as threads:
        printer = PaperForms(press, read_catalogues())
        press.pdf(small("a"))
        assert press._worker
        job = threads.submit(printer.print_form, forms.form("sf-36"))
        while press._worker.jobs < 2:  # counted just before the request is sent
            time.sleep(0.01)
        press._worker.process.kill()
        with pytest.raises(PrintingError, match="could not be printed"):
            job.result()
        assert printer.print_form(forms.form("lasa")).pages == 2
