"""Programmes, sites, opening and releases in a real browser: axe, tablet, no script, keys."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests import lab_programmes
from tests.cast import LEO, UMA
from tests.e2e.looks import clean, not_wider
from tests.e2e.test_lab_pages import looked_at, served
from tests.lab_programmes import Laboratory

PAGES = ("programme", "programme/versions/1", "programme/change", "programme/guided")
AROUND = ("programme/opening", "sites")


@pytest.fixture
def lab(tmp_path: Path) -> Laboratory:
    """A programme that is not open, with two sites; whoever serves it closes it."""
    return lab_programmes.with_sites(tmp_path)


def proposed(page: Page, origin: str, name: str) -> None:
    """Change the programme's name on the form, as far as the page that shows the change."""
    page.goto(f"{origin}/fr/programme/guided")
    page.locator("[name='labels.fr']").fill(name)
    page.get_by_role("button", name="Voir ce qui change").click()


def test_axe_finds_nothing_on_a_programmes_pages(browser: Browser, lab: Laboratory) -> None:
    with served(lab, LEO, browser) as (page, origin):
        for path in (*PAGES, *AROUND):
            looked_at(page, f"{origin}/fr/{path}")
        proposed(page, origin, "Autre nom")
        expect(page.get_by_role("heading", level=1)).to_have_text("Ce qui change")
        clean(page)
        not_wider(page)
        proposed(page, origin, "")
        expect(page.get_by_role("alert")).to_contain_text("labels.fr")
        clean(page)
        not_wider(page)


def test_enter_in_a_field_shows_what_changes_and_adds_no_visit(
    browser: Browser, lab: Laboratory
) -> None:
    with served(lab, LEO, browser) as (page, origin):
        page.goto(f"{origin}/fr/programme/guided")
        page.locator("[name='labels.fr']").fill("Autre nom")
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", level=1)).to_have_text("Ce qui change")


def test_axe_finds_nothing_where_texts_are_approved(browser: Browser, lab: Laboratory) -> None:
    with served(lab, UMA, browser) as (page, origin):
        for path in ("releases", "releases/1", "releases/4"):
            looked_at(page, f"{origin}/fr/{path}")


def test_without_script_a_change_is_shown_and_made_a_version(
    browser: Browser, lab: Laboratory
) -> None:
    with served(lab, LEO, browser, java_script_enabled=False) as (page, origin):
        proposed(page, origin, "Autre nom")
        expect(page.locator("tbody tr")).to_have_count(1)
        expect(page.locator("tbody tr")).to_contain_text("Autre nom")
        page.get_by_role("button", name="Confirmer : nouvelle version").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Autre nom")
        assert lab.place.ask("SELECT max(version) FROM programme_version") == [(2,)]


def test_a_site_is_registered_by_keyboard_alone(browser: Browser, lab: Laboratory) -> None:
    with served(lab, LEO, browser) as (page, origin):
        page.goto(f"{origin}/fr/sites")
        page.get_by_label("Code du centre").focus()
        for typed in ("CHU-9", "Hôpital neuf", "C-9"):
            page.keyboard.type(typed)
            page.keyboard.press("Tab")
        for typed in (
            "12122025",
            "01012026",
            "12122027",
        ):  # the same, whichever of day and month comes first
            page.keyboard.type(typed)
            for _ in ("the calendar", "what follows"):
                page.keyboard.press("Tab")
        page.keyboard.type("01 00 00 00 00")
        page.keyboard.press("Enter")
        page.wait_for_load_state()
        expect(page.locator("tbody tr", has_text="CHU-9")).to_contain_text("en vigueur")
