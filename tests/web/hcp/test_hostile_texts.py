"""Whatever a programme calls its visits is text on a professional's pages, and nothing more."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask.testing import FlaskClient

from tests import builders, hostile
from tests.cast import ANA
from tests.hcp_face import make

SHEET = "/fr/sheets/00001"
PATHS = (
    "/fr/follow-up",
    SHEET,
    f"{SHEET}/consultation",
    f"{SHEET}/paper",
    f"{SHEET}/wrong-patient",
)


def _pages(folder: Path, text: str) -> dict[str, str]:
    folder.mkdir()
    ward = make(folder, hostile.noticed(builders.programme(), text))
    ward.app.test_client_class = FlaskClient  # the checking one takes such a text for a tag
    client = ward.client(ANA)
    found = {path: client.get(path).text for path in PATHS}
    ward.close()
    return found


@pytest.mark.parametrize("text", hostile.TEXTS, ids=range(len(hostile.TEXTS)))
def test_it_is_shown_and_changes_nothing_of_the_page(tmp_path: Path, text: str) -> None:
    plain, pages = _pages(tmp_path / "plain", "PLAINWORD"), _pages(tmp_path / "hostile", text)
    counted = {path: hostile.shown(page, text) for path, page in pages.items()}
    assert counted == {path: hostile.shown(page, "PLAINWORD") for path, page in plain.items()}
    assert sum(map(bool, counted.values())) >= 3
    for path, page in pages.items():
        assert hostile.skeleton(page, text) == hostile.skeleton(plain[path], "PLAINWORD"), path
