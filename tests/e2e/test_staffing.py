"""Accounts and roles in a real browser: axe, tablet, no script, keys."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests import lab_programmes
from tests.cast import ADA, LENA
from tests.e2e.looks import clean, not_wider
from tests.e2e.test_lab_pages import looked_at, served
from tests.lab_programmes import Laboratory

ONE = f"accounts/{LENA.reference}"
PAGES = ("accounts", "accounts/new", ONE, f"{ONE}/role", f"{ONE}/activation", f"{ONE}/leave")
END = f"{ONE}/grants/G{LENA.reference[1:]}/end"


@pytest.fixture
def lab(tmp_path: Path) -> Laboratory:
    """The laboratory's people; whoever serves it closes it."""
    return lab_programmes.with_sites(tmp_path)


def test_axe_finds_nothing_on_the_pages_of_accounts(browser: Browser, lab: Laboratory) -> None:
    with served(lab, ADA, browser) as (page, origin):
        for path in (*PAGES, END):
            looked_at(page, f"{origin}/fr/{path}")
        page.goto(f"{origin}/fr/{ONE}/role")
        page.get_by_role("button", name="Donner ce rôle").click()
        expect(page.get_by_role("alert")).to_contain_text("Choisissez un rôle")
        clean(page)
        page.get_by_label("Administration", exact=True).check()
        page.get_by_label("Exploitation du portail").check()
        page.get_by_role("button", name="Donner ce rôle").click()
        expect(page.get_by_role("heading", level=1)).to_contain_text("dans une seule main")
        clean(page)
        not_wider(page)


def test_without_script_an_account_is_made_and_its_code_shown(
    browser: Browser, lab: Laboratory
) -> None:
    with served(lab, ADA, browser, java_script_enabled=False) as (page, origin):
        page.goto(f"{origin}/fr/accounts/new")
        page.get_by_label("Espace du laboratoire").check()
        page.get_by_label("Nom et prénom").fill("Paul Neuf")
        page.get_by_label("Identifiant :").fill("paul.neuf")
        page.get_by_role("button", name="Créer le compte").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Code d’activation")
        not_wider(page)
        shown = page.locator("#secret").inner_text()
        page.get_by_role("link", name="C’est fait").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Paul Neuf")
        assert shown not in page.content() + page.url


def test_a_grant_is_ended_by_keyboard_alone(browser: Browser, lab: Laboratory) -> None:
    with served(lab, ADA, browser) as (page, origin):
        page.goto(f"{origin}/fr/{END}")
        page.get_by_label("Départ").focus()
        page.keyboard.press("Space")
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        page.wait_for_url(f"**/{ONE}")
        expect(page.locator("tbody tr")).to_contain_text("retirée")
