"""Pictures of each screen of the patient, to be looked at and committed: ``make screenshots``."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page

from tests import screens
from tests.e2e.conftest import Served
from tests.e2e.walk import answer_item, begin_form, open_visit
from tests.screens import PATIENT, View


def picture(page: Page, name: str, view: View) -> None:
    screens.keep(page, PATIENT, f"patient-{name}", view)


def on(page: Page, selector: str) -> bool:
    return page.locator(f"fieldset.item:visible {selector}").count() > 0


def through_form(page: Page, view: View, shown: set[str]) -> None:
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
            picture(page, kind, view)
        page.get_by_role("button", name="Continuer").click()
    picture(page, "review", view)


@pytest.mark.screenshots
@pytest.mark.parametrize("view", PATIENT.views, ids=lambda view: view.column)
def test_every_patient_screen(browser: Browser, face: Served, view: View) -> None:
    context = browser.new_context(**view.how, locale="fr-FR")  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(f"{face.origin}/fr/")
    picture(page, "code", view)
    page.fill("#code", "K7F3 9QXM 2D4")
    page.click("main button")
    page.wait_for_selector("#code-error")
    picture(page, "code-error", view)
    open_visit(page, face)
    picture(page, "start", view)
    begin_form(page)
    through_form(page, view, set())
    page.get_by_role("button", name="Envoyer").click()
    page.wait_for_selector("svg.tick")
    picture(page, "next", view)
    page.click("main a.btn")
    through_form(page, view, {"item", "line", "number", "steps"})
    page.get_by_role("button", name="Envoyer").click()
    page.wait_for_selector("form[action$=calendar]")
    picture(page, "received", view)
    assert len(face.here.store.rows) == 2
    context.close()


@pytest.mark.screenshots
def test_the_page_that_shows_them_all() -> None:
    (screens.FOLDER / "README.md").write_text(screens.page(), "utf-8")
