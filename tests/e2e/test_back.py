"""Two patients, one device: whatever Back brings, nothing of the first is seen by the second."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from ssl import SSLContext
from typing import Any

import pytest
from jinja2 import FunctionLoader
from playwright.sync_api import Browser, Error, Page, expect
from werkzeug.serving import BaseWSGIServer, generate_adhoc_ssl_context, make_server

from qol.domain.pseudonym import Pseudonym
from tests import builders
from tests.browser import ARGUMENTS
from tests.e2e.conftest import Served
from tests.e2e.walk import begin_form
from tests.patient_face import Here, make

TEMPLATES = Path(__file__).parent.parent.parent / "templates"
Change = Callable[[Here], object]


@cache
def certificate() -> SSLContext:
    return generate_adhoc_ssl_context()


@contextmanager
def served_secure(change: Change = id) -> Iterator[Served]:
    """Serve the face as an installation does: its own https address, Secure cookie."""

    def nothing(environ: Any, start: Any) -> Iterable[bytes]:  # noqa: ANN401 - WSGI
        start("503 Not yet", [])
        return []

    server: BaseWSGIServer = make_server(
        "127.0.0.1", 0, nothing, threaded=True, ssl_context=certificate()
    )
    origin = f"https://127.0.0.1:{server.port}"
    here = make(origin)
    change(here)
    server.app = here.app
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield Served(here, origin)
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


SEEN = """() => [
  ...[...document.querySelectorAll('input')]
    .filter(i => i.type === 'radio' || i.type === 'checkbox' ? i.checked
      : i.type === 'text' && i.value !== '').map(i => i.name + '=' + i.value),
  ...[...document.querySelectorAll('.opt.on, .check dd:not(.none):not(.act), .mark')]
    .map(e => e.className + ' ' + e.textContent)]"""


@pytest.fixture(scope="module")
def remembering(browser: Browser, chromium: Path) -> Iterator[Browser]:
    """A browser as people have it: its back/forward cache is on."""
    found = browser.browser_type.launch(
        executable_path=str(chromium),
        args=list(ARGUMENTS),
        ignore_default_args=["--disable-back-forward-cache"],
    )
    yield found
    found.close()


@contextmanager
def device(browser: Browser, *, script: bool) -> Iterator[Page]:
    """One phone that two people use."""
    context = browser.new_context(ignore_https_errors=True, java_script_enabled=script)
    context.set_default_timeout(10_000)
    yield context.new_page()
    context.close()


def second_patient(face: Served) -> Pseudonym:
    code = builders.a_code()
    face.here.store.subjects[code.reveal().encode()] = builders.subject(2)
    return code


def type_code(page: Page, code: Pseudonym) -> None:
    page.fill("#code", code.printed())
    page.click("main button")
    page.wait_for_url("**/start")


def left_half_filled(page: Page, face: Served) -> None:
    """Choose something, then walk away."""
    begin_form(page)
    page.locator("fieldset.item:visible label.opt").nth(1).click()
    number = page.locator("fieldset.item:visible input[inputmode=numeric]")
    if number.count():
        number.first.fill("7")
    assert page.evaluate(SEEN), "the checker sees a choice while it is there"


def short_first(here: Here) -> None:
    """The one-question questionnaire comes first: less to click through."""
    here.store.versions = builders.in_force(builders.programme(("pain-nrs", "demo-qol")))


def answered_and_sent(page: Page, face: Served) -> None:
    """Answer the first questionnaire and send it; the second one is never begun."""
    begin_form(page)
    page.locator("fieldset.item:visible label.opt").nth(4).click()
    assert page.evaluate(SEEN), "the checker sees a choice while it is there"
    if page.locator("html.js").count():
        page.get_by_role("button", name="Continuer").click()
        assert page.evaluate(SEEN), "the checker sees the review"
    page.click("#send")
    page.locator("svg.tick").wait_for()
    assert len(face.here.store.rows) == 1


def press_back(page: Page, to: str = "") -> bool:
    """Press the browser's Back button, or pick an address from its list; False at the beginning."""
    cdp = page.context.new_cdp_session(page)
    told = cdp.send("Page.getNavigationHistory")
    earlier = [e for e in told["entries"][: told["currentIndex"]] if to in e["url"]]
    if not earlier:
        return False
    arrived: list[object] = []
    cdp.send("Page.enable")
    for event in ("Page.frameNavigated", "Page.navigatedWithinDocument"):
        cdp.on(event, lambda told: arrived.append(told))  # noqa: PLW0108 - Playwright marks it
    cdp.send("Page.navigateToHistoryEntry", {"entryId": earlier[-1]["id"]})
    for _ in range(200):
        if arrived and page.evaluate("document.readyState") == "complete":
            break
        page.wait_for_timeout(25)
    assert arrived, "Back did nothing"
    cdp.detach()
    return True


