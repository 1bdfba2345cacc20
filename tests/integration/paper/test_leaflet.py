"""The leaflet: readable by everybody, true to the site, the same for every patient."""

from __future__ import annotations

import re
from contextlib import closing
from dataclasses import replace

import pytest
from PIL import Image, ImageOps

from qol.adapters.paper.hand_over import TEMPLATES
from qol.adapters.paper.leaflet import PAGES, SIZES, PaperLeaflets
from qol.adapters.paper.press import Press
from qol.adapters.words import read_catalogues
from qol.domain.errors import PrintingError
from qol.usecases.lab.print_leaflet import Leaflet
from tests import pdf, sheets

DPI = 150
MM = DPI / 25.4
WORDS = read_catalogues()


def leaflet(language: str = "fr") -> Leaflet:
    """That of the demonstration, as a real programme's."""
    sheet = sheets.sheet(language)
    return Leaflet(language, sheet.portal_name, sheet.address, sheet.safety, sheet.notice)


@pytest.fixture(scope="module")
def leaflets(press: Press) -> PaperLeaflets:
    return PaperLeaflets(press, WORDS)


@pytest.fixture(scope="module", params=sheets.LANGUAGES)
def drawn(leaflets: PaperLeaflets, request: pytest.FixtureRequest) -> tuple[str, bytes]:
    return request.param, leaflets.print_leaflet(leaflet(request.param))


def _flat(text: str) -> str:
    return " ".join(text.split())


def _column(picture: Image.Image, left: float, right: float) -> Image.Image:
    """What is printed between two distances from the left, in millimetres."""
    return ImageOps.invert(picture).crop((round(left * MM), 0, round(right * MM), picture.height))


def _panels(printed: bytes) -> list[str]:
    """The text of help, cover, steps, after: each side read in its left and its right half."""
    return [_flat(text).replace("- ", "-") for text in pdf.halves(printed)]


def test_it_is_one_tagged_sheet_with_two_sides(drawn: tuple[str, bytes]) -> None:
    language, printed = drawn
    assert pdf.problems(printed, language, pages=PAGES) == []


def test_no_panel_is_printed_near_an_edge_or_the_fold(drawn: tuple[str, bytes]) -> None:
    for picture in pdf.pictures(drawn[1], DPI):
        assert picture.width > picture.height
        assert _column(picture, 0, 11.8).getbbox() is None
        assert _column(picture, 136.7, 160.8).getbbox() is None
        assert _column(picture, 285.2, 297).getbbox() is None
        _, top, _, bottom = ImageOps.invert(picture).getbbox() or (0, 0, 0, 0)
        assert top >= 11.8 * MM
        assert picture.height - bottom >= 11.8 * MM


def test_it_says_what_it_must_where_it_must(drawn: tuple[str, bytes]) -> None:
    language, printed = drawn
    t, given = WORDS[language], leaflet(language)
    help_, cover, steps, after = _panels(printed)
    assert cover.startswith(f"{given.portal_name} {t['paper.leaflet.title']}")
    for part in ("early", "law", "life"):
        assert t[f"paper.leaflet.why.{part}"] in cover
    assert t["paper.leaflet.slip.nameless"] in cover
    assert t["paper.leaflet.after.gone"] in after
    assert t["paper.leaflet.after.doctor"] in after
    assert t["paper.leaflet.paper.ask"] in after
    assert steps.index(t["paper.leaflet.open"]) < steps.index(t["paper.leaflet.code"])
    assert steps.index(t["paper.leaflet.code"]) < steps.index(t["paper.leaflet.send"])
    assert _flat(given.notice.contact) in help_


def test_it_names_buttons_and_the_receipt_as_the_site_does(drawn: tuple[str, bytes]) -> None:
    language, printed = drawn
    steps = _panels(printed)[2]
    for key in ("continue", "review.send", "received.title"):
        assert f"{WORDS[language][key]}" in steps


def test_the_warning_about_secrecy_stands_before_every_contact(drawn: tuple[str, bytes]) -> None:
    language, printed = drawn
    help_, notice = _panels(printed)[0], leaflet(language).notice
    warning = help_.index(WORDS[language]["paper.note.secret"])
    assert warning < help_.index(_flat(notice.adverse)) < help_.index(_flat(notice.contact))


