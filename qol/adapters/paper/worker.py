"""The process that draws: HTML in, PDF out, one line of JSON for each.

Started by ``press`` as a file, isolated: it imports nothing of the portal, holds no key and
knows no network. Whatever goes wrong ends it; the press starts another one.

A request is one line, ``{"html": [part, …]}``: documents that become one file, in order. A
reply is one line, with ``size``, ``pages`` and ``places``, and as many bytes of PDF; or
``{"refused": …}`` with one of ``pages`` and ``signs``. Before it, ``{"drawn": n}`` tells that n
of several parts are drawn. ``places`` says where each element with an id stands: id to
[page, x, y, width, height], pages from 1, the rest in millimetres from the page's top left.
"""

from __future__ import annotations

import json
import resource
import signal
import sys
import unicodedata
from collections.abc import Iterable, Sequence
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from fontTools.ttLib import TTFont
from pikepdf import ObjectStreamMode, Pdf
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


def joined(files: Sequence[bytes]) -> bytes:
    """Make one tagged file of several, with the first one's title and language.

    Each part is drawn and let go before the next: many pages cost no more memory than few.
    Bookmarks and links from one page to another do not survive it.
    """
    if len(files) == 1:
        return files[0]
    with Pdf.open(BytesIO(files[0])) as whole:
        tree = whole.Root.StructTreeRoot
        for content in files[1:]:
            with Pdf.open(BytesIO(content)) as part:
                place, number = len(whole.pages), int(tree.ParentTree.Nums[-2]) + 1
                whole.pages.extend(part.pages)
                for page in list(whole.pages)[place:]:
                    page.obj.StructParents += number
                    for link in page.obj.get("/Annots", ()):
                        link.StructParent += number
                # Pages first: what then points at them points at their copies.
                more = whole.copy_foreign(part.Root.StructTreeRoot)
                for element in more.K[0].K:
                    element.P = tree.K[0]
                    tree.K[0].K.append(element)
                for at, value in enumerate(more.ParentTree.Nums):
                    tree.ParentTree.Nums.append(value if at % 2 else int(value) + number)
        made = BytesIO()
        whole.save(made, deterministic_id=True, object_stream_mode=ObjectStreamMode.generate)
    return made.getvalue()


def serve(requests: Iterable[bytes], replies: BinaryIO, seconds: int, pages: int) -> None:
    """Answer each request in turn. The alarm ends the process over a part that takes too long."""
    signs = printable(Path(sys.argv[1]))
    fonts = FontConfiguration()

    def say(reply: dict[str, object], pdf: bytes = b"") -> None:
        replies.write(json.dumps(reply).encode() + b"\n" + pdf)
        replies.flush()

    for line in requests:
        parts = json.loads(line)["html"]
        missing = unknown("".join(parts), signs)
        if missing:
            say({"refused": "signs", "signs": missing})
            continue
        files: list[bytes] = []
        count, where = 0, dict[str, list[float]]()
        for html in parts:
            signal.alarm(seconds)
            made = drawn(html, fonts, pages - count)
            if made is None:
                break
            pdf, more, found = made
            where |= {name: [page + count, *box] for name, (page, *box) in found.items()}
            files, count = [*files, pdf], count + more
            if len(parts) > 1:
                say({"drawn": len(files)})
        if len(files) == len(parts):
            pdf = joined(files)
            say({"size": len(pdf), "pages": count, "places": where}, pdf)
        else:
            say({"refused": "pages"})
        signal.alarm(0)


def main() -> None:
    """Take the fonts' folder, then seconds, megabytes and pages of one job."""
    seconds, megabytes, pages = (int(given) for given in sys.argv[2:5])
    resource.setrlimit(resource.RLIMIT_AS, (megabytes << 20, megabytes << 20))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # a core file would hold codes
    serve(sys.stdin.buffer, sys.stdout.buffer, seconds, pages)


if __name__ == "__main__":
    main()
