"""Whatever a portal, a notice or a wording holds is text on a patient's pages, and nothing more."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from qol.config import Config
from qol.web.patient.app import build
from tests import builders, hostile
from tests.patient_face import make
from tests.web.patient.journey import enter

PATHS = {
    "/fr/start": 10,
    "/fr/questions/1": 40,
    "/fr/": 4,
    "/en/rights": 5,
    "/fr/adverse": 4,
    "/fr/accessibility": 5,
}
"""How often at least the text stands there. The code page ends the visit: the forms are first."""


def _pages(text: str) -> dict[str, str]:
    """Each page of a patient's way, on a face that says that text wherever it may."""
    here = make()
    here.store.versions = builders.in_force(hostile.noticed(builders.programme(), text))
    here.store.releases = tuple(hostile.worded(one, text) for one in builders.releases())
    face = replace(here.face, portal=hostile.named(here.face.portal, text))
    app = build(face, Config("patient", Path(), "", Path(), True, "http://localhost"), b"k" * 32)
    client = app.test_client()
    assert enter(client, here.code.reveal()).status_code == 303
    return {path: client.get(path).text for path in PATHS}


@pytest.fixture(scope="module")
def plain() -> dict[str, str]:
    """The same pages with a harmless word."""
    return _pages("PLAINWORD")


@pytest.mark.parametrize("text", hostile.TEXTS, ids=range(len(hostile.TEXTS)))
def test_it_is_shown_and_changes_nothing_of_the_page(plain: dict[str, str], text: str) -> None:
    for path, page in _pages(text).items():
        count = hostile.shown(plain[path], "PLAINWORD")
        assert hostile.shown(page, text) == count >= PATHS[path], path
        assert hostile.skeleton(page, text) == hostile.skeleton(plain[path], "PLAINWORD"), path


def test_the_comparison_notices_one_tag_more(plain: dict[str, str]) -> None:
    page = plain["/fr/"]
    broken = page.replace("</main>", "<img></main>")
    assert hostile.skeleton(broken, "x") != hostile.skeleton(page, "x")
