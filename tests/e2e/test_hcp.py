"""The professional at work in a real browser: by keyboard, without script, on a tablet."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests import builders
from tests.e2e.test_keyboard_and_plain import WIDE
from tests.e2e.ward import TABLET, Hospital, hospital

MOST_PRESSES = 60
COUNTING = (
    "addEventListener('keydown', () => { window.presses = (window.presses || 0) + 1; }, true)"
)


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Hospital]:
    """Both faces."""
    with hospital(tmp_path) as found:
        yield found


def test_36_items_with_date_and_attestation_take_at_most_60_key_presses(
    browser: Browser, tmp_path: Path
) -> None:
    named = ("sf-36",)
    with (
        hospital(tmp_path, builders.programme(named), builders.releases(*named)) as place,
        place.signed_in(browser) as context,
    ):
        page = context.new_page()
        page.add_init_script(COUNTING)
        page.goto(f"{place.origin}/fr/sheets/00001/paper/1")
        items = builders.definition("sf-36").instrument.items
        assert len(items) == 36
        for key in "22112026":
            page.keyboard.press(key)
        typed = {}
        for number, item in enumerate(items):
            typed[item.code] = item.codes[number % len(item.codes)]
            page.keyboard.press(str(typed[item.code]))
        page.keyboard.press("Space")
        presses = page.evaluate("window.presses") + 1
        with page.expect_navigation(url="**/paper?received=t0"):
            page.keyboard.press("Enter")
        assert 36 < presses <= MOST_PRESSES
        sealed = json.loads(place.ward.sealer.bodies[0][1])
        assert (sealed["answers"], sealed["answered_on"]) == (typed, "2026-11-22")


def grid(place: Hospital, page: Page) -> None:
    page.goto(f"{place.origin}/fr/sheets/00001/paper/1")
    for key in "21112026":
        page.keyboard.press(key)


def focused(page: Page) -> str:
    return str(page.evaluate("document.activeElement.closest('fieldset').id"))


def test_every_key_of_the_grid_does_what_the_line_of_keys_says(
    browser: Browser, place: Hospital
) -> None:
    with place.signed_in(browser) as context:
        page = context.new_page()
        grid(place, page)
        first, second = (i.code for i in builders.definition("demo-qol").instrument.items[:2])
        assert focused(page) == f"q.{first}"
        page.keyboard.press("9")  # no such code: nothing moves
        expect(page.locator("#say")).not_to_be_empty()
        assert focused(page) == f"q.{first}"
        page.keyboard.press("1")
        assert focused(page) == f"q.{second}"
        page.keyboard.press("Backspace")
        assert focused(page) == f"q.{first}"
        for key, state in (("n", "unanswered"), ("d", "two_boxes"), ("i", "illegible")):
            page.keyboard.press(key)
            chosen = page.locator(f"[id='q.{first}'] input:checked")
            assert chosen.get_attribute("value") == state
            page.keyboard.press("Backspace")
        long = page.locator("fieldset.entry:has(input[value='10'])").first
        long.locator("input").first.focus()
        here = focused(page)
        page.keyboard.press("1")
        page.keyboard.press("0")
        assert focused(page) == here, "a code of two digits waits for Enter"
        page.keyboard.press("Enter")
        assert long.locator("input:checked").get_attribute("value") == "10"
        assert focused(page) != here


@pytest.mark.parametrize("size", ["laptop", "tablet"])
def test_without_script_a_paper_is_copied_and_a_code_handed_over(
    browser: Browser, place: Hospital, size: str
) -> None:
    how = {"java_script_enabled": False}
    with place.signed_in(browser, **how | ({"viewport": TABLET} if size == "tablet" else {})) as at:
        page = place.opened(at, "sheets/00001/paper/1")
        for part, value in (("day", "21"), ("month", "11"), ("year", "2026")):
            page.fill(f"[name='on.{part}']", value)
        for item in builders.definition("demo-qol").instrument.items:
            box = page.locator(f"[id='q.{item.code}'] input[type=radio]").first
            number = page.locator(f"[id='q.{item.code}'] input[type=text]")
            if number.count():
                number.fill(str(item.minimum))
            else:
                box.check()
        page.check("#masked")
        page.click("#send")
        page.wait_for_url("**/paper?received=t0")
        page.goto(f"{place.origin}/fr/hand-over")
        page.locator("[name=variant]").first.check()
        page.check("[name=attested]")
        page.click("main form button")
        page.wait_for_url("**/sheets/00002/slip")
        expect(page.locator("main form button")).to_be_visible()


def test_an_interview_is_entered_one_question_at_a_time(browser: Browser, place: Hospital) -> None:
    with place.signed_in(browser) as context:
        page = place.opened(context)
        page.click("text=Saisir en consultation")
        page.click("main .due a >> nth=1")
        page.locator("fieldset.item:visible label.opt").first.click()
        page.get_by_role("button", name="Continuer").click()
        page.click("#send")
        page.wait_for_url("**received=1")
        assert [tuple(row) for row in place.ward.place.ask("SELECT mode FROM administration")] == [
            ("interview",)
        ]


PAGES = ("", "follow-up", "hand-over", "sheets/00001", "sheets/00001/paper/1")
PAGES += tuple(
    f"sheets/00001/{name}"
    for name in ("slip", "paper", "device", "end", "wrong-patient", "not-done/t0", "consultation")
)
PAGES += ("sheets/00001/consultation/2026-11-22/demo-qol",)


def test_nothing_is_wider_than_its_screen(browser: Browser, place: Hospital) -> None:
    with place.signed_in(browser) as context:
        page = context.new_page()
        for path in PAGES:
            page.goto(f"{place.origin}/fr/{path}")
            for width in (1024, 768):
                page.set_viewport_size({"width": width, "height": 800})
                assert page.evaluate(WIDE) == [], (path, width)


def test_the_device_goes_to_the_patient_and_back_meets_the_sign_in(
    browser: Browser, place: Hospital
) -> None:
    for script in (True, False):
        with place.signed_in(browser, java_script_enabled=script) as context:
            page = place.opened(context, "sheets/00001/device")
            page.click("main form button")
            page.wait_for_url(f"{place.patient}/fr/device")
            assert "ticket" not in page.url
            expect(page.locator("main a.btn")).to_be_visible()
            page.go_back()
            page.wait_for_url("**/fr/sign-in")
            again = context.new_page()
            again.goto(f"{place.origin}/fr/sheets/00001")
            assert again.url.endswith("/fr/sign-in")


def test_the_patient_answers_on_the_handed_device(browser: Browser, place: Hospital) -> None:
    with place.signed_in(browser, java_script_enabled=False) as context:
        page = place.opened(context, "sheets/00001/device")
        page.click("main form button")
        page.click("main a.btn")
        page.click("main a.btn")
        page.wait_for_url("**/questions/1")
        page.locator("label.opt").first.click()
        page.click("#send")
        page.click("#send")  # asked once about what was left open
        page.wait_for_url("**/received")
        found = place.ward.place.ask("SELECT mode, subject_id FROM administration")
        assert found == [("handed_device", 1)]
