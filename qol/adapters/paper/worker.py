"""The process that draws: HTML in, PDF out, one line of JSON for each.

Started by ``press`` as a file, isolated: it imports nothing of the portal, holds no key and
knows no network. Whatever goes wrong ends it; the press starts another one.

A request is one line, ``{"html": …}``. A reply is one line, with ``size``, ``pages`` and
``places``, and as many bytes of PDF; or ``{"refused": …}`` with one of ``pages`` and ``signs``.
``places`` says where each element with an id stands: id to [page, x, y, width, height], pages
from 1, the rest in millimetres from the page's top left.
"""

from __future__ import annotations

import json
import resource
import signal
import sys
import unicodedata
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import BinaryIO

from fontTools.ttLib import TTFont
from weasyprint import HTML
from weasyprint.document import Page
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher

# A sheet carries all that it shows; one that asks for an address is not printed (F-16, T-63).
_NOTHING = URLFetcher(allowed_protocols=(), fail_on_errors=True)
_TAGGED = {"pdf_variant": "pdf/ua-1"}
_SHOWN = 5
_MILLIMETRES = 25.4 / 96  # of one CSS pixel


def printable(fonts: Path) -> frozenset[str]:
    """List the characters that every bundled font has a sign for.

    Marks that have no sign, or that turn the reading direction, are none of them.
    """
    known = [set(TTFont(path, lazy=True).getBestCmap()) for path in sorted(fonts.glob("*.ttf"))]
    signs = {chr(point) for point in set.intersection(*known)}
    return frozenset({sign for sign in signs if unicodedata.category(sign)[0] != "C"} | {"\n"})


def unknown(html: str, signs: frozenset[str]) -> list[str]:
    """Name the first characters without a sign, as U+0000."""
    return [f"U+{ord(sign):04X}" for sign in sorted(set(html) - signs)[:_SHOWN]]


def drawn(
    html: str, fonts: FontConfiguration, pages: int
) -> tuple[bytes, int, dict[str, list[float]]] | None:
    """Draw a tagged PDF, count its pages, tell its places; None when it has too many pages."""
    source = HTML(string=html, base_url=None, url_fetcher=_NOTHING)
    document = source.render(font_config=fonts, **_TAGGED)
    if len(document.pages) > pages:
        return None
    pdf: bytes = document.write_pdf(**_TAGGED)
    return pdf, len(document.pages), places(document.pages)


def places(pages: Sequence[Page]) -> dict[str, list[float]]:
    """Say where each element with an id stands, to a hundredth of a millimetre."""
    found: dict[str, list[float]] = {}
    for number, page in enumerate(pages, 1):
        for name, (left, top, right, bottom) in page.anchors.items():
            pixels = (left, top, right - left, bottom - top)
            found[name] = [number, *(round(one * _MILLIMETRES, 2) for one in pixels)]
    return found


def serve(requests: Iterable[bytes], replies: BinaryIO, seconds: int, pages: int) -> None:
    """Answer each request in turn. The alarm ends the process, whatever it is doing."""
    signs = printable(Path(sys.argv[1]))
    fonts = FontConfiguration()
    for line in requests:
        signal.alarm(seconds)
        html = json.loads(line)["html"]
        missing = unknown(html, signs)
        made = None if missing else drawn(html, fonts, pages)
        pdf = b""
        reply: dict[str, object] = {"refused": "signs", "signs": missing}
        if made is not None:
            pdf, count, where = made
            reply = {"size": len(pdf), "pages": count, "places": where}
        elif not missing:
            reply = {"refused": "pages"}
        replies.write(json.dumps(reply).encode() + b"\n" + pdf)
        replies.flush()
        signal.alarm(0)


def main() -> None:
    """Take the fonts' folder, then seconds, megabytes and pages of one job."""
    seconds, megabytes, pages = (int(given) for given in sys.argv[2:5])
    resource.setrlimit(resource.RLIMIT_AS, (megabytes << 20, megabytes << 20))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # a core file would hold codes
    serve(sys.stdin.buffer, sys.stdout.buffer, seconds, pages)


if __name__ == "__main__":
    main()
