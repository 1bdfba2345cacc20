"""The checks of a PDF see what they are for: one thing is spoilt, one sentence comes."""

from collections.abc import Callable
from io import BytesIO

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Pdf

from qol.adapters.paper.hand_over import PaperPrinter
from tests import pdf, sheets


def _first(opened: Pdf, kind: str) -> Dictionary:
    return next(e for e in pdf.elements(opened.Root.StructTreeRoot) if pdf.kind_of(e) == kind)


def _font(opened: Pdf, key: str) -> Dictionary:
    return next(o for o in opened.objects if isinstance(o, Dictionary) and key in o)


def _untitled(opened: Pdf) -> None:
    with opened.open_metadata() as metadata:
        del metadata["dc:title"]


def _another_kind(opened: Pdf) -> None:
    with opened.open_metadata() as metadata:
        metadata["{http://www.aiim.org/pdfua/ns/id/}part"] = "7"


def _renamed(opened: Pdf, kind: str, name: str) -> None:
    _first(opened, kind)["/S"] = Name(name)


def _action(opened: Pdf, **action: object) -> None:
    opened.pages[0].obj["/Annots"] = Array([opened.make_indirect(Dictionary(A=Dictionary(action)))])


def _deleted(holder: Dictionary, key: str) -> None:
    del holder[key]


def _renumbered(opened: Pdf) -> None:
    for one in pdf.elements(opened.Root.StructTreeRoot):
        if pdf.kind_of(one) == "TH":
            one["/ID"] = pikepdf.String("another")


SPOILT: dict[str, Callable[[Pdf], None]] = {
    "not marked as tagged": lambda o: _deleted(o.Root, "/MarkInfo"),
    "no structure": lambda o: _deleted(o.Root, "/StructTreeRoot"),
    "language is en": lambda o: o.Root.__setitem__("/Lang", "en"),
    "the title is not displayed": lambda o: _deleted(o.Root, "/ViewerPreferences"),
    "does not say that it is PDF/UA-1": _another_kind,
    "no title": _untitled,
    "has 2 pages": lambda o: o.pages.__delitem__(0),
    "a page does not follow": lambda o: _deleted(o.pages[0].obj, "/Tabs"),
    "is not embedded": lambda o: _deleted(_font(o, "/FontFile2"), "/FontFile2"),
    "cannot be read back": lambda o: _deleted(_font(o, "/ToUnicode"), "/ToUnicode"),
    "does something when opened": lambda o: o.Root.__setitem__("/OpenAction", Dictionary()),
    "carries a file or a script": lambda o: o.Root.__setitem__(
        "/Names", Dictionary(JavaScript=Dictionary())
    ),
    "carries an action": lambda o: _action(o, **{"/S": Name.JavaScript, "/JS": "x"}),
    "points at http://x.example/": lambda o: _action(
        o, **{"/S": Name.URI, "/URI": "http://x.example/"}
    ),
    "0 first headings": lambda o: _renamed(o, "H1", "/P"),
    "2 first headings": lambda o: _renamed(o, "H2", "/H1"),
    "a level of headings is jumped": lambda o: _renamed(o, "H2", "/H4"),
    "a figure without words": lambda o: _deleted(_first(o, "Figure"), "/Alt"),
    "a header cell that nothing": lambda o: _deleted(_first(o, "TH"), "/ID"),
    "a cell whose header is nowhere": _renumbered,
    "a cell without headers": lambda o: _deleted(_first(o, "TD"), "/A"),
}


@pytest.fixture(scope="module")
def sound(printer: PaperPrinter) -> bytes:
    drawn = printer.print_hand_over(sheets.sheet())
    assert pdf.problems(drawn, "fr", pages=3) == []
    return drawn


@pytest.mark.parametrize("sentence", SPOILT)
def test_what_is_spoilt_is_told(sound: bytes, sentence: str) -> None:
    spoilt = BytesIO()
    with pikepdf.open(BytesIO(sound)) as opened:
        SPOILT[sentence](opened)
        opened.save(spoilt)
    found = pdf.problems(spoilt.getvalue(), "fr", pages=3)
    assert any(sentence in one for one in found), found


def test_a_link_that_is_known_is_no_problem(sound: bytes) -> None:
    linked = BytesIO()
    with pikepdf.open(BytesIO(sound)) as opened:
        _action(opened, **{"/S": Name.URI, "/URI": sheets.ADDRESS})
        opened.save(linked)
    drawn = linked.getvalue()
    assert pdf.problems(drawn, "fr", pages=3, links=frozenset({sheets.ADDRESS})) == []
    assert pdf.problems(drawn, "fr", pages=3) == [f"points at {sheets.ADDRESS}"]
