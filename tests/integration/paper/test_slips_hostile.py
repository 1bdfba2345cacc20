"""Whatever an installation or a site is called: text on a slip or refused, and nothing fetched."""

from __future__ import annotations

import socket
from dataclasses import replace

import pytest

from qol.adapters.paper.slips import PaperSlips
from qol.adapters.words import read_catalogues
from qol.domain.errors import PrintingError
from qol.domain.portal import Safety, SafetyNumber
from qol.usecases.lab.batches.printing import SlipSheet
from tests import pdf
from tests.slip_sheets import slip_sheet

SHOWN = [
    '<img src="{there}">',
    "</style><style>@import url({there});</style>",
    '<link rel=attachment href="file:///etc/passwd">',
    "{{{{ slip.pseudonym.reveal() }}}} {{% raw %}}",
    "=1+1 @SUM(A1)",
]
REFUSED = {
    "right to left \u202e": r"the font has no sign for U\+202E\.$",
    "mot " * 2_500: r"too long for a slip: 260 signs fit\.$",
}


def _said(text: str) -> SlipSheet:
    """Three slips that say that text wherever the installation has its own."""
    given = slip_sheet(3)
    safety = Safety(text, (SafetyNumber(text, "15"),))
    cover = replace(given.cover, site=text, batch=text)
    return replace(given, portal_name=text, safety=safety, cover=cover)


@pytest.mark.parametrize("text", SHOWN)
def test_markup_is_shown_as_text_and_fetches_nothing(text: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.setblocking(False)
        hostile = text.format(there=f"http://127.0.0.1:{server.getsockname()[1]}/")
        drawn = PaperSlips(read_catalogues()).print_slips(_said(hostile), lambda _: None)
        with pytest.raises(BlockingIOError):
            server.accept()
    bare = "".join("".join("".join(page.split()) for page in pdf.texts(drawn)))
    assert bare.count("".join(hostile.split())) >= 5
    assert "root:x" not in bare
    assert pdf.problems(drawn, "fr", pdf.page_count(drawn)) == []


@pytest.mark.parametrize(("text", "told"), REFUSED.items(), ids=["turning", "long"])
def test_what_a_slip_cannot_show_is_refused(text: str, told: str) -> None:
    with pytest.raises(PrintingError, match=told):
        PaperSlips(read_catalogues()).print_slips(_said(text), lambda _: None)
