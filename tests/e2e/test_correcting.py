"""A correction is keyed by digits, as paper is copied; what was typed outlives the session."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from qol.domain.administration import Body
from tests import builders, lab_records_face
from tests.cast import LENA
from tests.e2e.test_lab_pages import served
from tests.fakes import KeepingSealer
from tests.lab_records_face import DEMO, ROWS, Room
from tests.web.lab.records.test_records import ONE


def focused(page: Page) -> str:
    return str(page.evaluate("document.activeElement.closest('fieldset').id"))


def begin(page: Page, address: str) -> None:
    """Open the grid and go to its first line with keys alone."""
    page.goto(address)
    page.locator("#on\\.year").focus()
    while page.evaluate("document.activeElement.closest('fieldset.entry') === null"):
        page.keyboard.press("Tab")


def reasoned(page: Page) -> None:
    """Choose why and on what basis, with keys; send."""
    assert page.evaluate("document.activeElement.name") == "reason"
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    with page.expect_navigation():
        page.keyboard.press("Enter")


def newest(room: Room) -> Body:
    known = "', '".join(one.id for one in ROWS)
    [row] = room.place.ask(f"SELECT envelope FROM administration WHERE id NOT IN ('{known}')")
    return Body.from_canonical(bytes(row[0]))  # type: ignore[call-overload]


def test_36_items_are_corrected_with_a_digit_each(browser: Browser, tmp_path: Path) -> None:
    [release, *_] = builders.releases("sf-36")
    items = release.instrument.items
    assert len(items) == 36
    sealer = KeepingSealer()
    room = lab_records_face.make(
        tmp_path, (lab_records_face.record(1, 1, release),), sealer=sealer, battery=("sf-36",)
    )
    with served(room, LENA, browser) as (page, origin):
        begin(page, f"{origin}{ONE}/correct")
        typed = {}
        for number, item in enumerate(items):
            assert focused(page) == f"q.{item.code}"
            typed[item.code] = item.codes[(number + 2) % len(item.codes)]
            page.keyboard.press(str(typed[item.code]))
        reasoned(page)
        assert page.url.endswith(ONE)
    [(_, body)] = sealer.bodies
    assert json.loads(body)["answers"] == typed


def test_a_line_is_kept_with_enter_and_what_it_opens_stays_open(
    browser: Browser, tmp_path: Path
) -> None:
    """The others keep what they have, a question that a kept answer opens among them."""
    with served(room := lab_records_face.make(tmp_path), LENA, browser) as (page, origin):
        begin(page, f"{origin}{ONE}/correct")
        assert page.locator("fieldset.entry[disabled]").count() == 0
        page.keyboard.press("4")
        page.keyboard.press("r")
        for item in DEMO.instrument.items[2:-1]:
            assert focused(page) == f"q.{item.code}"
            page.keyboard.press("Enter")
        for key in ("7", "Enter"):
            page.keyboard.press(key)
        reasoned(page)
        after, before = newest(room), Body.from_canonical(ROWS[0].envelope)
    first, second, *_, last = (item.code for item in DEMO.instrument.items)
    assert (after.answers[first], after.answers[second]) != (before.answers[first], None)
    changed = {code for code in after.answers if after.answers[code] != before.answers[code]}
    assert changed == {first, last}
    assert replace(after, answers={}) == replace(before, answers={})


@pytest.mark.parametrize("script", [True, False])
def test_what_was_typed_is_sent_again_after_the_session_has_ended(
    browser: Browser, tmp_path: Path, script: bool
) -> None:
    room = lab_records_face.make(tmp_path)
    with served(room, LENA, browser, java_script_enabled=script) as (page, origin):
        page.goto(f"{origin}{ONE}/correct")
        page.locator("input[name='q.dq01bags'][value='4']").check()
        page.locator("input[name='on.day']").fill("21")
        for name, value in (("mode", "interview"), ("reason", "entry_error")):
            page.locator(f"input[name={name}][value={value}]").check()
        page.locator("input[name=source][value=patient_request]").check()
        page.context.clear_cookies()
        page.locator("#send").click()
        assert len(room.rows()) == len(ROWS)
        cookie = room.client(LENA).get_cookie("lab")
        assert cookie is not None
        page.context.add_cookies([{"name": "lab", "value": cookie.value, "url": origin}])
        page.locator("main button").click()  # the token is of the session before: once more
        page.locator("main button").click()
        page.wait_for_url(f"{origin}{ONE}")
        body = newest(room)
    assert body.answers["dq01bags"].value == 4  # type: ignore[union-attr]
    assert str(body.answered_on) == "2026-11-21"
    [(*_, detail)] = room.ledger("record.corrected")
    assert '"reason":"entry_error"' in str(detail)
    assert '"fields":"answered_on,mode,answers"' in str(detail)
