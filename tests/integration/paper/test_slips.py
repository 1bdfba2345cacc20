"""A sheet of slips: readable by everybody, cut apart easily, and the code on the slip alone."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from itertools import combinations

import pytest

from qol.adapters.paper.slips import FITS, LIMITS, WIDEST, PaperSlips
from qol.adapters.words import read_catalogues
from qol.domain.errors import PrintingError
from qol.usecases.lab.batches.printing import SlipSheet
from tests import pdf
from tests.sheets import LANGUAGES
from tests.slip_sheets import BATCH, SITE, slip_sheet

COUNT, PAGES = 7, 4
POINTS_A_MM = 72 / 25.4


@cache
def drawn(language: str = "fr") -> bytes:
    """Seven slips, on three sheets after the cover."""
    return PaperSlips(read_catalogues()).print_slips(slip_sheet(COUNT, language), lambda _: None)


def part(content: bytes, left: float, width: float) -> str:
    """The text of one part of every page, between two distances from its left edge in mm."""
    box = [left * POINTS_A_MM, 0, width * POINTS_A_MM, 842]
    asked = [f"{value:.0f}" for value in box]
    options = [x for pair in zip(("-x", "-y", "-W", "-H"), asked, strict=True) for x in pair]
    command = ["pdftotext", "-r", "72", *options, "-f", "2", "-", "-"]
    return subprocess.run(command, input=content, capture_output=True, check=True).stdout.decode()


def boxed(content: bytes) -> str:
    """Every word and where it stands, as poppler writes it."""
    command = ["pdftotext", "-bbox", "-f", "2", "-", "-"]
    return subprocess.run(command, input=content, capture_output=True, check=True).stdout.decode()


def boxes(content: bytes) -> list[tuple[float, ...]]:
    """Left, top, right and bottom of every word, in points."""
    sides = re.findall(
        r'<word xMin="(.*?)" yMin="(.*?)" xMax="(.*?)" yMax="(.*?)">', boxed(content)
    )
    return [tuple(map(float, found)) for found in sides]


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_is_tagged_whole_and_alone(language: str) -> None:
    assert pdf.problems(drawn(language), language, PAGES) == []


def test_every_code_stands_once_on_its_slip_in_groups() -> None:
    sheet, slips = slip_sheet(COUNT), part(drawn(), 0, 147)
    for slip in sheet.slips:
        assert slips.count(slip.pseudonym.printed()) == 1
        assert slips.count(slip.sheet_number) == 1
    assert re.findall(r"\b[0-9A-Z]{5}\b(?= *\n)", slips)


def test_the_stub_has_the_sheet_number_and_no_code() -> None:
    stubs = part(drawn(), 148, 62)
    for slip in slip_sheet(COUNT).slips:
        assert stubs.count(slip.sheet_number) == 1
        assert not any(group in stubs for group in slip.pseudonym.printed().split())
    assert stubs.count(read_catalogues()["fr"]["paper.slips.date.given"]) == COUNT


def test_codes_are_at_least_eighteen_points_in_a_font_with_a_slashed_zero() -> None:
    groups = {
        group for slip in slip_sheet(COUNT).slips for group in slip.pseudonym.printed().split()
    }
    heights = [
        float(bottom) - float(top)
        for top, bottom, word in re.findall(
            r'yMin="([\d.]+)".*?yMax="([\d.]+)">(\w+)<', boxed(drawn())
        )
        if word in groups
    ]
    assert len(heights) >= 3 * COUNT
    assert min(heights) >= 18
    assert "Atkinson-Hyperlegible-Mono-Bold" in str(pdf.fonts(drawn()))


def test_the_square_is_the_same_address_on_every_slip_and_nothing_more() -> None:
    assert pdf.squares(drawn()) == ["https://questionnaires.example.org/fr/"] * COUNT
    assert part(drawn(), 0, 147).count("questionnaires.example.org/fr") == COUNT


def test_batch_and_site_are_on_the_cover_alone_and_no_code_is() -> None:
    cover, *slips = pdf.texts(drawn())
    assert BATCH in cover
    assert SITE in cover
    assert not [page for page in slips if BATCH in page or SITE in page]
    for slip in slip_sheet(COUNT).slips:
        assert slip.pseudonym.printed() not in cover
        assert not pdf.said_outside_pages(drawn(), slip.pseudonym.reveal())
        assert not pdf.said_outside_pages(drawn(), slip.pseudonym.printed())


def test_a_slip_says_that_nobody_reads_at_once_and_whom_to_call() -> None:
    sheet, text = slip_sheet(COUNT), " ".join(part(drawn(), 0, 147).split())
    assert text.count(read_catalogues()["fr"]["safety.nobody"]) == COUNT
    for number in sheet.safety.numbers:
        assert text.count(f"{number.number} {number.label}") == COUNT


def test_the_same_sheet_is_the_same_bytes() -> None:
    again = PaperSlips(read_catalogues()).print_slips(slip_sheet(COUNT), lambda _: None)
    assert again == drawn()


def test_a_demonstrations_slip_says_so() -> None:
    printer = PaperSlips(read_catalogues())
    [html] = printer.html(slip_sheet(2, demonstration=True))
    assert html.count(read_catalogues()["fr"]["paper.demonstration"]) == 3


def test_two_thousand_slips_fit_the_limits() -> None:
    parts = PaperSlips(read_catalogues()).html(slip_sheet(2000))
    assert sum(part.count('class="sheet-of"') for part in parts) + 1 <= LIMITS.pages
    assert ['class="cover"' in part for part in parts].count(True) == 1
    assert max(part.count('class="one"') for part in parts[:-1]) % 3 == 0


@pytest.mark.parametrize("what", ["safety", "address", "language", "query"])
def test_what_a_slip_has_no_room_for_is_refused(what: str) -> None:
    sheet = slip_sheet(1)
    wrong = {
        "safety": replace(sheet, safety=replace(sheet.safety, sentence="a" * (FITS + 1))),
        "address": replace(sheet, address=f"https://{'a' * WIDEST}.example.org/fr/"),
        "language": replace(sheet, language="de"),
        "query": replace(sheet, address="https://questionnaires.example.org/fr/?code=1"),
    }[what]
    with pytest.raises(PrintingError):
        PaperSlips(read_catalogues()).html(wrong)


def longest(language: str) -> SlipSheet:
    """Slips with as long a safety sentence and address as is allowed."""
    sheet = slip_sheet(3, language)
    first, room = sheet.safety.numbers[0], FITS - len(sheet.safety.sentence)
    one = replace(first, label=("Urgences " * 30)[: room - len(first.number)])
    address = f"https://{'questionnaires.' * 4}org/{language}/"
    return replace(sheet, safety=replace(sheet.safety, numbers=(one,)), address=address)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("made", [longest, lambda language: slip_sheet(3, language)])
def test_no_word_stands_on_another_or_on_a_cut(
    made: Callable[[str], SlipSheet], language: str
) -> None:
    words = boxes(PaperSlips(read_catalogues()).print_slips(made(language), lambda _: None))
    assert len(words) > 150
    cut, third = 147 * POINTS_A_MM, 99 * POINTS_A_MM
    for left, top, right, bottom in words:
        assert (left < cut) == (right < cut)
        assert int(top / third) == int(bottom / third)
    for one, other in combinations(words, 2):
        across = min(one[2], other[2]) - max(one[0], other[0])
        along = min(one[3], other[3]) - max(one[1], other[1])
        assert not (across > 0.5 and along > 3)  # lines touch, words do not
