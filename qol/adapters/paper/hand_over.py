"""The hand-over sheet: note, slip and stub (EA-10.2-b, EA-ÉCH-5-d, EA-ÉCH-5-i)."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlsplit

import segno
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from qol.adapters.paper.press import Press
from qol.adapters.paper.signs import printable
from qol.domain.days import spoken_day
from qol.domain.errors import PrintingError
from qol.usecases.hcp.printing import HandOverSheet

TEMPLATES = Path(__file__).parents[3] / "templates" / "paper"
_BOX = Markup(
    '<svg class="tick" viewBox="0 0 20 20" xmlns="http://www.w3.org/2000/svg"><title>{}</title>'
    '<rect x="1" y="1" width="18" height="18" fill="#fff" stroke="#000" stroke-width="1.6"/></svg>'
)


class PaperPrinter:
    """Draws a sheet as HTML and has it printed."""

    def __init__(self, press: Press, catalogues: Mapping[str, Mapping[str, str]]) -> None:
        """Take the press and the interface texts by language."""
        self._press = press
        self._catalogues = catalogues
        self._templates = Environment(
            loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined
        )

    def print_hand_over(self, sheet: HandOverSheet) -> bytes:
        """Return the PDF; PrintingError when it cannot be printed or its address is not plain."""
        return self._press.pdf(self.html(sheet))

    def html(self, sheet: HandOverSheet) -> str:
        """Draw the sheet for the press."""
        texts = self._catalogues.get(sheet.language)
        if texts is None:
            raise PrintingError(f"There is no sheet in the language {sheet.language[:8]}.")
        t = texts.__getitem__
        address = plain_address(sheet.address)
        template = self._templates.get_template("hand_over.html")
        html = template.render(
            sheet=sheet,
            t=t,
            day=lambda value: spoken_day(value, t),
            paragraphs=paragraphs,
            box=lambda what: _BOX.format(t("paper.stub.box").format(what=what)),
            groups=sheet.pseudonym.printed().split(),
            address=address,
            qr=qr(sheet.address, t("paper.slip.qr").format(address=address)),
            reader=t(f"paper.note.for.{sheet.variant}"),
            version=t("paper.note.version").format(
                version=sheet.notice.version, day=spoken_day(sheet.given_on, t)
            ),
            # The fixed sentence always stands there, and only once (T-26).
            safety=sheet.safety.sentence.removeprefix(t("safety.nobody")).strip(),
        )
        return printable(html)


def plain_address(address: str) -> str:
    """Give the address as a person types it; PrintingError when it could carry more (T-11)."""
    parts = urlsplit(address)
    plain = parts.scheme in {"http", "https"} and parts.hostname and "@" not in parts.netloc
    if not plain or parts.query or parts.fragment or "?" in address or "#" in address:
        raise PrintingError("The portal's address on a slip is a web address and nothing more.")
    return address.removeprefix("https://").rstrip("/")


def qr(address: str, title: str) -> Markup:
    """Draw the address as a square whose shapes carry their own colours."""
    square = segno.make_qr(address, error="m")
    drawn = square.svg_inline(
        border=4, omitsize=True, title=title, svgclass=None, lineclass=None, light="#fff"
    )
    return Markup(drawn)  # noqa: S704 - segno escapes the title, the rest is numbers


def paragraphs(text: str) -> Markup:
    """Write plain text, one paragraph a line; nothing in it is markup."""
    lines = (line.strip() for line in text.splitlines())
    return Markup("\n").join(Markup("<p>{}</p>").format(escape(line)) for line in lines if line)
