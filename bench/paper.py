"""``python -m bench.paper``: a sheet through the press, beside WeasyPrint alone.

The floor is the same HTML given to WeasyPrint directly, in a process that has it loaded,
with the same fonts. What the press adds: drawing the template, the pipes, the check of signs.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from qol.adapters.paper.hand_over import PaperPrinter
from qol.adapters.paper.press import FONTS, Press
from qol.adapters.words import read_catalogues
from tests import sheets

WANTED = 1.25
ROUNDS = 15


@dataclass(frozen=True, slots=True)
class Paper:
    """Milliseconds of one hand-over sheet, medians, and the median of the rounds' ratios."""

    press: float
    alone: float
    ratio: float


def cost(rounds: int) -> Paper:
    """Measure both in turn, warm."""
    with TemporaryDirectory() as folder, closing(Press()) as press:
        printer, sheet = PaperPrinter(press, read_catalogues()), sheets.sheet()
        alone = _alone(Path(folder), printer.html(sheet))
        if printer.print_hand_over(sheet) != alone():
            raise RuntimeError("the press and WeasyPrint alone do not draw the same sheet")
        pairs = [
            (_milliseconds(lambda: printer.print_hand_over(sheet)), _milliseconds(alone))
            for _ in range(rounds)
        ]
    through, beside = zip(*pairs, strict=True)
    return Paper(median(through), median(beside), median(a / b for a, b in pairs))


def _alone(folder: Path, html: str) -> Callable[[], bytes]:
    conf = folder / "fonts.conf"
    conf.write_text(f"<fontconfig><dir>{FONTS}</dir><cachedir>{folder}</cachedir></fontconfig>")
    os.environ["FONTCONFIG_FILE"] = str(conf)  # read once, when WeasyPrint is loaded
    from weasyprint import HTML  # noqa: PLC0415
    from weasyprint.text.fonts import FontConfiguration  # noqa: PLC0415

    fonts = FontConfiguration()

    def drawn() -> bytes:
        pdf: bytes = HTML(string=html).write_pdf(font_config=fonts, pdf_variant="pdf/ua-1")
        return pdf

    return drawn


def _milliseconds(act: Callable[[], object]) -> float:
    begun = time.perf_counter()
    act()
    return 1000 * (time.perf_counter() - begun)


if __name__ == "__main__":
    found = cost(ROUNDS)
    print(f"a hand-over sheet through the press: {found.press:.0f} ms")
    print(f"the same HTML, WeasyPrint alone: {found.alone:.0f} ms")
    print(f"ratio: {found.ratio:.2f}, wanted at most {WANTED}")
