"""Pictures of all that is printed, to be looked at and committed: ``make screenshots``."""

import pytest
from PIL import Image

from qol.adapters.paper.form import PaperForms
from qol.adapters.paper.hand_over import PaperPrinter
from qol.adapters.paper.leaflet import PaperLeaflets
from qol.adapters.paper.press import Press
from qol.adapters.paper.slips import PaperSlips
from qol.adapters.words import read_catalogues
from qol.usecases.lab.paper import Kit, Readiness, Review
from tests import forms, pdf, sheets
from tests.integration.paper.test_leaflet import leaflet
from tests.screens import FOLDER, PAPER
from tests.slip_sheets import slip_sheet


@pytest.mark.screenshots
def test_the_hand_over_sheet(printer: PaperPrinter) -> None:
    pages = pdf.pictures(printer.print_hand_over(sheets.sheet()), dpi=90)
    _beside(pages, "paper-hand-over.png")


@pytest.mark.screenshots
def test_the_forms(forms_printer: PaperForms) -> None:
    for name, pages in (("demo-qol", (0, 1, 2)), ("eq-5d-5l", (0, 2)), ("lasa", (0,))):
        drawn = pdf.pictures(forms_printer.print_form(forms.form(name)).pdf, dpi=80)
        _beside([drawn[page] for page in pages], f"paper-form-{name}.png")


@pytest.mark.screenshots
def test_the_postal_kit(forms_printer: PaperForms) -> None:
    sheet = sheets.sheet()
    asked = (forms.questionnaire("lasa"),)
    kit = Kit("fr", asked, sheet.safety, sheet.notice, forms.POSTAL)
    drawn = pdf.pictures(forms_printer.print_kit(kit).pdf, dpi=80)
    _beside([drawn[0], drawn[-3], drawn[-1]], "paper-kit.png")


@pytest.mark.screenshots
def test_the_leaflet(press: Press) -> None:
    printed = PaperLeaflets(press, read_catalogues()).print_leaflet(leaflet())
    _beside(pdf.pictures(printed, dpi=80), "paper-leaflet.png")


@pytest.mark.screenshots
def test_the_slips() -> None:
    printed = PaperSlips(read_catalogues()).print_slips(slip_sheet(4), lambda _: None)
    _beside(pdf.pictures(printed, dpi=80)[:2], "paper-slips.png")


@pytest.mark.screenshots
def test_the_review(forms_printer: PaperForms) -> None:
    asked = (forms.questionnaire("demo-qol", "fr", Readiness.PROOF),)
    review = Review(asked, {"fr": sheets.sheet().safety}, "5c" * 32)
    drawn = pdf.pictures(forms_printer.print_review(review).pdf, dpi=80)
    _beside([drawn[0], drawn[1], drawn[13]], "paper-review.png")


def _beside(pages: list[Image.Image], name: str) -> None:
    assert name.removesuffix(".png") in PAPER
    step = pages[0].width + 20
    shown = Image.new("L", (step * len(pages) + 20, pages[0].height + 40), 190)
    for place, page in enumerate(pages):
        shown.paste(page, (step * place + 20, 20))
    shown.quantize(16).save(FOLDER / name, optimize=True)
