"""Pictures of what a professional works with, to be looked at and committed."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page

from qol.adapters.programmes import toml_in
from qol.domain.place import Place
from qol.usecases.hcp.ports import Attested
from qol.usecases.hcp.printing import NoteVariant
from tests.e2e.test_screens import FOLDER, picture
from tests.e2e.ward import Hospital, hospital
from tests.instance import TOP

MOST_BYTES = 150_000
DEMONSTRATION = TOP / "qol" / "cli" / "demonstration" / "programme.toml"
BEGUN = (20, 45)  # how many days ago the follow-ups began
SHOWN = {"list": "", "hand-over": "hand-over", "sheet": "sheets/00003"}


def follow(place: Hospital) -> None:
    """Hand a few codes over, as Ana would."""
    ward, site = place.ward, Place("demo", "A")
    with ward.place.hcp().reading() as unit:
        programme = unit.versions("demo")[-1].programme
    today = ward.clock.today(programme.time_zone)
    for days in BEGUN:
        begun, version = today - timedelta(days), programme.notices["fr"].version
        given = Attested(version, "fr", NoteVariant.ADULT, begun, f"picture{days}")
        ward.face.hand_over(site, "staff:ana", given, begun)


def small(page: Page, name: str) -> None:
    """A picture of few colours, as these pages have."""
    picture(page, name)
    path = FOLDER / f"{name}.png"
    with Image.open(path) as taken:
        few = taken.convert("RGB").quantize(32)
    few.save(path, optimize=True)
    assert path.stat().st_size < MOST_BYTES


@pytest.mark.screenshots
@pytest.mark.parametrize("language", ["fr", "en"])
def test_what_a_professional_works_with(browser: Browser, tmp_path: Path, language: str) -> None:
    shipped = toml_in.read(DEMONSTRATION.read_text("utf-8"), "the demonstration programme")
    with hospital(tmp_path, replace(shipped, id="demo")) as place:
        follow(place)
        with place.signed_in(browser, viewport={"width": 1024, "height": 800}) as context:
            page = context.new_page()
            for name, path in SHOWN.items():
                page.goto(f"{place.origin}/{language}/{path}")
                small(page, f"hcp-{name}-{language}")
            page.goto(f"{place.origin}/{language}/sheets/00001/paper")
            page.locator(f".due li:has(b[lang={language}]) a").first.click()
            page.locator(".keys").wait_for()
            for key in "2111202613":
                page.keyboard.press(key)
            small(page, f"hcp-grid-{language}")
