"""A patient's steps in a real browser, with and without script."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.e2e.conftest import Served


def open_visit(page: Page, face: Served, language: str = "fr") -> None:
    """Type the code and reach the notice."""
    page.goto(f"{face.origin}/{language}/")
    page.fill("#code", face.here.code.printed())
    page.click("main button")
    page.wait_for_url("**/start")


def begin_form(page: Page) -> None:
    """Go from the notice into the form."""
    page.click("main a.btn")
    page.wait_for_url("**/questions/1")


def step(page: Page, *, answer: bool = True) -> None:
    """Answer the item on the screen, or skip it, and go on."""
    item = page.locator("fieldset.item:visible")
    if answer:
        answer_item(page)
    page.get_by_role("button", name="Continuer").click()
    if not answer:
        page.get_by_role("button", name="Continuer").click()
    expect(item.first).to_be_attached()


def answer_item(page: Page) -> None:
    """Choose the first option of the item on the screen, or type its lowest number."""
    item = page.locator("fieldset.item:visible").first
    number = item.locator("input[inputmode=numeric]")
    if number.count():
        number.fill(item.get_attribute("data-high") or "1")
    else:
        item.locator("label.opt").first.click()
