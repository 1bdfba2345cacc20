"""axe-core finds nothing, on any page of the patient, in light and in dark."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests import builders
from tests.e2e.conftest import Served, served
from tests.e2e.looks import clean
from tests.e2e.test_back import served_secure
from tests.e2e.walk import answer_item, begin_form, open_visit
from tests.patient_face import Here


@pytest.fixture
def face() -> Iterator[Served]:
    """The face as an installation serves it: over TLS, with no word of a demonstration."""
    with served_secure() as found:
        yield found


PHONE: dict[str, Any] = {"viewport": {"width": 390, "height": 844}}


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A phone."""
    context = browser.new_context(ignore_https_errors=True, **PHONE)
    yield context.new_page()
    context.close()


@pytest.fixture
def plain(browser: Browser) -> Iterator[Page]:
    """A phone that does not run our script (axe needs its own: so ours is not delivered)."""
    context = browser.new_context(ignore_https_errors=True, **PHONE)
    context.route("**/*.js", lambda route: route.abort())
    yield context.new_page()
    context.close()


def test_axe_sees_what_is_wrong(face: Served, page: Page) -> None:
    page.goto(f"{face.origin}/fr/")
    page.evaluate("document.querySelector('label').remove()")
    with pytest.raises(AssertionError, match="label"):
        clean(page)


def test_axe_sees_what_is_wrong_in_the_dark_alone(face: Served, page: Page) -> None:
    page.goto(f"{face.origin}/fr/")
    clean(page)
    page.evaluate("""() => {
        const sheet = new CSSStyleSheet();
        sheet.replaceSync("@media (prefers-color-scheme: dark) { h1 { color: #222 !important } }");
        document.adoptedStyleSheets = [sheet];
    }""")
    with pytest.raises(AssertionError, match="color-contrast"):
        clean(page)


def test_pages_around_the_form(face: Served, page: Page) -> None:
    page.goto(f"{face.origin}/fr/")
    clean(page)
    page.fill("#code", "K7F3 9QXM 2D4")
    page.click("main button")
    page.locator("#code-error").wait_for()
    clean(page)
    for name in ("rights", "adverse", "accessibility"):
        page.goto(f"{face.origin}/fr/{name}")
        clean(page)
    for name in ("start", "nowhere"):  # a visit that is over, a page that is not there
        page.goto(f"{face.origin}/fr/{name}")
        clean(page)


def test_the_visit(face: Served, page: Page) -> None:
    open_visit(page, face)
    clean(page)
    for name in ("questions/1/switch", "questions/9"):
        page.goto(f"{face.origin}/fr/{name}")
        clean(page)
    page.goto(f"{face.origin}/en/start")
    clean(page)


def with_proxy(here: Here) -> None:
    """Somebody may answer for the patient, and is asked who answers."""
    here.store.versions = builders.in_force(builders.programme(proxy=("demo-qol",)))


def test_the_word_demonstration(page: Page) -> None:
    with served() as face:
        page.goto(f"{face.origin}/fr/")
        page.locator(".demo").wait_for()
        clean(page)


def test_the_form_with_script(page: Page) -> None:
    """Each kind of item asked about once, then answered; the review; both receipts."""
    with served_secure(with_proxy) as face:
        open_visit(page, face)
        begin_form(page)
        kinds: set[str] = set()
        while page.locator("fieldset.item:visible").count():
            kind = page.locator("fieldset.item:visible").evaluate(
                "el => el.dataset.kind + Boolean(el.querySelector('[data-line]'))"
            )
            if not kinds:
                clean(page)
            if kind not in kinds:
                page.get_by_role("button", name="Continuer").click()
                clean(page)
            answer_item(page)
            if kind not in kinds:
                clean(page)
            kinds.add(kind)
            page.get_by_role("button", name="Continuer").click()
        assert len(kinds) >= 4
        clean(page)
        page.click("#send")
        page.locator("svg.tick").wait_for()
        clean(page)
        page.click("main a.btn")
        page.locator(".steps").wait_for()
        clean(page)
        answer_item(page)
        page.get_by_role("button", name="Continuer").click()
        page.click("#send")
        page.locator("form[action$=calendar]").wait_for()
        clean(page)


def test_the_form_without_script(face: Served, plain: Page) -> None:
    """The whole form, the form sent back once, a number out of bounds, too late, sent twice."""
    open_visit(plain, face)
    begin_form(plain)
    clean(plain)
    plain.locator("label.opt").first.click()
    plain.locator("input[inputmode=numeric]").first.fill("999")
    plain.click("#send")
    plain.locator("#trouble").wait_for()
    clean(plain)
    plain.locator("input[inputmode=numeric]").first.fill("")
    face.here.store.down = True
    plain.click("#send")
    plain.locator("#trouble").wait_for()
    plain.click("#send")
    plain.get_by_role("button", name="Renvoyer").or_(plain.locator("main form button")).wait_for()
    clean(plain)
    face.here.store.down = False
    plain.locator("main form button").click()
    plain.locator("svg.tick").wait_for()
    clean(plain)
    plain.goto(f"{face.origin}/fr/questions/1")
    clean(plain)


def test_too_late_a_send(face: Served, plain: Page) -> None:
    open_visit(plain, face)
    begin_form(plain)
    plain.locator("label.opt").first.click()
    plain.context.clear_cookies()
    plain.click("#send")
    plain.locator("#code").wait_for()
    clean(plain)
