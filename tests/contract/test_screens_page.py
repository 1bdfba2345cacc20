"""Pictures: each on the page that shows them, none that nobody drew, and not too heavy."""

from __future__ import annotations

import re

import pytest

from tests import screens
from tests.contract.tree import ROOT, tracked

PAGES = [path for path in tracked() if str(path).endswith(".md")]


def test_the_page_of_screens_is_what_the_list_says() -> None:
    written = (screens.FOLDER / "README.md").read_text("utf-8")
    assert written == screens.page(), "write it anew: make screenshots"


def test_there_is_a_picture_of_each_screen_and_no_other() -> None:
    assert {path.name for path in screens.FOLDER.glob("*.png")} == screens.pictures()


def test_all_pictures_together_are_light() -> None:
    weights = [path.stat().st_size for path in screens.FOLDER.glob("*.png")]
    assert sum(weights) < screens.MOST_OF_ALL


@pytest.mark.parametrize("page", PAGES, ids=str)
def test_what_a_page_shows_or_points_at_is_there(page: object) -> None:
    path = ROOT / str(page)
    text = re.sub(r"```.*?```|`[^`]*`", "", path.read_text("utf-8"), flags=re.DOTALL)
    named = re.findall(r"\]\(([^)#\s]+)[^)]*\)|(?:src|href)=\"([^\"#]+)", text)
    local = [one or other for one, other in named if "://" not in (one or other)]
    assert [name for name in local if not (path.parent / name).exists()] == []
