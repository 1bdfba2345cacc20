"""Pictures of what a professional works with, to be looked at and committed."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from qol.adapters.programmes import toml_in
from qol.domain.place import Place
from qol.usecases.hcp.ports import Attested
from qol.usecases.hcp.printing import NoteVariant
from tests import builders
from tests.e2e.ward import Hospital, hospital
from tests.instance import TOP
from tests.screens import PROFESSIONAL, View, keep

DEMONSTRATION = TOP / "qol" / "cli" / "demonstration" / "programme.toml"
BEGUN = (20, 45)  # how many days ago the follow-ups began


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


@pytest.mark.screenshots
@pytest.mark.parametrize("view", PROFESSIONAL.views, ids=lambda view: view.column)
def test_what_a_professional_works_with(browser: Browser, tmp_path: Path, view: View) -> None:
    shipped = toml_in.read(DEMONSTRATION.read_text("utf-8"), "the demonstration programme")
    given = builders.releases(*shipped.releases)
    with hospital(tmp_path, replace(shipped, id="demo"), given) as place:
        follow(place)
        with place.signed_in(browser, **view.how) as context:
            page = context.new_page()
            for screen in PROFESSIONAL.screens:
                if screen.path is not None:
                    page.goto(f"{place.origin}/{view.language}/{screen.path}")
                    keep(page, PROFESSIONAL, screen.name, view)
            page.goto(f"{place.origin}/{view.language}/sheets/00001/paper")
            page.locator(f".due li:has(b[lang={view.language}]) a").first.click()
            page.locator(".keys").wait_for()
            for key in "2111202613":
                page.keyboard.press(key)
            keep(page, PROFESSIONAL, "hcp-grid", view)
