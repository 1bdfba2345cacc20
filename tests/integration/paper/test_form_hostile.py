"""Whatever a wording holds: shown as text or refused, and nothing fetched."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from qol.adapters.paper.form import PaperForms
from qol.domain.errors import PrintingError
from tests import filling, forms, pdf

SHOWN = [
    "<script>alert(1)</script>",
    '<img src="{there}">',
    '<link rel="attachment" href="file:///etc/passwd">',
    "</style><style>@import url({there});</style>",
    "body {{ display: none }} */ /* url({there})",
    "</title></svg><image href='{there}'/>",
    "{{{{ pseudonym.reveal() }}}} {{% raw %}} {{# x #}}",
    '" id="b0" style="position: absolute',
    "file:///etc/passwd {there} mailto:x@example.org",
    "=1+1 @SUM(A1) +1 -1",
]
REFUSED = {
    "right to left \u202e": r"U\+202E",
    "Hebrew \u05d0": r"U\+05D0",
    "bell \x07": r"U\+0007",
    "smile \U0001f600": r"U\+1F600",
}


@contextmanager
def _stranger() -> Iterator[tuple[str, socket.socket]]:
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.setblocking(False)
        yield f"http://127.0.0.1:{server.getsockname()[1]}/", server


@pytest.mark.parametrize("text", SHOWN)
def test_markup_is_shown_as_text_and_fetches_nothing(forms_printer: PaperForms, text: str) -> None:
    with _stranger() as (there, server):
        hostile = text.format(there=there)
        one = forms_printer.print_form(forms.hostile(hostile))
        with pytest.raises(BlockingIOError):
            server.accept()
    bare = "".join("".join("".join(page.split()) for page in pdf.texts(one.pdf)))
    assert bare.count("".join(hostile.split())) >= 5
    assert "root:x" not in bare
    assert pdf.problems(one.pdf, "fr", one.pages) == []
    assert pdf.squares(one.pdf) == [f"{one.code}{page:02}" for page in range(1, one.pages + 1)]
    boxes = [box for page in filling.pages_of(one.boxes) for box in filling.boxes_of(page)]
    assert len({(box.item, box.code) for box in boxes if box.kind == "tick"}) >= 40


@pytest.mark.parametrize(("text", "named"), REFUSED.items())
def test_signs_that_paper_cannot_show_are_refused_by_name(
    forms_printer: PaperForms, text: str, named: str
) -> None:
    with pytest.raises(PrintingError, match=rf"the font has no sign for {named}\.$"):
        forms_printer.print_form(forms.hostile(text))


@pytest.mark.parametrize("text", ["mot " * 2_500, "m" * 10_000], ids=["words", "one"])
def test_ten_thousand_characters_in_one_place_are_shown_whole(
    forms_printer: PaperForms, text: str
) -> None:
    one = forms_printer.print_form(forms.lengthened(text))
    bare = "".join("".join(page.split()) for page in pdf.texts(one.pdf))
    assert bare.count("m") >= text.count("m")
    assert pdf.problems(one.pdf, "fr", one.pages) == []
    assert pdf.squares(one.pdf) == [f"{one.code}{page:02}" for page in range(1, one.pages + 1)]
