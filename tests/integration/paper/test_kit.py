"""The postal kit: what is needed for answers by post, and nothing that tells who (EA-ÉCH-5-h)."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from PIL import ImageOps

from qol.adapters.paper.form import PaperForms
from qol.adapters.words import read_catalogues
from qol.usecases.lab.paper import Kit, Printed
from tests import filling, forms, pdf, sheets

DPI = filling.DPI
POSTAL = forms.POSTAL
NAMES = ("pain-nrs", "lasa")


def _kit(language: str) -> Kit:
    sheet = sheets.sheet(language)
    asked = tuple(forms.questionnaire(name, language) for name in NAMES)
    return Kit(language, asked, sheet.safety, sheet.notice, POSTAL)


@pytest.fixture(scope="module", params=forms.LANGUAGES)
def kit(forms_printer: PaperForms, request: pytest.FixtureRequest) -> tuple[str, Printed]:
    return request.param, forms_printer.print_kit(_kit(request.param))


def _texts(one: Printed) -> list[str]:
    return [" ".join(text.split()) for text in pdf.texts(one.pdf)]


def test_it_is_tagged_whole_and_alone(kit: tuple[str, Printed]) -> None:
    language, one = kit
    assert pdf.problems(one.pdf, language, one.pages) == []


def test_the_leaf_warns_before_it_names_anybody_to_write_to(kit: tuple[str, Printed]) -> None:
    language, one = kit
    words, leaf = read_catalogues()[language], _texts(one)[0]
    notice = _kit(language).notice
    assert words["paper.kit.nameless"] in leaf
    assert words["safety.nobody"] in leaf
    warning = leaf.index(words["paper.note.secret"])
    assert warning < leaf.index(" ".join(notice.adverse.split()))
    assert warning < leaf.index(" ".join(notice.contact.split()))


def test_every_form_begins_a_sheet_of_its_own(kit: tuple[str, Printed]) -> None:
    language, one = kit
    texts = _texts(one)
    for name in NAMES:
        title = forms.questionnaire(name, language).wording.title
        first = next(n for n, text in enumerate(texts, 1) if text.startswith(title))
        assert first % 2 == 1


def test_the_address_stands_in_the_window_alone_and_nothing_on_its_back(
    kit: tuple[str, Printed],
) -> None:
    language, one = kit
    texts, words = _texts(one), read_catalogues()[language]
    at = next(n for n, text in enumerate(texts) if text.startswith(words["paper.kit.address"]))
    assert at % 2 == 0  # counted from 0: the front of a sheet
    assert texts[at + 1] == ""
    assert all(line in texts[at] for line in POSTAL.address)
    assert words["paper.kit.address.licence"].format(licence="00000") in texts[at]
    picture = pdf.pictures(one.pdf, DPI)[at]
    # The window of a DL envelope: 85 by 33 mm, 55 mm from the top and 110 mm from the left.
    window = [round(v * filling.MM) for v in (110, 55, 195, 88)]
    inside = ImageOps.invert(picture.crop((window[0], window[1], window[2], window[3]))).getbbox()
    wider = [round(v * filling.MM) for v in (100, 48, 210, 95)]
    around = ImageOps.invert(picture.crop((wider[0], wider[1], wider[2], wider[3]))).getbbox()
    assert inside is not None
    assert around is not None
    # Two millimetres of play on each side, whatever the envelope does to the sheet.
    assert around[0] + wider[0] >= window[0] + 2 * filling.MM
    assert around[1] + wider[1] >= window[1] + 2 * filling.MM
    assert around[2] + wider[0] <= window[2] - 2 * filling.MM
    assert around[3] + wider[1] <= window[3] - 2 * filling.MM


def test_the_fold_marks_stand_at_a_third_and_two_thirds(kit: tuple[str, Printed]) -> None:
    language, one = kit
    at = next(
        n
        for n, text in enumerate(_texts(one))
        if text.startswith(read_catalogues()[language]["paper.kit.address"])
    )
    edge = pdf.pictures(one.pdf, DPI)[at].crop((0, 0, round(16 * filling.MM), 1754))
    for fold in (99, 198):
        near = edge.crop(
            (0, round((fold - 0.5) * filling.MM), edge.width, round((fold + 0.5) * filling.MM))
        )
        assert ImageOps.invert(near).getbbox() is not None


def test_no_box_lies_on_a_fold(kit: tuple[str, Printed], forms_printer: PaperForms) -> None:
    _, one = kit
    assert _creased(one) == set()
    alone = forms_printer.print_form(forms.form("hads"))
    assert _creased(alone)  # a form that nobody folds is left as it is


def _creased(one: Printed) -> set[str | None]:
    return {
        box.item
        for page in filling.pages_of(one.boxes)
        for box in filling.boxes_of(page)
        if any(box.y < fold < box.y + box.height for fold in (99, 198))
    }


def test_the_check_page_has_a_true_ruler_boxes_and_greys(kit: tuple[str, Printed]) -> None:
    language, one = kit
    words, last = read_catalogues()[language], _texts(one)[-1]
    for key in ("check.full", "check.not", "check.sides", "check.ruler"):
        assert words[f"paper.kit.{key}"] in last
    picture = pdf.pictures(one.pdf, DPI)[-1]
    found = filling.corners(picture)
    assert all(
        max(abs(seen[0] - true[0]), abs(seen[1] - true[1])) < 0.2
        for seen, true in zip(found, filling.CENTRES, strict=True)
    )
    black = picture.point(lambda grey: 255 if grey < 100 else 0)
    widths = set()
    for y in range(round(60 * filling.MM), round(140 * filling.MM)):
        box = black.crop((0, y, picture.width, y + 1)).getbbox()
        if box:
            widths.add(round((box[2] - box[0]) / filling.MM, 1))
    assert 100.0 in {round(width) for width in widths}
    tones = picture.histogram()
    each = 0.9 * 20 * 10 * filling.MM**2  # pixels of one grey, 20 by 10 mm
    assert all(tones[tone] > each for tone in (0xF1, 0xCC, 0x99, 0x55, 0x00))


def test_text_keeps_twelve_millimetres_from_every_edge(kit: tuple[str, Printed]) -> None:
    _, one = kit
    edge = round(12 * filling.MM)
    for picture in pdf.pictures(one.pdf, DPI):
        page = ImageOps.invert(picture)
        side = round(16 * filling.MM)
        for x in (0, page.width - side):  # the corner marks stand nearer, at 10 mm
            for y in (0, page.height - side):
                page.paste(0, (x, y, x + side, y + side))
        page.paste(0, (round(90 * filling.MM), 0, round(120 * filling.MM), side))  # the square
        found = page.getbbox()
        if found:
            assert found[0] >= edge - 1
            assert found[1] >= edge - 1
            assert found[2] <= page.width - edge
            assert found[3] <= page.height - edge


def test_the_programme_is_not_named_anywhere(kit: tuple[str, Printed]) -> None:
    whole = " ".join(_texts(kit[1]))
    assert not re.search(r"Programme de dém|Demonstration prog|DEMONSTRATION-0000", whole)


def test_hostile_address_lines_are_text(forms_printer: PaperForms) -> None:
    lines = ('<img src="http://127.0.0.1/">', "</style><b>x", "=1+1")
    short = replace(_kit("fr"), questionnaires=_kit("fr").questionnaires[:1])
    given = replace(short, postal=replace(POSTAL, address=lines))
    one = forms_printer.print_kit(given)
    assert all(line in " ".join(_texts(one)) for line in lines)
    assert pdf.problems(one.pdf, "fr", one.pages) == []