def seen_on_the_way_back(page: Page, first_to: str = "") -> list[str]:
    """Everything of a form that shows while Back is pressed to the very beginning.

    The code page ends the visit under way, so a straight walk meets forms that say "over";
    whoever picks the form from the list of a long press jumps over it: ``first_to``.
    """
    found: list[str] = []
    to = first_to
    for _ in range(60):
        if not press_back(page, to):
            assert not to, "there was no such page behind"
            return found
        to = ""
        try:
            found += page.evaluate(SEEN)
        except Error:  # the page went away by itself meanwhile: look at where it went
            page.wait_for_load_state()
            found += page.evaluate(SEEN)
    raise AssertionError("Back has no end")


@pytest.mark.parametrize("script", [True, False], ids=["script", "plain"])
@pytest.mark.parametrize("first_to", ["", "/questions/1"], ids=["walk", "jump"])
@pytest.mark.parametrize("before", [left_half_filled, answered_and_sent])
def test_the_second_patient_sees_nothing_of_the_first(
    remembering: Browser, before: Callable[[Page, Served], None], first_to: str, script: bool
) -> None:
    change = short_first if before is answered_and_sent else id
    with served_secure(change) as face, device(remembering, script=script) as page:
        page.goto(f"{face.origin}/fr/")
        type_code(page, face.here.code)
        before(page, face)
        page.goto(f"{face.origin}/fr/")
        type_code(page, second_patient(face))
        assert seen_on_the_way_back(page, first_to) == []


@pytest.mark.parametrize("script", [True, False], ids=["script", "plain"])
@pytest.mark.parametrize("door", ["", "leave"])
def test_whoever_finds_the_device_sees_nothing(
    remembering: Browser, door: str, script: bool
) -> None:
    with served_secure() as face, device(remembering, script=script) as page:
        page.goto(f"{face.origin}/fr/")
        type_code(page, face.here.code)
        left_half_filled(page, face)
        page.goto(f"{face.origin}/fr/{door}")
        assert seen_on_the_way_back(page) == []


def test_back_after_a_failed_send_brings_the_answers_again(remembering: Browser) -> None:
    """Without script the browser's cache of pages keeps the form, as long as no cookie changes."""
    with served_secure(short_first) as face, device(remembering, script=False) as page:
        page.goto(f"{face.origin}/fr/")
        type_code(page, face.here.code)
        begin_form(page)
        page.locator("fieldset.item label.opt").nth(4).click()
        page.route("**/send/*", lambda route: route.abort("internetdisconnected"))
        page.locator("#send").click(no_wait_after=True)
        expect(page).to_have_url("chrome-error://chromewebdata/")
        page.unroute("**/send/*")
        assert press_back(page)
        assert page.evaluate(SEEN), "the answer is still there"
        page.click("#send")
        page.locator("svg.tick").wait_for()
        assert len(face.here.store.rows) == 1


def without_autocomplete(here: Here) -> None:
    """Mutation: the form's autocomplete="off" is gone."""

    def source(name: str) -> str:
        text = (TEMPLATES / name).read_text()
        if name == "shared/form.html":
            text, count = re.subn(r'(<form\b[^>]*?) autocomplete="off"', r"\1", text)
            assert count == 1
        return text

    here.app.jinja_loader = FunctionLoader(source)


def with_unchanged_cookie(here: Here) -> None:
    """Mutation: a response that leaves a visit sets no cookie (and clears nothing)."""
    inner = here.app.wsgi_app

    def changed(environ: Any, start: Any) -> Any:  # noqa: ANN401 - WSGI
        leaves = re.fullmatch("/fr/(leave|received)?", environ["PATH_INFO"])
        leaves = leaves and environ["REQUEST_METHOD"] == "GET" and "HTTP_COOKIE" in environ

        def dropping(status: str, headers: list[tuple[str, str]], info: Any = None) -> Any:  # noqa: ANN401 - WSGI
            gone = {"set-cookie", "clear-site-data"} if leaves else set()
            return start(status, [h for h in headers if h[0].lower() not in gone], info)

        return inner(environ, dropping)

    here.app.wsgi_app = changed


@pytest.mark.parametrize("script", [True, False], ids=["script", "plain"])
def test_the_checker_turns_red_without_autocomplete_off(remembering: Browser, script: bool) -> None:
    served = served_secure(without_autocomplete)
    with served as face, device(remembering, script=script) as page:
        page.goto(f"{face.origin}/fr/")
        type_code(page, face.here.code)
        left_half_filled(page, face)
        page.goto(f"{face.origin}/fr/")
        type_code(page, second_patient(face))
        assert seen_on_the_way_back(page, "/questions/1") != []


@pytest.mark.parametrize("script", [True, False], ids=["script", "plain"])
@pytest.mark.parametrize("door", ["", "leave"])
def test_the_checker_turns_red_with_an_unchanged_cookie(
    remembering: Browser, door: str, script: bool
) -> None:
    served = served_secure(with_unchanged_cookie)
    with served as face, device(remembering, script=script) as page:
        page.goto(f"{face.origin}/fr/")
        type_code(page, face.here.code)
        left_half_filled(page, face)
        page.goto(f"{face.origin}/fr/{door}")
        assert seen_on_the_way_back(page) != []
