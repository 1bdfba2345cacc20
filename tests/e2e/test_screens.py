"""Pictures of each screen, to be looked at and committed: ``make screenshots``."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.e2e.conftest import Served
from tests.e2e.walk import answer_item, begin_form, open_visit

FOLDER = Path(__file__).parent.parent.parent / "docs" / "screens"
SIZES = {"phone": (390, 844), "desktop": (1280, 800)}


def picture(page: Page, name: str) -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=FOLDER / f"{name}.png")


def on(page: Page, selector: str) -> bool:
    return page.locator(f"fieldset.item:visible {selector}").count() > 0


def through_form(page: Page, size: str, shown: set[str]) -> None:
    """Answer every screen, with a picture of the first of each kind."""
    for _ in range(60):
        if not page.locator("fieldset.item:visible").count():
            break
        kind = (
            "line" if on(page, "[data-line]") else "number" if on(page, "[inputmode]")
            else "steps" if on(page, ".steps") else "item"
        )  # fmt: skip
        answer_item(page)
        if kind not in shown:
            shown.add(kind)
            picture(page, f"patient-{kind}-{size}")
        page.get_by_role("button", name="Continuer").click()
    picture(page, f"patient-review-{size}")


@pytest.mark.screenshots
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_patient_screen(browser: Browser, face: Served, size: str, scheme: str) -> None:
    width, height = SIZES[size]
    context = browser.new_context(
        viewport={"width": width, "height": height}, color_scheme=scheme, locale="fr-FR"
    )
    page = context.new_page()
    name = size if scheme == "light" else f"{size}-dark"
    page.goto(f"{face.origin}/fr/")
    picture(page, f"patient-code-{name}")
    page.fill("#code", "K7F3 9QXM 2D4")
    page.click("main button")
    picture(page, f"patient-code-error-{name}")
    open_visit(page, face)
    picture(page, f"patient-start-{name}")
    begin_form(page)
    through_form(page, name, set())
    page.get_by_role("button", name="Envoyer").click()
    page.wait_for_selector("svg.tick")
    picture(page, f"patient-next-{name}")
    page.click("main a.btn")
    through_form(page, name, {"item", "line", "number", "steps"})
    page.get_by_role("button", name="Envoyer").click()
    page.wait_for_selector("form[action$=calendar]")
    picture(page, f"patient-received-{name}")
    assert len(face.here.store.rows) == 2
    context.close()
