"""The leaflet: one A4 sheet, folded once, that a patient keeps with the slip.

Its texts follow the rules of easy French (FALC): known words, the same word for the same
thing, short sentences with one idea each. No reader has checked it: it bears no FALC sign.
"""

from __future__ import annotations

from collections.abc import Mapping

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from qol.adapters.paper.hand_over import TEMPLATES, paragraphs, plain_address, qr
from qol.adapters.paper.press import Drawn, Press
from qol.adapters.paper.signs import emphasised, printable
from qol.domain.errors import PrintingError
from qol.usecases.lab.print_leaflet import Leaflet

PAGES = 2
PANELS = {"cover": 1, "help": 1, "steps": 2, "after": 2}
"""Each panel's side, in the order in which they are read aloud; help is left of the cover."""
SIZES = (14.0, 13.5, 13.0, 12.5, 12.0)
"""Points of the text, largest first: a programme with long texts gets smaller ones."""
ROOM = 186.0
"""Millimetres that a panel has for its text: half an A4 sheet less 12 mm on each side."""


class PaperLeaflets:
    """Draws leaflets as HTML and has them printed (port ``LeafletPrinter``)."""

    def __init__(self, press: Press, catalogues: Mapping[str, Mapping[str, str]]) -> None:
        """Take the press and the interface texts by language."""
        self._press = press
        self._catalogues = catalogues
        self._templates = Environment(
            loader=FileSystemLoader(TEMPLATES),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._templates.filters.update(words=emphasised)

    def print_leaflet(self, leaflet: Leaflet) -> bytes:
        """Return the PDF in the largest letters that fit; PrintingError when none does."""
        for points in SIZES:
            drawn = self._press.drawn(self.html(leaflet, points))
            if _fits(drawn):
                return drawn.pdf
        raise PrintingError(
            "The leaflet has no room for its texts. Shorten the programme's notice (contact,"
            " adverse), the safety sentence or the address."
        )

    def html(self, leaflet: Leaflet, points: float) -> str:
        """Draw it for the press, the text in letters of that size."""
        texts = self._catalogues.get(leaflet.language)
        if texts is None:
            raise PrintingError(f"There is no leaflet in the language {leaflet.language[:8]}.")
        t = texts.__getitem__
        address = plain_address(leaflet.address)
        html = self._templates.get_template("leaflet.html").render(
            leaflet=leaflet,
            points=points,
            t=t,
            paragraphs=paragraphs,
            address=address,
            qr=qr(leaflet.address, t("paper.slip.qr").format(address=address)),
            # The fixed sentence always stands there, and only once (T-26).
            safety=leaflet.safety.sentence.removeprefix(t("safety.nobody")).strip(),
        )
        return printable(html)


def _fits(drawn: Drawn) -> bool:
    """Say whether no panel goes on where another page begins, nor into the margin."""
    stands = {name: drawn.places[name] for name in PANELS}
    return drawn.pages == PAGES and all(
        stands[name].page == side and stands[name].height <= ROOM for name, side in PANELS.items()
    )
