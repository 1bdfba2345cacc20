"""axe-core finds nothing on any page of the professionals' face, in light and in dark."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.e2e.test_axe import clean
from tests.e2e.test_hcp import PAGES
from tests.e2e.ward import Hospital, hospital


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Hospital]:
    """Both faces."""
    with hospital(tmp_path) as found:
        yield found


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_page_has_a_fault(browser: Browser, place: Hospital, scheme: str) -> None:
    with place.signed_in(browser, color_scheme=scheme) as context:
        page = context.new_page()
        for path in (*PAGES, "nowhere", "sheets/0000A"):
            page.goto(f"{place.origin}/fr/{path}")
            clean(page)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_page_that_is_sent_back_has_a_fault(
    browser: Browser, place: Hospital, scheme: str
) -> None:
    with place.signed_in(browser, color_scheme=scheme) as context:
        page = context.new_page()
        for path in ("hand-over", "sheets/00001/paper/1", "sheets/00001/end"):
            page.goto(f"{place.origin}/fr/{path}")
            page.locator("main form button").last.click()
            page.locator(".error").first.wait_for()
            clean(page)


def test_a_code_is_handed_over_and_printed_by_keyboard_alone(
    browser: Browser, place: Hospital
) -> None:
    with place.signed_in(browser) as context:
        page = place.opened(context)

        def reach(selector: str) -> None:
            for _ in range(40):
                if page.evaluate("s => document.activeElement.matches(s)", selector):
                    return
                page.keyboard.press("Tab")
            pytest.fail(f"{selector} is not reached by Tab")

        reach("main a.btn")
        page.keyboard.press("Enter")
        page.wait_for_url("**/hand-over")
        reach("[name=variant]")
        page.keyboard.press("Space")
        reach("[name=attested]")
        page.keyboard.press("Space")
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        page.wait_for_url("**/sheets/00002/slip")
        reach("main form button")
        with context.expect_page():
            page.keyboard.press("Enter")
        expect(page.locator("h1")).to_be_visible()
    assert len(place.ward.printer.sheets) == 1
    assert place.ward.acts("slips.printed") != []


def test_what_is_missing_is_named_where_it_is(browser: Browser, place: Hospital) -> None:
    with place.signed_in(browser) as context:
        page = place.opened(context, "hand-over")
        page.click("main form button")
        expect(page.locator("#variant")).to_have_attribute("aria-describedby", "wrong")
        page.click("#wrong a")
        assert page.url.endswith("#variant")
        page.goto(f"{place.origin}/fr/sheets/00001/paper/1")
        page.click("#send")
        expect(page.locator(".error a")).to_have_attribute("href", "#q.dq01bags")
        expect(page.locator("[id='q.dq01bags'] .error")).to_contain_text("Rien n’est coché")


def test_in_forced_colours_a_chosen_box_of_the_grid_looks_chosen(
    browser: Browser, place: Hospital
) -> None:
    with place.signed_in(browser, forced_colors="active") as context:
        page = place.opened(context, "sheets/00001/paper/1")
        boxes = page.locator("fieldset.entry label.box")
        boxes.first.click()
        colour = "el => getComputedStyle(el).borderTopColor"
        assert boxes.first.evaluate(colour) != boxes.nth(1).evaluate(colour)
