"""The browser comes back from another site: which cookies it shows, and where it lands."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect
from werkzeug.serving import make_server

from tests.fakes import FixedClock
from tests.oidc.face import Face, settings_for
from tests.oidc.faulty import FaultyProvider


@pytest.fixture
def elsewhere() -> Iterator[tuple[Face, str]]:
    """A face at ``localhost`` whose provider is at ``127.0.0.1``: two sites to a browser."""
    clock, built = FixedClock(), list[Face]()

    def app(environ, start):  # noqa: ANN001, ANN202 - what WSGI gives and takes
        return built[0].app(environ, start)

    server = make_server("127.0.0.1", 0, app, threaded=True)
    origin = f"http://localhost:{server.port}"
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    with FaultyProvider(clock, fault="asks") as provider:
        built.append(Face(settings_for(provider.endpoints, origin=origin), clock))
        yield built[0], origin
    server.shutdown()
    thread.join()
    server.server_close()


def clicked(browser: Browser, origin: str, *, script: bool = True) -> Page:
    """The page where somebody lands who presses the button."""
    page = browser.new_context(java_script_enabled=script).new_page()
    page.goto(f"{origin}/sign-in")
    page.get_by_role("link", name="S’identifier avec Pro Santé Connect").click()
    page.get_by_role("link", name="It is me").click()
    page.wait_for_url(f"{origin}/")
    return page


@pytest.mark.parametrize("script", [True, False])
def test_the_button_leads_through_the_provider_into_a_strict_session(
    browser: Browser, elsewhere: tuple[Face, str], *, script: bool
) -> None:
    face, origin = elsewhere
    page = clicked(browser, origin, script=script)
    expect(page.locator("h1")).to_have_text("mine")
    assert (len(face.came), face.refused) == (1, [])
    assert [one["name"] for one in page.context.cookies()] == ["session"]
    page.context.close()


def test_a_plain_redirect_would_land_signed_out(
    browser: Browser, elsewhere: tuple[Face, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Why the page between is there: a browser holds a strict cookie back from such a redirect."""
    monkeypatch.setattr("qol.web.shared.psc._onward", lambda response: response)
    page = clicked(browser, elsewhere[1])
    expect(page.locator("h1")).to_have_text("nobody")
    page.context.close()


def test_axe_finds_nothing_on_a_page_with_the_button(
    browser: Browser, elsewhere: tuple[Face, str]
) -> None:
    page = browser.new_context().new_page()
    page.goto(f"{elsewhere[1]}/sign-in")
    results = Axe().run(page)
    assert results.violations_count == 0, results.generate_report()
    page.context.close()
