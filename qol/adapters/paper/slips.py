"""A sheet of slips: three codes a page to be cut apart, each with its stub (EA-ÉCH-5-d, -i).

A slip says nothing of programme, disease, medicine or laboratory. Its square holds the portal's
address, the same for everybody; the stub carries the sheet number and never the code.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import closing

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from qol.adapters.paper.hand_over import TEMPLATES, plain_address, qr
from qol.adapters.paper.press import Limits, Press
from qol.adapters.paper.signs import printable
from qol.domain.errors import PrintingError
from qol.usecases.lab.batches.printing import Slip, SlipSheet

FITS, WIDEST = 260, 70
"""Characters of safety sentence and numbers, and of the address, that a slip has room for."""
LIMITS = Limits(seconds=110, pages=668, jobs=1)
"""2 000 slips are 667 pages and a cover. A part takes seconds, and less than the silence after
which a print is thought dead. A code must not stay in a worker that waits."""
A_PART = 15
"""Slips laid out at a time: five whole pages."""
_GAPS = (0, 6, 14, 20, 28, 34, 40, 46)
_DAY_BOXES = "".join(
    f'<rect x="{x + 0.2}" y="0.2" width="5.4" height="5.4" fill="#fff" stroke="#000"'
    ' stroke-width="0.25"/>'
    for x in _GAPS
)


class PaperSlips:
    """Draws slips with a press of their own, which lives for one job (port ``SlipPrinter``)."""

    def __init__(
        self, catalogues: Mapping[str, Mapping[str, str]], press: Callable[[], Press] | None = None
    ) -> None:
        """Take the interface texts by language; ``press`` is for tests: other limits."""
        self._catalogues = catalogues
        self._press = press or (lambda: Press(LIMITS))
        self._templates = Environment(
            loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined
        )

    def print_slips(self, sheet: SlipSheet, told: Callable[[int], None]) -> bytes:
        """Return the PDF; PrintingError says why not. ``told`` hears how many slips are drawn."""
        count = len(sheet.slips)
        parts = self.html(sheet)
        with closing(self._press()) as press:
            return press.pdf(*parts, told=lambda laid: told(min(laid * A_PART, count)))

    def html(self, sheet: SlipSheet) -> list[str]:
        """Draw the sheet for the press, in parts of whole pages; the first has the cover."""
        texts = self._catalogues.get(sheet.language)
        if texts is None:
            raise PrintingError(f"There are no slips in the language {sheet.language[:8]}.")
        t = texts.__getitem__
        address, safety = plain_address(sheet.address), sheet.safety
        said = safety.sentence + "".join(it.label + it.number for it in safety.numbers)
        if len(said) > FITS:
            raise PrintingError(f"The safety sentence is too long for a slip: {FITS} signs fit.")
        if len(address) > WIDEST:
            raise PrintingError(f"The address is too long for a slip: {WIDEST} signs fit.")
        shared = {
            "t": t,
            "language": sheet.language,
            "portal_name": sheet.portal_name,
            "demonstration": sheet.demonstration,
            "address": address,
            "qr": qr(sheet.address, t("paper.slip.qr").format(address=address)),
            "boxes": {what: _boxes(t, what) for what in ("given", "zero", "ended")},
            "safety": safety.sentence.removeprefix(t("safety.nobody")).strip(),
            "numbers": safety.numbers,
        }
        template = self._templates.get_template("slips.html")
        return [
            printable(template.render(shared, slips=slips, cover=None if at else sheet.cover))
            for at, slips in enumerate(_parts(sheet.slips))
        ]


def _parts(slips: tuple[Slip, ...]) -> list[tuple[Slip, ...]]:
    return [slips[at : at + A_PART] for at in range(0, len(slips), A_PART)]


def _boxes(t: Callable[[str], str], what: str) -> Markup:
    """Draw eight boxes for the digits of a day."""
    label = t("paper.slips.boxes").format(what=t(f"paper.slips.date.{what}"))
    drawing = Markup(_DAY_BOXES)  # noqa: S704 - our own numbers
    return Markup(
        '<svg class="boxes" viewBox="0 0 52 6" xmlns="http://www.w3.org/2000/svg">'
        "<title>{}</title>{}</svg>"
    ).format(label, drawing)
