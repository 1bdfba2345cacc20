"""A picture of the sheet, to be looked at and committed: ``make screenshots``."""

from pathlib import Path

import pytest
from PIL import Image

from qol.adapters.paper.hand_over import PaperPrinter
from tests import pdf, sheets

FOLDER = Path(__file__).parents[3] / "docs" / "screens"


@pytest.mark.screenshots
def test_the_hand_over_sheet(printer: PaperPrinter) -> None:
    pages = pdf.pictures(printer.print_hand_over(sheets.sheet()), dpi=90)
    step = pages[0].width + 20
    shown = Image.new("L", (step * len(pages) + 20, pages[0].height + 40), 190)
    for place, page in enumerate(pages):
        shown.paste(page, (step * place + 20, 20))
    shown.quantize(16).save(FOLDER / "paper-hand-over.png", optimize=True)
