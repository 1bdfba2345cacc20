"""Pages of staff: axe-core finds nothing, a keyboard is enough, no script, no sideways scroll."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from qol.usecases.staff.issue_activation import IssueActivation
from tests.cast import ADA, ANA, PASSWORD
from tests.e2e.looks import clean, not_wider
from tests.e2e.office import Office, office
from tests.e2e.ward import Hospital, hospital
from tests.fakes import CountingDice
from tests.screens import STAFF, View, keep
from tests.web.hcp.test_sheet import READ

WIDTHS = (1280, 1024, 768)
Look = Callable[[Page], None]


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A laptop."""
    found = browser.new_context(locale="fr-FR")
    found.set_default_timeout(10_000)
    yield found
    found.close()


def through_the_office(place: Office, page: Page, look: Look) -> None:
    """Every page of signing in and of one's own account."""
    origin = place.origin
    page.goto(f"{origin}/fr/sign-in")
    look(page)
    page.fill("#login", ANA.login)
    page.fill("#password", "not her password at all")
    page.click("main button")
    page.locator("#error").wait_for()
    look(page)
    place.half(page, ANA)
    look(page)
    page.fill("#code", "000000")
    page.get_by_role("button", name="Se connecter").click()
    page.locator("#error").wait_for()
    look(page)
    page.fill("#code", place.here.code(ANA))
    page.get_by_role("button", name="Se connecter").click()
    page.wait_for_url("**/notice")
    look(page)
    page.locator("main button").click()
    page.wait_for_url(f"{origin}/fr/")
    look(page)
    for path in ("account", "nowhere", "grants"):
        page.goto(f"{origin}/fr/{path}")
        look(page)
    page.goto(f"{origin}/fr/account")
    page.locator("form[action$='/account/passkey'] input[type=password]").fill(PASSWORD)
    page.locator("form[action$='/account/passkey'] button").click()
    look(page)
    page.goto(f"{origin}/fr/")
    page.get_by_role("button", name="Verrouiller").click()
    page.wait_for_url("**/locked")
    look(page)
    page.fill("input[type=password]", PASSWORD)
    page.locator("main button").first.click()
    page.wait_for_url(f"{origin}/fr/")
    page.get_by_role("button", name="Se déconnecter").click()
    page.wait_for_url("**/sign-in")


def through_activation(place: Office, page: Page, look: Look) -> None:
    """The secret's page, a wrong secret, and the page where the ways in are chosen."""
    here = place.here
    secret = IssueActivation(here.store, here.clock, CountingDice(500))(
        ANA.reference, ADA.account.actor
    )
    page.goto(f"{place.origin}/fr/activate")
    look(page)
    page.locator("main input[name=secret]").fill("wrong")
    page.click("main button")
    page.locator("[role=alert]").wait_for()
    look(page)
    page.locator("main input[name=secret]").fill(secret)
    page.click("main button")
    page.wait_for_url("**/activate/choose")
    look(page)


def through_the_ward(place: Hospital, page: Page, look: Look) -> None:
    """Every page of a professional, and each form that was sent without a choice."""
    for path in READ:
        page.goto(f"{place.origin}{path}")
        look(page)
    for path in ("hand-over", "sheets/00001/not-done/t0", "sheets/00001/end"):
        page.goto(f"{place.origin}/fr/{path}")
        page.locator("main form button").last.click()
        page.locator(".error").first.wait_for()
        look(page)
    page.goto(f"{place.origin}/fr/sheets/00001/paper/1")
    page.locator("#send").click()
    page.locator(".error").first.wait_for()
    look(page)


def clean_at_every_width(page: Page) -> None:
    clean(page)
    not_wider(page, *WIDTHS)


def test_axe_finds_nothing_at_the_office_and_nothing_is_too_wide(context: BrowserContext) -> None:
    with office() as place:
        through_the_office(place, context.new_page(), clean_at_every_width)
    with office() as place:
        through_activation(place, context.new_page(), clean_at_every_width)


def test_axe_finds_nothing_on_the_page_of_grants(context: BrowserContext) -> None:
    with office("lab") as place:
        page = context.new_page()
        place.sign_in(page, ADA)
        clean(page)
        page.goto(f"{place.origin}/fr/grants")
        clean(page)


def test_axe_finds_nothing_in_the_ward(browser: Browser, tmp_path: Path) -> None:
    with hospital(tmp_path) as place, place.signed_in(browser) as context:
        through_the_ward(place, context.new_page(), clean)


def test_without_script_the_office_works(browser: Browser) -> None:
    context = browser.new_context(java_script_enabled=False, locale="fr-FR")
    with office() as place:
        through_the_office(place, context.new_page(), not_wider)
    context.close()


def test_by_keyboard_alone_one_signs_in_locks_and_signs_out(browser: Browser) -> None:
    context = browser.new_context(locale="fr-FR")
    with office() as place:
        page, keys = context.new_page(), None
        place.read(ANA)
        page.goto(f"{place.origin}/fr/sign-in")
        keys = page.keyboard
        _tab_to(page, "#login")
        keys.type(ANA.login)
        keys.press("Tab")
        keys.type(PASSWORD)
        keys.press("Enter")
        page.wait_for_url("**/second-factor")
        _tab_to(page, "#code")
        keys.type(place.here.code(ANA))
        keys.press("Enter")
        page.wait_for_url(f"{place.origin}/fr/")
        _tab_to(page, "#lock button")
        keys.press("Enter")
        page.wait_for_url("**/locked")
        _tab_to(page, "input[type=password]")
        keys.type(PASSWORD)
        keys.press("Enter")
        page.wait_for_url(f"{place.origin}/fr/")
        _tab_to(page, "form[action$='/sign-out'] button")
        keys.press("Enter")
        page.wait_for_url("**/sign-in")
        page.go_back()
        expect(page.locator("#login")).to_be_visible()
    context.close()


def _tab_to(page: Page, selector: str) -> None:
    """Press Tab until it is reached; what has the focus must show it."""
    for _ in range(30):
        if page.evaluate("one => document.activeElement === document.querySelector(one)", selector):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{selector} is not reached by Tab on {page.url}")


@pytest.mark.screenshots
@pytest.mark.parametrize("view", STAFF.views, ids=lambda view: view.column)
def test_every_screen_of_the_office(browser: Browser, view: View) -> None:
    context = browser.new_context(**view.how, locale="fr-FR")  # type: ignore[arg-type]
    names = iter(
        ("sign-in", "sign-in-wrong", "second-factor", "second-wrong", "notice", "home", "account")
    )

    def look(page: Page) -> None:
        name = next(names, "")
        if name and "wrong" not in name:
            keep(page, STAFF, f"staff-{name}", view)

    with office() as place:
        through_the_office(place, context.new_page(), look)
    with office("lab") as place:
        page = context.new_page()
        place.sign_in(page, ADA)
        page.goto(f"{place.origin}/fr/grants")
        keep(page, STAFF, "staff-grants", view)
    context.close()
