"""Whatever a programme or a notice is called: shown as text or refused, and nothing fetched."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from qol.adapters.paper.hand_over import PaperPrinter
from qol.adapters.paper.press import Press
from qol.domain.errors import PrintingError
from tests import pdf, sheets
from tests.documents import small

SHOWN = [
    "<script>alert(1)</script>",
    '<img src="{there}">',
    '<link rel="stylesheet" href="{there}">',
    '<link rel="attachment" href="file://{file}">',
    '<object data="file://{file}"></object>',
    '"><iframe src="{there}"></iframe>',
    "</style><style>@import url({there});</style>",
    "</title></svg><image href='{there}'/>",
    "<!-- --> <![CDATA[ x ]]> &lt;b&gt; &#x202e;",
    "body {{ display: none }} */ /* url({there})",
    "{{{{ sheet.pseudonym.reveal() }}}} {{% raw %}} {{# x #}}",
    "{{0.__class__}} %s %(x)s ${{x}}",
    "file:///etc/passwd {there} mailto:x@example.org",
    "=1+1 @SUM(A1) +1 -1",
]
REFUSED = {
    "right to left \u202e": r"U\+202E",
    "marks \u200f \u2066": r"U\+200F, U\+2066",
    "Hebrew \u05d0": r"U\+05D0",
    "nothing \x00": r"U\+0000",
    "bell \x07": r"U\+0007",
    "smile \U0001f600": r"U\+1F600",
}
REQUESTS = [
    '<img src="{there}">',
    '<img src="file://{file}">',
    '<link rel="stylesheet" href="{there}">',
    '<link rel="attachment" href="file://{file}">',
    "<style>@import url({there});</style>",
    "<style>@font-face {{ font-family: x; src: url({there}) }}</style>",
    '<p style="background: url({there})">x</p>',
    '<svg xmlns="http://www.w3.org/2000/svg"><image href="{there}" width="9" height="9"/></svg>',
    '<object data="{there}"></object>',
    '<embed src="{there}">',
]


class Listener:
    """A web server of a stranger, who counts the calls."""

    def __init__(self, server: socket.socket, secret: Path) -> None:
        self._server = server
        self._words = {"there": f"http://127.0.0.1:{server.getsockname()[1]}/", "file": str(secret)}

    def told(self, text: str) -> str:
        return text.format(**self._words)

    def called(self) -> bool:
        try:
            self._server.accept()[0].close()
        except BlockingIOError:
            return False
        return True

    def call(self) -> None:
        socket.create_connection(self._server.getsockname()).close()


@pytest.fixture
def listener(tmp_path: Path) -> Iterator[Listener]:
    secret = tmp_path / "secret.txt"
    secret.write_text("the contents of a file")
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.setblocking(False)
        yield Listener(server, secret)


def test_the_listener_hears(listener: Listener) -> None:
    listener.call()
    assert listener.called()
    assert not listener.called()


@pytest.mark.parametrize("text", SHOWN)
def test_markup_is_shown_as_text_and_fetches_nothing(
    printer: PaperPrinter, listener: Listener, text: str
) -> None:
    hostile = listener.told(text)
    drawn = printer.print_hand_over(sheets.noticed(sheets.sheet(), hostile))
    assert not listener.called()
    bare = ["".join(page.split()) for page in pdf.texts(drawn)]
    assert "".join(bare).count("".join(hostile.split())) >= 5
    assert not any("thecontentsofafile" in page for page in bare)
    assert pdf.problems(drawn, "fr", pdf.page_count(drawn)) == []
    assert pdf.squares(drawn) == [f"{sheets.ADDRESS}fr/"]


@pytest.mark.parametrize(("text", "named"), REFUSED.items())
def test_signs_that_paper_cannot_show_are_refused_by_name(
    printer: PaperPrinter, text: str, named: str
) -> None:
    with pytest.raises(PrintingError, match=rf"the font has no sign for {named}\.$"):
        printer.print_hand_over(sheets.noticed(sheets.sheet(), text))


def test_marks_that_only_look_different_are_printed(printer: PaperPrinter) -> None:
    drawn = printer.print_hand_over(
        sheets.noticed(sheets.sheet(), "e\u0301te\u0301\u202f! sous\u2011jacent a\u00adb")
    )
    assert "été !sous-jacent ab".replace(" ", "") in "".join(pdf.texts(drawn)[0].split())


@pytest.mark.parametrize("text", ["mot " * 2_500, "m" * 2_000], ids=["words", "one"])
def test_a_notice_that_is_long_is_shown_whole(printer: PaperPrinter, text: str) -> None:
    given = sheets.sheet()
    long = replace(given, notice=replace(given.notice, who=text))
    drawn = printer.print_hand_over(long)
    count = pdf.page_count(drawn)
    assert 3 <= count <= 12
    assert pdf.problems(drawn, "fr", pages=count) == []
    bare = "".join("".join(page.split()) for page in pdf.texts(drawn))
    assert bare.count("m") >= text.count("m")


def test_ten_thousand_characters_everywhere_are_refused(printer: PaperPrinter) -> None:
    with pytest.raises(PrintingError, match=r"more than 12 pages\.$|in time\.$"):
        printer.print_hand_over(sheets.noticed(sheets.sheet(), "mot " * 2_500))


@pytest.mark.parametrize("asked", REQUESTS)
def test_a_document_that_asks_for_anything_gets_nothing(
    press: Press, listener: Listener, asked: str
) -> None:
    try:
        drawn = press.pdf(small(listener.told(asked)))
    except PrintingError:
        drawn = b""
    assert not listener.called()
    assert not drawn or "contents of a file" not in "".join(pdf.texts(drawn))
    assert press.pdf(small("a")).startswith(b"%PDF")
