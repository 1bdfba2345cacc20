"""The whole journey by keyboard alone, without script, without style; narrow and large."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.conftest import Served
from tests.e2e.test_budget import answer_everything
from tests.e2e.walk import answer_item, begin_form, open_visit

NARROW = {"width": 320, "height": 640}
PRESET = """() => [...document.querySelectorAll('input:not([type=hidden])')]
  .filter(i => i.checked || (i.type === 'text' && i.value !== '')).map(i => i.name)"""
LOW = """() => [...document.querySelectorAll('.opt, .btn')]
  .map(e => [e.textContent.trim(), e.getBoundingClientRect().height])
  .filter(([, height]) => height > 0 && height < 52)"""
WIDE = """() => [...document.querySelectorAll('body *')]
  .filter(e => e.getBoundingClientRect().right > innerWidth + 1 && !e.closest('.skip'))
  .map(e => e.outerHTML.slice(0, 120))"""


@pytest.fixture(params=[True, False], ids=["script", "plain"])
def page(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A narrow phone, with script and without."""
    context = browser.new_context(viewport=NARROW, java_script_enabled=request.param)
    context.set_default_timeout(10_000)
    yield context.new_page()
    context.close()


def tab_to(page: Page, selector: str) -> None:
    """Press Tab until that is focused, and see that the focus shows."""
    for _ in range(80):
        page.keyboard.press("Tab")
        if page.evaluate("s => document.activeElement.matches(s)", selector):
            ring = "e => getComputedStyle(e.closest('label') || e).outlineStyle"
            assert page.evaluate(f"({ring})(document.activeElement)") != "none", selector
            return
    pytest.fail(f"no Tab leads to {selector}")


def send_by_keyboard(page: Page) -> None:
    """Answer whatever Tab comes to, until Send."""
    for _ in range(400):
        page.keyboard.press("Tab")
        now = page.evaluate(
            "(e => [e.id, e.type || e.getAttribute('role') || '', e.value || '', e.textContent])"
            "(document.activeElement)"
        )
        if now[0] == "send":
            page.keyboard.press("Enter")
            return
        if now[1] == "radio" and not page.evaluate("document.activeElement.checked"):
            page.keyboard.press("Space")
        elif now[1] == "slider":
            page.keyboard.press("ArrowRight")
        elif now[1] == "text" and not now[2]:
            page.keyboard.type("7")
        elif now[3] == "Continuer":
            page.keyboard.press("Enter")
    pytest.fail("no Tab leads to Send")


def test_keyboard_alone(face: Served, page: Page) -> None:
    page.goto(f"{face.origin}/fr/")
    tab_to(page, "#code")
    page.keyboard.type(face.here.code.printed())
    page.keyboard.press("Enter")
    page.wait_for_url("**/start")
    for number in (1, 2):
        tab_to(page, "main a.btn")
        page.keyboard.press("Enter")
        page.wait_for_url(f"**/questions/{number}")
        send_by_keyboard(page)
        page.locator("svg.tick").wait_for()
    assert len(face.here.store.rows) == 2
    assert b"declined" not in b"".join(body for _, body in face.here.sealer.bodies)


def test_without_style(face: Served, page: Page) -> None:
    page.context.route("**/*.css", lambda route: route.abort())
    open_visit(page, face)
    assert page.evaluate("getComputedStyle(document.body).display") == "block", "styled"
    for number in (1, 2):
        page.click(f"main a[href$='/questions/{number}']")
        page.locator("#form").wait_for()
        answer_everything(page)
        page.click("#send")
        page.locator("svg.tick").wait_for()
    assert len(face.here.store.rows) == 2


def fits(page: Page, large: bool) -> None:
    """Nothing is pushed out of a 320 px screen; targets are high enough."""
    if large:
        page.evaluate("document.documentElement.style.fontSize = '225%'")  # 112.5 % doubled
    width = page.evaluate("document.documentElement.scrollWidth")
    assert width <= 320, (page.url, width, page.evaluate(WIDE))
    assert page.evaluate(LOW) == [], page.url


@pytest.mark.parametrize("large", [False, True], ids=["100%", "200%"])
def test_narrow_screens(face: Served, page: Page, large: bool) -> None:
    for name in ("rights", "adverse", "accessibility", "start", ""):
        page.goto(f"{face.origin}/fr/{name}")
        fits(page, large)
    page.fill("#code", "K7F3 9QXM 2D4")
    page.click("main button")
    page.locator("#code-error").wait_for()
    fits(page, large)
    open_visit(page, face)
    fits(page, large)
    for number in (1, 2):
        page.goto(f"{face.origin}/fr/questions/{number}")
        while page.locator("html.js fieldset.item:visible").count():
            fits(page, large)
            answer_item(page)
            page.get_by_role("button", name="Continuer").click()
        fits(page, large)
        page.click("#send")
        page.locator("#trouble, svg.tick").first.wait_for()
        fits(page, large)
        if page.locator("#trouble").count():
            page.click("#send")
            page.locator("svg.tick").wait_for()
            fits(page, large)
    assert len(face.here.store.rows) == 2


def test_nothing_is_chosen_beforehand(face: Served, page: Page) -> None:
    open_visit(page, face)
    for number in (1, 2):
        page.goto(f"{face.origin}/fr/questions/{number}")
        page.locator("#form").wait_for()
        assert page.locator("fieldset.item").count() == (23 if number == 1 else 1)
        assert page.evaluate(PRESET) == []
        assert page.locator("[aria-valuenow]").count() == 0
        for _ in range(12):  # passing over chooses nothing either
            page.keyboard.press("Tab")
        assert page.evaluate(PRESET) == []


def test_with_script_one_item_a_screen(browser: Browser, face: Served) -> None:
    context = browser.new_context(viewport=NARROW)
    page = context.new_page()
    open_visit(page, face)
    begin_form(page)
    expect(page.locator("fieldset.item:visible")).to_have_count(1)
    context.close()
