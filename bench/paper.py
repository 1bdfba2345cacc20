"""``python -m bench.paper``: paper through the press, beside WeasyPrint alone; in PAPER.md.

The floor is the same HTML given to WeasyPrint directly, in a process that has it loaded,
with the same fonts. What the press adds: drawing the template, the squares, the pipes, the
check of signs and, for a form, the box map.
"""

from __future__ import annotations

import os
import platform
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from qol.adapters.paper.form import PaperForms
from qol.adapters.paper.hand_over import PaperPrinter
from qol.adapters.paper.press import FONTS, FORMS, Press
from qol.adapters.words import read_catalogues
from tests import forms, sheets

WANTED = 1.25
ROUNDS = 15
REPORT = Path(__file__).with_name("PAPER.md")

Act = Callable[[], bytes]


@dataclass(frozen=True, slots=True)
class Paper:
    """Milliseconds of one document, medians, and the median of the rounds' ratios."""

    name: str
    press: float
    alone: float
    ratio: float


def costs(rounds: int) -> Iterator[Paper]:
    """Measure each document both ways in turn, warm."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(TemporaryDirectory()))
        catalogues = read_catalogues()
        sheet = PaperPrinter(stack.enter_context(closing(Press())), catalogues)
        form = PaperForms(stack.enter_context(closing(Press(FORMS))), catalogues)
        given, long, few = sheets.sheet(), forms.form("sf-36"), forms.form("lasa")
        documents: list[tuple[str, Act, str]] = [
            ("hand-over sheet", lambda: sheet.print_hand_over(given), sheet.html(given)),
            ("form of 36 items, with box map", lambda: form.print_form(long).pdf, form.html(long)),
            (
                "form of five items, with box map",
                lambda: form.print_form(few).pdf,
                form.html(few),
            ),
        ]
        for name, through, html in documents:
            yield _cost(name, through, _alone(folder, html), rounds)


def _cost(name: str, through: Act, alone: Act, rounds: int) -> Paper:
    if through() != alone():
        raise RuntimeError(f"the press and WeasyPrint alone do not draw the same: {name}")
    pairs = [(_milliseconds(through), _milliseconds(alone)) for _ in range(rounds)]
    ours, floor = zip(*pairs, strict=True)
    return Paper(name, median(ours), median(floor), median(a / b for a, b in pairs))


def _alone(folder: Path, html: str) -> Act:
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


def _milliseconds(act: Act) -> float:
    begun = time.perf_counter()
    act()
    return 1000 * (time.perf_counter() - begun)


def report(found: list[Paper], rounds: int) -> str:
    """Write the table."""
    head = (
        "# What paper costs\n\n"
        "Written by `python -m bench.paper`; the ratios count, the absolute figures move with the"
        " machine.\n"
        f"{datetime.now(UTC).date()}, Python {platform.python_version()}, {os.cpu_count()} cores;"
        f" medians of {rounds} interleaved rounds.\n\n"
        "Alone: the same HTML given to WeasyPrint in a process that has it loaded. Both draw the"
        " same bytes.\n\n"
        "| document | through the press, ms | alone, ms | press over alone | wanted |\n"
        "|---|---:|---:|---:|---:|\n"
    )
    rows = (
        f"| {one.name} | {one.press:.0f} | {one.alone:.0f} | {one.ratio:.2f} | ≤ {WANTED} |\n"
        for one in found
    )
    return head + "".join(rows)


if __name__ == "__main__":
    REPORT.write_text(report(list(costs(ROUNDS)), ROUNDS), "utf-8")
    print(REPORT.read_text("utf-8"), end="")
