"""What a deposit costs a phone: bytes, requests, cookies, and nothing from elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, Request

from qol.web.shared.assets import compressed, joined
from tests import builders
from tests.e2e.conftest import Served
from tests.e2e.test_back import served_secure, type_code
from tests.e2e.walk import answer_item, begin_form
from tests.patient_face import Here

STATIC = Path(__file__).parent.parent.parent / "static"
SERVER_LINES = 130  # what the server in front adds: status line, Date, Server, Connection


@dataclass
class Answered:
    """One response, as many bytes as it takes on the wire before encryption."""

    path: str
    size: int


def counted(here: Here) -> list[Answered]:
    """Note every response of the face: the list grows while the browser asks."""
    inner, answered = here.app.wsgi_app, []

    def counting(environ: Any, start: Any) -> Any:  # noqa: ANN401 - WSGI
        size = [SERVER_LINES]

        def noting(status: str, headers: list[tuple[str, str]], info: Any = None) -> Any:  # noqa: ANN401 - WSGI
            size[0] += sum(len(name) + len(value) + 4 for name, value in headers)
            return start(status, headers, info)

        body = list(inner(environ, noting))
        answered.append(Answered(environ["PATH_INFO"], size[0] + sum(map(len, body))))
        return body

    here.app.wsgi_app = counting
    return answered


@dataclass
class Visit:
    """A patient's browser, and what it was sent."""

    page: Page
    face: Served
    answered: list[Answered]
    asked: list[str]


def prepared(here: Here) -> None:
    """One questionnaire a visit: the demonstration's long one."""
    here.store.versions = builders.in_force(builders.programme(("demo-qol",)))
    here.counted = counted(here)  # type: ignore[attr-defined]


@pytest.fixture(params=[True, False], ids=["script", "plain"])
def visit(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Visit]:
    """The code page, just opened on a phone that was never here."""
    with served_secure(prepared) as face:
        context = browser.new_context(
            ignore_https_errors=True,
            java_script_enabled=request.param,
            viewport={"width": 390, "height": 844},
        )
        page, asked = context.new_page(), []

        def note(told: Request) -> None:
            asked.append(told.url)

        page.on("request", note)
        page.goto(f"{face.origin}/fr/")
        page.wait_for_load_state("networkidle")
        yield Visit(page, face, face.here.counted, asked)  # type: ignore[attr-defined]
        context.close()


def answer_everything(page: Page) -> None:
    """Answer every item of the open form, with our script or without."""
    if page.locator("html.js").count():
        while page.locator("fieldset.item:visible").count():
            answer_item(page)
            page.get_by_role("button", name="Continuer").click()
    else:
        for item in page.locator("fieldset.item").all():
            number = item.locator("input[inputmode=numeric]")
            if number.count():
                number.fill(item.get_attribute("data-high") or "1")
            else:
                item.locator("label.opt").nth(1).click()


def deposit(visit: Visit) -> None:
    """From the code to the receipt."""
    page = visit.page
    type_code(page, visit.face.here.code)
    begin_form(page)
    answer_everything(page)
    page.click("#send")
    page.locator("svg.tick").wait_for()
    page.wait_for_load_state("networkidle")
    assert len(visit.face.here.store.rows) == 1


def test_the_first_view(visit: Visit) -> None:
    total = sum(answer.size for answer in visit.answered)
    print("first view:", total, "bytes,", len(visit.answered), "requests")  # noqa: T201 - figures
    assert 1 < len(visit.answered) <= 3, visit.answered
    assert 2_000 < total <= 14_000, visit.answered


def test_a_whole_deposit(visit: Visit) -> None:
    deposit(visit)
    total = sum(answer.size for answer in visit.answered)
    pages = [a.path for a in visit.answered if not a.path.startswith("/static/")]
    print("deposit:", total, "bytes,", pages, len(visit.answered))  # noqa: T201 - figures
    assert total <= 40_000, visit.answered
    with_script = "/fr/received" not in pages
    assert len(pages) <= (5 if with_script else 6), pages
    # Chromium's loader of icons keeps nothing of a site whose certificate it only tolerates.
    assets = [a.path for a in visit.answered if a.path.endswith((".css", ".js"))]
    assert len(assets) == len(set(assets)), "an asset came twice"


def test_nothing_comes_from_elsewhere(visit: Visit) -> None:
    deposit(visit)
    assert {f"{u.scheme}://{u.netloc}" for u in map(urlsplit, visit.asked)} == {visit.face.origin}


def test_one_cookie_that_no_script_reads(visit: Visit) -> None:
    jar = visit.page.context.cookies
    assert [cookie["name"] for cookie in jar()] == ["__Host-patient"]
    type_code(visit.page, visit.face.here.code)
    begin_form(visit.page)
    (cookie,) = jar()
    assert cookie["httpOnly"]
    assert cookie["secure"]
    assert (cookie["name"], cookie["path"], cookie["sameSite"]) == ("__Host-patient", "/", "Strict")
    assert cookie["expires"] == -1, "it ends with the browser"
    assert visit.page.evaluate("document.cookie") == ""


def test_the_script_is_small() -> None:
    packed = len(compressed(joined(STATIC / "form")))
    print("form.js:", packed, "bytes")  # noqa: T201 - figures
    assert packed <= 6_000
