"""Guides: two pages each, in both languages, found from the first page, in the pages' own words."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from qol.adapters.words import read_catalogues
from tests.contract.tree import ROOT

FOLDER = ROOT / "docs" / "guides"
TWINS = {
    "professional": "soignant",
    "mail-room": "courrier",
    "data-manager": "donnees",
    "print-room": "imprimerie",
    "programme-manager": "conduite",
}
TWO_PAGES = 1000  # words, with two pictures
GUIDES = sorted(FOLDER.glob("*.md"))


def test_every_guide_has_its_twin() -> None:
    assert {path.stem for path in GUIDES} == {*TWINS, *TWINS.values()}


@pytest.mark.parametrize("path", GUIDES, ids=lambda path: path.stem)
def test_a_guide_is_short_and_the_first_page_leads_to_it(path: Path) -> None:
    assert len(path.read_text("utf-8").split()) <= TWO_PAGES
    assert f"docs/guides/{path.name}" in (ROOT / "README.md").read_text("utf-8")


@pytest.mark.parametrize(
    ("name", "language"),
    [
        ("print-room", "en"),
        ("imprimerie", "fr"),
        ("programme-manager", "en"),
        ("conduite", "fr"),
    ],
)
def test_what_is_to_be_clicked_or_read_stands_in_the_portal(name: str, language: str) -> None:
    """Words in italics are the portal's own."""
    text = (FOLDER / f"{name}.md").read_text("utf-8")
    named = re.findall(r"(?<![*\w])\*([^*\n]+)\*(?!\*)", text)
    words = read_catalogues()[language].values()
    assert len(named) >= 5
    assert [one for one in named if not any(said.startswith(one) for said in words)] == []