@pytest.mark.parametrize("own", [None, "Call us."])
def test_nobody_reads_at_once_and_whom_to_call_always_stand_there(
    leaflets: PaperLeaflets, own: str | None
) -> None:
    """An installation's own sentence cannot take the fixed one away (T-26, F-15.3)."""
    given = leaflet()
    safety = replace(given.safety, sentence=own or given.safety.sentence)
    help_ = _panels(leaflets.print_leaflet(replace(given, safety=safety)))[0]
    box = help_[: help_.index(WORDS["fr"]["paper.note.secret.title"])]
    assert box.count(WORDS["fr"]["safety.nobody"]) == 1
    assert all(f"{it.number} {it.label}" in box for it in given.safety.numbers)


def test_the_square_and_the_line_below_say_the_address_and_nothing_else(
    drawn: tuple[str, bytes],
) -> None:
    language, printed = drawn
    assert pdf.squares(printed) == [f"{sheets.ADDRESS}{language}/"]
    assert f"questionnaires.example.org/{language}" in _panels(printed)[2]


def test_nothing_is_to_be_written_or_signed_on_it(drawn: tuple[str, bytes]) -> None:
    """No field, no dots to write on, no programme: found at home, it tells no disease."""
    whole = " ".join(_panels(drawn[1]))
    assert not re.search(r"\.{4}|_{3}|…|[Ss]ign(?:ature|ez| here)|[Dd][eé]monstration", whole)


def test_only_the_bundled_font_is_used_and_no_letter_is_under_twelve_points(
    drawn: tuple[str, bytes],
) -> None:
    assert {name.split("-")[0] for name in pdf.fonts(drawn[1])} == {"Atkinson"}
    assert min(SIZES) == 12
    style = (TEMPLATES / "leaflet.css").read_text("utf-8")
    sizes = re.findall(r"(?:font|font-size):[^;]*?([\d.]+)(pt|em)", style)
    assert len(sizes) >= 5
    assert all(float(size) >= {"pt": 12, "em": 1}[unit] for size, unit in sizes)


def test_the_same_leaflet_gives_the_same_bytes_in_any_worker(drawn: tuple[str, bytes]) -> None:
    language, printed = drawn
    with closing(Press()) as other:
        assert PaperLeaflets(other, WORDS).print_leaflet(leaflet(language)) == printed


def test_a_demonstration_says_so_on_both_sides(leaflets: PaperLeaflets) -> None:
    texts = pdf.texts(leaflets.print_leaflet(replace(leaflet(), demonstration=True)))
    assert ["Démonstration : ne pas utiliser" in _flat(text) for text in texts] == [True, True]


def _noticed(adverse: str) -> Leaflet:
    given = leaflet()
    return replace(given, notice=replace(given.notice, adverse=adverse))


def _points(leaflets: PaperLeaflets, press: Press, given: Leaflet) -> float:
    """In which size it was printed."""
    printed = leaflets.print_leaflet(given)
    return next(one for one in SIZES if press.pdf(leaflets.html(given, one)) == printed)


def test_longer_texts_get_smaller_letters_before_they_are_refused(
    leaflets: PaperLeaflets, press: Press
) -> None:
    adverse = leaflet().notice.adverse
    longer = _noticed(adverse + " Un mot de plus dans ce texte." * 3)
    assert _points(leaflets, press, leaflet()) == 13
    assert _points(leaflets, press, longer) < 13


@pytest.mark.parametrize("words", [150, 400, 5000])
def test_what_has_no_room_is_refused_and_says_what_to_shorten(
    leaflets: PaperLeaflets, words: int
) -> None:
    """However far a panel goes over: into its margin, onto the other side, onto more pages."""
    with pytest.raises(PrintingError, match="Shorten the programme's notice"):
        leaflets.print_leaflet(_noticed("mot " * words))


def test_what_a_programme_writes_is_text(leaflets: PaperLeaflets) -> None:
    text = "</style><img src='http://127.0.0.1/'> {{ 1 }} *x* <b>"
    printed = leaflets.print_leaflet(_noticed(text))
    assert text in _panels(printed)[0]
    assert pdf.problems(printed, "fr", PAGES) == []


def test_an_address_that_could_carry_more_is_refused(leaflets: PaperLeaflets) -> None:
    given = replace(leaflet(), address="https://portal.example.org/?c=1")
    with pytest.raises(PrintingError, match="web address and nothing more"):
        leaflets.print_leaflet(given)


def test_a_language_without_words_is_refused(leaflets: PaperLeaflets) -> None:
    with pytest.raises(PrintingError, match="no leaflet in the language de"):
        leaflets.print_leaflet(replace(leaflet(), language="de"))
