"""A bad network, a nervous finger, two tabs, and nobody there: one row, nothing lost or left."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.e2e.conftest import Served, served
from tests.e2e.test_back import SEEN, short_first
from tests.e2e.walk import begin_form, open_visit


@pytest.fixture
def face() -> Iterator[Served]:
    """The face; the questionnaire of one question comes first."""
    with served() as found:
        short_first(found.here)
        yield found


@pytest.fixture
def page(browser: Browser, face: Served) -> Iterator[Page]:
    """A phone."""
    context = browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True)
    yield context.new_page()
    context.close()


def ready_to_send(page: Page, face: Served) -> None:
    """Answer 4 and stand before Send."""
    open_visit(page, face)
    begin_form(page)
    page.locator("fieldset.item:visible label.opt").nth(4).click()
    if page.locator("html.js").count():
        page.get_by_role("button", name="Continuer").click()
    expect(page.locator("#send")).to_be_visible()


def received(page: Page) -> None:
    page.locator("svg.tick").wait_for()


def test_a_send_that_fails_keeps_the_answers(face: Served, page: Page) -> None:
    tries: list[str] = []

    def cut(route: Route) -> None:
        tries.append(route.request.url)
        route.abort("internetdisconnected")

    page.clock.install()
    ready_to_send(page, face)
    page.route("**/send/*", cut)
    page.click("#send")
    for _ in range(100):
        if page.locator("[role=status].error").count():
            break
        page.clock.fast_forward(4000)
    expect(page.locator("[role=status].error")).to_be_visible()
    assert len(tries) == 3
    assert face.here.store.rows == []
    assert page.evaluate(SEEN), "the answer is still there"
    page.unroute("**/send/*")
    page.click("#send")
    received(page)
    assert len(face.here.store.rows) == 1
    assert b'"code":4' in face.here.sealer.bodies[-1][1] or b":4" in face.here.sealer.bodies[-1][1]


@pytest.mark.parametrize("script", [True, False], ids=["script", "plain"])
def test_a_double_tap_is_one_row(browser: Browser, face: Served, script: bool) -> None:
    context = browser.new_context(java_script_enabled=script)
    page = context.new_page()
    ready_to_send(page, face)
    page.dblclick("#send")
    received(page)
    page.wait_for_load_state("networkidle")
    assert len(face.here.store.rows) == len(face.here.store.events) == 1
    context.close()


def test_two_tabs_of_one_visit_get_one_receipt(face: Served, page: Page) -> None:
    ready_to_send(page, face)
    other = page.context.new_page()
    other.goto(page.url)
    other.locator("fieldset.item:visible label.opt").nth(7).click()
    other.get_by_role("button", name="Continuer").click()
    page.click("#send")
    received(page)
    other.click("#send")
    received(other)
    assert len(face.here.store.rows) == 1


@pytest.mark.parametrize("script", [True, False], ids=["script", "plain"])
def test_another_visit_is_told_that_it_was_already_received(
    browser: Browser, face: Served, page: Page, script: bool
) -> None:
    ready_to_send(page, face)
    context = browser.new_context(java_script_enabled=script)
    other = context.new_page()
    ready_to_send(other, face)
    page.click("#send")
    received(page)
    with other.expect_response("**/send/1") as told:
        other.click("#send")
    assert told.value.status == 409
    expect(other.locator("h1")).to_have_text(face.here.face.catalogues["fr"]["duplicate.title"])
    assert len(face.here.store.rows) == 1
    context.close()


def test_after_send_nothing_holds_an_answer(face: Served, page: Page) -> None:
    ready_to_send(page, face)
    page.click("#send")
    received(page)
    left = "[...document.querySelectorAll('#form, fieldset, input[type=radio], dl')].length"
    assert page.evaluate(left) == 0
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0
    assert set(page.evaluate("Object.keys(history.state || {})")) <= {"s", "d"}
    assert "#" not in page.url
    assert "?" not in page.url
    for _ in range(3):
        page.evaluate("setTimeout(() => history.back(), 0)")
        page.wait_for_load_state("networkidle")
        expect(page.locator("h1")).to_be_visible()
        assert page.evaluate(SEEN) == []


def test_nobody_there(face: Served, page: Page) -> None:
    page.clock.install()
    open_visit(page, face)
    begin_form(page)
    page.clock.pause_at(page.evaluate("Date.now()") / 1000 + 1)
    page.locator("fieldset.item:visible label.opt").nth(4).click()
    page.clock.run_for(12 * 60_000 + 50_000)
    expect(page.locator(".idle")).to_have_count(0)
    page.clock.run_for(15_000)
    expect(page.locator("[role=alertdialog]")).to_be_visible()
    expect(page.locator(".idle button")).to_be_focused()
    page.click(".idle button")
    expect(page.locator(".idle")).to_have_count(0)
    assert page.evaluate(SEEN), "one tap, and all is still there"
    page.clock.run_for(14 * 60_000 + 50_000)
    expect(page.locator(".idle")).to_be_visible()
    assert page.evaluate(SEEN)
    page.clock.run_for(15_000)
    page.wait_for_url(f"{face.origin}/fr/")
    assert page.evaluate(SEEN) == []
    assert face.here.store.rows == []
    page.goto(f"{face.origin}/fr/questions/1")
    expect(page.locator("fieldset")).to_have_count(0)
