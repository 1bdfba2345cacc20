"""Passkeys in a real browser, with an authenticator that the browser itself plays."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, CDPSession, Page, expect

from qol.domain.audit import Act
from tests.cast import ANA, BEN, PASSWORD
from tests.e2e.office import Office, office


@pytest.fixture
def place() -> Iterator[Office]:
    """The professionals' face."""
    with office() as found:
        yield found


@contextmanager
def telephone(browser: Browser) -> Iterator[tuple[Page, CDPSession, str]]:
    """A browser with an authenticator that its owner unlocks."""
    context = browser.new_context(locale="fr-FR")
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    kind = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    made = session.send("WebAuthn.addVirtualAuthenticator", {"options": kind})
    yield page, session, made["authenticatorId"]
    context.close()


def register(place: Office, page: Page) -> None:
    """Add a passkey to the account."""
    place.sign_in(page, ANA)
    page.goto(f"{place.origin}/fr/account")
    page.locator("form[action$='/account/passkey'] input[type=password]").fill(PASSWORD)
    page.locator("form[action$='/account/passkey'] button").click()
    page.locator("#passkey button").click()
    page.wait_for_url("**/account/passkey/answer")


def test_a_passkey_is_added_and_signs_in(browser: Browser, place: Office) -> None:
    with telephone(browser) as (page, _, _):
        register(place, page)
        place.half(page, ANA)
        page.locator("form[action$='/second-factor/passkey'] button").click()
        page.locator("#passkey button").click()
        page.wait_for_url(f"{place.origin}/fr/")
        expect(page.locator("header")).to_contain_text(ANA.account.name)
    acts = [event.act for event in place.here.store.events]
    assert Act.PASSKEY_ADDED in acts
    assert Act.PASSKEY_USED in acts


def test_a_prompt_that_is_turned_down_says_so_and_can_be_asked_again(
    browser: Browser, place: Office
) -> None:
    with telephone(browser) as (page, session, authenticator):
        register(place, page)
        place.half(page, ANA)
        page.locator("form[action$='/second-factor/passkey'] button").click()
        turned = {"authenticatorId": authenticator, "isUserVerified": False}
        session.send("WebAuthn.setUserVerified", turned)
        page.locator("#passkey button").click()
        expect(page.locator("#failed")).to_be_visible()
        session.send("WebAuthn.setUserVerified", turned | {"isUserVerified": True})
        page.locator("#passkey button").click()
        page.wait_for_url(f"{place.origin}/fr/")


def test_somebody_elses_passkey_is_not_even_offered(browser: Browser, place: Office) -> None:
    with telephone(browser) as (page, _, _):
        register(place, page)
        page.context.clear_cookies()
        place.half(page, BEN)
        assert page.locator("form[action$='/second-factor/passkey']").count() == 0


def test_without_script_the_code_signs_in_and_the_passkeys_page_says_what_it_needs(
    browser: Browser, place: Office
) -> None:
    with telephone(browser) as (page, _, _):
        register(place, page)
    context = browser.new_context(locale="fr-FR", java_script_enabled=False)
    page = context.new_page()
    place.half(page, ANA)
    page.locator("form[action$='/second-factor/passkey'] button").click()
    expect(page.locator("noscript, .warm").first).to_be_visible()
    page.goto(f"{place.origin}/fr/second-factor")
    page.fill("#code", place.here.code(ANA))
    page.get_by_role("button", name="Se connecter").click()
    page.wait_for_url(f"{place.origin}/fr/")
    context.close()
