"""The hand-over sheet: readable by everybody, and the code on the slip alone."""

import hashlib
import re
from contextlib import closing
from dataclasses import replace

import pytest
from PIL import ImageOps

from qol.adapters.paper.hand_over import PaperPrinter, plain_address
from qol.adapters.paper.press import Press
from qol.adapters.words import read_catalogues
from qol.domain.errors import PrintingError
from qol.usecases.hcp.printing import NoteVariant
from tests import pdf, sheets

DPI = 150
EVERY = [(language, variant) for language in sheets.LANGUAGES for variant in NoteVariant]


@pytest.mark.parametrize(("language", "variant"), EVERY)
def test_every_variant_is_tagged_whole_and_alone(
    printer: PaperPrinter, language: str, variant: NoteVariant
) -> None:
    drawn = printer.print_hand_over(sheets.sheet(language, variant))
    assert pdf.problems(drawn, language, pages=3) == []


@pytest.mark.parametrize(("language", "variant"), EVERY)
def test_the_note_says_for_whom_which_version_and_which_day(
    printer: PaperPrinter, language: str, variant: NoteVariant
) -> None:
    words = read_catalogues()[language]
    sheet = sheets.sheet(language, variant)
    pages = [_flat(text) for text in pdf.texts(printer.print_hand_over(sheet))]
    note = " ".join(pages[:-1])
    day = {"fr": "1er mars 2026", "en": "1 March 2026"}[language]
    version = words["paper.note.version"].format(version="1", day=day)
    for said in (f"{words[f'paper.note.for.{variant}']}. {version}", sheet.notice.why):
        assert _flat(said) in note
    assert _flat(words[f"paper.note.read.{variant}"]) in note
    assert version in pages[-1]  # the stub attests the same


@pytest.mark.parametrize("language", sheets.LANGUAGES)
def test_the_warning_about_secrecy_stands_before_every_contact(
    printer: PaperPrinter, language: str
) -> None:
    sheet = sheets.sheet(language)
    note = _flat(" ".join(pdf.texts(printer.print_hand_over(sheet))[:-1]))
    warning = note.index(_flat(read_catalogues()[language]["paper.note.secret"]))
    assert warning < note.index(_flat(sheet.notice.adverse))
    assert warning < note.index(_flat(sheet.notice.contact))


@pytest.mark.parametrize("language", sheets.LANGUAGES)
def test_the_code_stands_once_and_only_on_the_slip(printer: PaperPrinter, language: str) -> None:
    drawn = printer.print_hand_over(sheets.sheet(language))
    pages = pdf.texts(drawn)
    slip, stub = pages[-1].split(read_catalogues()[language]["paper.stub.title"])
    assert sheets.CODE.printed() in slip
    bare = [re.sub(r"\s", "", text) for text in (*pages[:-1], slip, stub)]
    assert [text.count(sheets.CODE.reveal()) for text in bare] == [0] * (len(pages) - 1) + [1, 0]
    assert [text.count("K7F2M") for text in (slip, stub)] == [1, 1]
    assert sheets.CODE.reveal() not in repr(sheets.sheet(language))


@pytest.mark.parametrize("language", sheets.LANGUAGES)
def test_metadata_and_structure_hold_no_code_and_no_sheet_number(
    printer: PaperPrinter, language: str
) -> None:
    drawn = printer.print_hand_over(sheets.sheet(language))
    for secret in (*sheets.CODE.printed().split(), sheets.CODE.reveal(), "K7F2M"):
        assert not pdf.said_outside_pages(drawn, secret)
    # What is looked through: the title, and the words that stand for the square.
    assert pdf.said_outside_pages(drawn, read_catalogues()[language]["paper.title"])
    assert pdf.said_outside_pages(drawn, plain_address(sheets.ADDRESS + language))


@pytest.mark.parametrize("language", sheets.LANGUAGES)
def test_the_square_is_read_back_as_the_address_and_nothing_else(
    printer: PaperPrinter, language: str
) -> None:
    drawn = printer.print_hand_over(sheets.sheet(language))
    assert pdf.squares(drawn) == [f"{sheets.ADDRESS}{language}/"]


@pytest.mark.parametrize("language", sheets.LANGUAGES)
@pytest.mark.parametrize("own", [None, "Call us."])
def test_the_slip_says_once_that_nobody_reads_and_whom_to_call(
    printer: PaperPrinter, language: str, own: str | None
) -> None:
    """An installation's own sentence cannot take the fixed one away (T-26, F-15.3)."""
    given = sheets.sheet(language)
    safety = replace(given.safety, sentence=own or given.safety.sentence)
    slip = pdf.texts(printer.print_hand_over(replace(given, safety=safety)))[-1]
    assert _flat(slip).count(read_catalogues()[language]["safety.nobody"]) == 1
    for number in given.safety.numbers:
        assert f"{number.number} {number.label}" in _flat(slip)


