"""Is a PDF readable by a screen reader, whole, and alone? Our own checks, with pikepdf.

``problems`` gives one sentence for each thing that is wrong; the sentences follow PDF/UA-1
(ISO 14289-1) as far as a machine can tell, and the house rule that nothing leaves a sheet.
"""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

import pikepdf
import zxingcpp
from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream, String
from PIL import Image

_FILES = {"/FontFile", "/FontFile2", "/FontFile3"}
_SCRIPTED = {"/JavaScript", "/Launch", "/SubmitForm", "/GoToR", "/ImportData", "/Rendition"}


def problems(
    pdf: bytes, language: str, pages: int, links: frozenset[str] = frozenset()
) -> list[str]:
    """List what is wrong; ``links`` are the addresses that the file may point at."""
    with pikepdf.open(BytesIO(pdf)) as opened:
        found = [*_document(opened, language, pages), *_fonts(opened), *_outside(opened, links)]
        tree = opened.Root.get("/StructTreeRoot")
        return found if tree is None else [*found, *_structure(list(elements(tree)))]


def _document(opened: Pdf, language: str, pages: int) -> Iterator[str]:
    root = opened.Root
    if not root.get("/MarkInfo", {}).get("/Marked"):
        yield "not marked as tagged"
    if "/StructTreeRoot" not in root:
        yield "no structure"
    if str(root.get("/Lang", "")) != language:
        yield f"language is {root.get('/Lang')}"
    if not root.get("/ViewerPreferences", {}).get("/DisplayDocTitle"):
        yield "the title is not displayed"
    with opened.open_metadata() as metadata:
        if metadata.get("{http://www.aiim.org/pdfua/ns/id/}part") != "1":
            yield "does not say that it is PDF/UA-1"
        if not metadata.get("dc:title"):
            yield "no title"
    if len(opened.pages) != pages:
        yield f"has {len(opened.pages)} pages"
    if any(page.get("/Tabs") != Name.S for page in opened.pages):
        yield "a page does not follow the structure's order"


def _fonts(opened: Pdf) -> Iterator[str]:
    # A font of many signs is two dictionaries: what is used, and the part that it comes from.
    named = [one for one in dictionaries(opened) if one.get("/Type") == Name.Font]
    if not named:
        yield "no font"
    for font in named:
        if "/DescendantFonts" in font:
            if "/ToUnicode" not in font:
                yield f"{font.get('/BaseFont')} cannot be read back"
        elif not _FILES & set(font.get("/FontDescriptor", Dictionary()).keys()):
            yield f"{font.get('/BaseFont')} is not embedded"


def _outside(opened: Pdf, links: frozenset[str]) -> Iterator[str]:
    if {"/OpenAction", "/AA"} & set(opened.Root.keys()):
        yield "does something when opened"
    if {"/EmbeddedFiles", "/JavaScript"} & set(opened.Root.get("/Names", Dictionary()).keys()):
        yield "carries a file or a script"
    for one in dictionaries(opened):
        if str(one.get("/S", "")) in _SCRIPTED or "/JS" in one:
            yield "carries an action"
        if "/URI" in one and str(one["/URI"]) not in links:
            yield f"points at {one['/URI']}"


def dictionaries(opened: Pdf) -> Iterator[Dictionary]:
    """Walk every dictionary of the file, those that lie within others too."""
    for one in opened.objects:
        yield from _within(one)


def _within(one: object) -> Iterator[Dictionary]:
    if isinstance(one, Stream):
        one = one.stream_dict
    if isinstance(one, Dictionary):
        yield one
    values = one.values() if isinstance(one, Dictionary) else one if isinstance(one, Array) else ()
    for value in values:
        if isinstance(value, Object) and not value.is_indirect:
            yield from _within(value)


