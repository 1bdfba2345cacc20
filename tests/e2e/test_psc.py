"""The browser comes back from another site: which cookies it shows, and where it lands."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect
from werkzeug.serving import make_server

from tests.fakes import FixedClock
from tests.oidc.faulty import FaultyProvider
from tests.oidc.staffed import HELD, face_with
from tests.staff_face import Staffed


@pytest.fixture
def elsewhere() -> Iterator[tuple[Staffed, str]]:
    """A face at ``localhost`` whose provider is at ``127.0.0.1``: two sites to a browser."""
    built = list[Staffed]()

    def app(environ, start):  # noqa: ANN001, ANN202 - what WSGI gives and takes
        return built[0].app(environ, start)

    server = make_server("127.0.0.1", 0, app, threaded=True)
    origin = f"http://localhost:{server.port}"
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    with FaultyProvider(FixedClock(), fault="asks") as provider:
        built.append(face_with(provider, HELD, origin=origin))
        yield built[0], origin
    server.shutdown()
    thread.join()
    server.server_close()


def clicked(browser: Browser, origin: str, *, script: bool = True) -> Page:
    """The page where somebody lands who presses the button."""
    page = browser.new_context(java_script_enabled=script).new_page()
    page.goto(f"{origin}/fr/sign-in")
    page.get_by_role("link", name="S’identifier avec Pro Santé Connect").click()
    page.get_by_role("link", name="It is me").click()
    page.wait_for_url(re.compile(f"^{origin}/fr/(sign-in)?$"))
    return page


@pytest.mark.parametrize("script", [True, False])
def test_the_button_leads_through_the_provider_into_a_strict_session(
    browser: Browser, elsewhere: tuple[Staffed, str], *, script: bool
) -> None:
    here, origin = elsewhere
    page = clicked(browser, origin, script=script)
    expect(page.locator(".who")).to_contain_text(HELD.account.name)
    assert len(here.store.rows.sessions) == 1
    assert sorted(one["name"] for one in page.context.cookies()) == ["hcp", "hcp-known"]
    page.context.close()


def test_a_plain_redirect_would_land_signed_out(
    browser: Browser, elsewhere: tuple[Staffed, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Why the page between is there: a browser holds a strict cookie back from such a redirect."""
    monkeypatch.setattr("qol.web.shared.psc._onward", lambda response: response)
    page = clicked(browser, elsewhere[1])
    expect(page.locator("h1")).to_have_text("Se connecter")
    assert len(elsewhere[0].store.rows.sessions) == 1
    page.context.close()


def test_axe_finds_nothing_on_a_page_with_the_button(
    browser: Browser, elsewhere: tuple[Staffed, str]
) -> None:
    page = browser.new_context().new_page()
    page.goto(f"{elsewhere[1]}/fr/sign-in")
    results = Axe().run(page)
    assert results.violations_count == 0, results.generate_report()
    page.context.close()