def test_the_slip_names_no_programme_medicine_or_laboratory(printer: PaperPrinter) -> None:
    sheet = sheets.noticed(replace(sheets.sheet(), portal_name=""), "Telling")
    pages = pdf.texts(printer.print_hand_over(replace(sheet, portal_name="Questionnaires")))
    slip, stub = pages[-1].split("Talon")
    assert "Telling" not in slip
    assert "Telling" in stub
    assert not re.search("médicament|laboratoire|traitement|programme", slip)


def test_nothing_is_printed_in_the_outer_twelve_millimetres(
    printer: PaperPrinter,
) -> None:
    for picture in pdf.pictures(printer.print_hand_over(sheets.sheet()), DPI):
        left, top, right, bottom = ImageOps.invert(picture).getbbox() or (0, 0, 0, 0)
        inner = 12 / 25.4 * DPI - 1
        assert left >= inner
        assert top >= inner
        assert picture.width - right >= inner
        assert picture.height - bottom >= inner


def test_the_same_sheet_gives_the_same_bytes_in_any_worker(printer: PaperPrinter) -> None:
    prints = {hashlib.sha256(printer.print_hand_over(sheets.sheet())).digest()}
    printer.print_hand_over(sheets.sheet("en"))
    prints.add(hashlib.sha256(printer.print_hand_over(sheets.sheet())).digest())
    for _ in range(2):
        with closing(Press()) as other:
            again = PaperPrinter(other, read_catalogues()).print_hand_over(sheets.sheet())
        prints.add(hashlib.sha256(again).digest())
    assert len(prints) == 1


def test_only_the_bundled_font_is_used(printer: PaperPrinter) -> None:
    used = pdf.fonts(printer.print_hand_over(sheets.sheet()))
    assert used == {
        "Atkinson-Hyperlegible-Next",
        "Atkinson-Hyperlegible-Next-Bold",
        "Atkinson-Hyperlegible-Mono-Bold",
    }


def test_a_demonstration_says_so_on_every_page(printer: PaperPrinter) -> None:
    drawn = printer.print_hand_over(replace(sheets.sheet(), demonstration=True))
    assert ["Démonstration : ne pas utiliser" in text for text in pdf.texts(drawn)] == [True] * 3


@pytest.mark.parametrize(("words", "pages"), [(10, 3), (900, 5)])
def test_cutting_the_stub_never_cuts_the_note(
    printer: PaperPrinter, words: int, pages: int
) -> None:
    """The slip starts a leaf, though the printer uses both sides; a back may stay empty."""
    given = sheets.sheet()
    sheet = replace(given, notice=replace(given.notice, who="mot " * words))
    drawn = printer.print_hand_over(sheet)
    assert pdf.problems(drawn, "fr", pages) == []
    assert "Talon" in pdf.texts(drawn)[-1]


def test_a_long_follow_up_keeps_the_stub_in_one_piece(printer: PaperPrinter) -> None:
    given = sheets.sheet()
    drawn = printer.print_hand_over(replace(given, windows=given.windows * 5))
    texts = pdf.texts(drawn)
    assert pdf.problems(drawn, "fr", pages=4) == []
    assert ["Talon" in text for text in texts] == [False, False, False, True]
    assert sheets.CODE.printed() in texts[2]
    assert "20. 6 mois" in texts[3]


def test_a_sheet_without_dates_is_whole_too(printer: PaperPrinter) -> None:
    drawn = printer.print_hand_over(replace(sheets.sheet(), windows=()))
    assert pdf.problems(drawn, "fr", pages=3) == []


@pytest.mark.parametrize(
    "address",
    [
        "https://portal.example.org/?c=1",
        "https://portal.example.org/#x",
        "https://name@portal.example.org/",
        "file:///etc/passwd",
        "javascript:alert(1)",
        "portal.example.org",
        "https://",
        "",
    ],
)
def test_an_address_that_could_carry_more_is_refused(printer: PaperPrinter, address: str) -> None:
    with pytest.raises(PrintingError, match="web address and nothing more"):
        printer.print_hand_over(replace(sheets.sheet(), address=address))


def test_an_address_is_written_as_people_type_it() -> None:
    assert plain_address("https://portal.example.org/fr/") == "portal.example.org/fr"
    assert plain_address("http://127.0.0.1:8001/") == "http://127.0.0.1:8001"


def test_a_language_without_words_is_refused(printer: PaperPrinter) -> None:
    with pytest.raises(PrintingError, match="no sheet in the language de"):
        printer.print_hand_over(replace(sheets.sheet(), language="de"))


def _flat(text: str) -> str:
    return " ".join(text.split())