def _structure(tree: list[Dictionary]) -> Iterator[str]:
    kinds = [kind_of(one) for one in tree]
    if kinds.count("H1") != 1:
        yield f"{kinds.count('H1')} first headings"
    levels = [int(kind[1]) for kind in kinds if re.fullmatch("H[1-6]", kind)]
    if any(after > before + 1 for before, after in zip([0, *levels], levels, strict=False)):
        yield "a level of headings is jumped"
    named = {bytes(one["/ID"]) for one in tree if "/ID" in one}
    for one, kind in zip(tree, kinds, strict=True):
        attributes = _attributes(one)
        if kind == "TD" and not _headers(one) <= named:
            yield "a cell whose header is nowhere"
        if kind == "Figure" and not str(one.get("/Alt", "")).strip():
            yield "a figure without words"
        if kind == "TH" and "/ID" not in one and "/Scope" not in attributes:
            yield "a header cell that nothing points at"
        if kind == "TD" and "/Headers" not in attributes:
            yield "a cell without headers"


def elements(node: Object) -> Iterator[Dictionary]:
    """Walk the structure in reading order."""
    kids = node.get("/K", Array())
    for kid in kids if isinstance(kids, Array) else [kids]:
        if isinstance(kid, Dictionary) and "/S" in kid:
            yield kid
            yield from elements(kid)


def kind_of(element: Dictionary) -> str:
    """Give an element's kind: H1, P, Figure."""
    return str(element["/S"]).removeprefix("/")


def _attributes(element: Dictionary) -> set[str]:
    kept = element.get("/A", Array())
    names: set[str] = set()
    for one in kept if isinstance(kept, Array) else [kept]:
        names.update(one.keys())
    return names


def _headers(element: Dictionary) -> set[bytes]:
    """Name the headers that a cell points at."""
    kept = element.get("/A", Array())
    found: set[bytes] = set()
    for one in kept if isinstance(kept, Array) else [kept]:
        found.update(bytes(name) for name in one.get("/Headers", Array()))
    return found


def page_count(pdf: bytes) -> int:
    """Count the pages."""
    with pikepdf.open(BytesIO(pdf)) as opened:
        return len(opened.pages)


def texts(pdf: bytes) -> list[str]:
    """Read the text of each page with poppler."""
    read = subprocess.run(
        ["pdftotext", "-layout", "-", "-"], input=pdf, capture_output=True, check=True
    )
    return read.stdout.decode().split("\f")[:-1]


def halves(pdf: bytes) -> list[str]:
    """Read the left half of each page, then its right one: A4 on its side, folded once."""
    with TemporaryDirectory() as folder:
        path = Path(folder, "file.pdf")
        path.write_bytes(pdf)
        asked = ["pdftotext", "-layout", "-nopgbrk", "-y", "0", "-W", "421", "-H", "596"]
        return [
            subprocess.run(
                [*asked, "-x", left, "-f", page, "-l", page, path, "-"],
                capture_output=True,
                check=True,
            ).stdout.decode()
            for page in map(str, range(1, page_count(pdf) + 1))
            for left in ("0", "421")
        ]


def pictures(pdf: bytes, dpi: int = 150) -> list[Image.Image]:
    """Draw each page in grey with poppler, as a printer would."""
    with TemporaryDirectory() as folder:
        name = str(Path(folder, "page"))
        subprocess.run(["pdftoppm", "-gray", "-r", str(dpi), "-", name], input=pdf, check=True)
        drawn = [path.read_bytes() for path in sorted(Path(folder).iterdir())]
    return [Image.open(BytesIO(page)) for page in drawn]


def squares(pdf: bytes) -> list[str]:
    """Read every square code of the pages with somebody else's reader."""
    return [found.text for page in pictures(pdf) for found in zxingcpp.read_barcodes(page)]


def fonts(pdf: bytes) -> set[str]:
    """Name the fonts, without the tag that marks a part of one."""
    with pikepdf.open(BytesIO(pdf)) as opened:
        named = [str(one["/BaseFont"]) for one in dictionaries(opened) if "/BaseFont" in one]
    return {re.sub(r"^/(?:[A-Z]{6}\+)?", "", name) for name in named}


def said_outside_pages(pdf: bytes, text: str) -> bool:
    """Say whether a title, a bookmark, an alternative or the metadata holds the text."""
    with pikepdf.open(BytesIO(pdf)) as opened:
        with opened.open_metadata() as metadata:
            found = [str(metadata)]
        for one in dictionaries(opened):
            found += [str(value) for value in one.values() if isinstance(value, String | str)]
    return any(text in said for said in found)
