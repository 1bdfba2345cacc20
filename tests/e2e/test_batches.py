"""Batches in a browser: axe finds nothing, no page is wider than a tablet, no script is needed."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pyrage
import pytest
from playwright.sync_api import Browser, BrowserContext, expect
from werkzeug.serving import make_server

from tests.cast import LEO, LIA, MAX, Member
from tests.e2e.looks import clean, not_wider
from tests.e2e.ward import LAPTOP, TABLET
from tests.lab_batches import Lab, make, post


@pytest.fixture
def lab(tmp_path: Path) -> Iterator[tuple[Lab, str]]:
    """The laboratory's face and where it is."""
    made = make(tmp_path)
    server = make_server("127.0.0.1", 0, made.app, threaded=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield made, f"http://127.0.0.1:{server.port}"
    server.shutdown()
    made.close()


@contextmanager
def signed_in(
    browser: Browser, lab: tuple[Lab, str], member: Member, **how: object
) -> Iterator[BrowserContext]:
    context = browser.new_context(**({"viewport": LAPTOP, "locale": "fr-FR"} | how))  # type: ignore[arg-type]
    context.set_default_timeout(20_000)
    cookie = lab[0].client(member).get_cookie("lab")
    assert cookie is not None
    context.add_cookies([{"name": "lab", "value": cookie.value, "url": lab[1]}])
    try:
        yield context
    finally:
        context.close()


def paths(lab: Lab) -> list[str]:
    """Every page about a batch that something happened to."""
    client, key = lab.client(LEO), str(pyrage.x25519.Identity.generate().to_public())
    post(client, "/fr/recipients", label="dpo-1", key=key)
    [(reference,)] = lab.place.ask("SELECT reference FROM recipient")
    batch = f"/fr/batches/{lab.issued(12, 'CHU-2', recipient=str(reference))}"
    old = lab.sheets(batch.rsplit("/", 1)[1])[0]
    sheet = str(post(client, f"{batch}/sheets/{old}/replace").location)
    acts = [f"{sheet}/{act}" for act in ("activate", "revoke", "replace")]
    more = [f"{batch}/{tail}" for tail in ("revoke", "slips", "key-file")]
    return ["/fr/batches", "/fr/batches/new", "/fr/recipients", batch, sheet, *acts, *more]


def test_axe_finds_nothing_and_no_page_is_wider_than_a_tablet(
    browser: Browser, lab: tuple[Lab, str]
) -> None:
    with signed_in(browser, lab, LIA, viewport=TABLET) as context:
        page = context.new_page()
        for path in paths(lab[0]):
            page.goto(lab[1] + path)
            clean(page)
            not_wider(page)


def test_slips_are_printed_without_script_and_the_page_renews_itself(
    browser: Browser, lab: tuple[Lab, str]
) -> None:
    batch = lab[0].issued(4)
    with signed_in(browser, lab, MAX, java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(f"{lab[1]}/fr/batches/{batch}/slips")
        page.locator("main button").click()
        expect(page.locator("h1")).to_have_text("Les fiches se préparent")
        lab[0].later.pass_by()
        expect(page.locator("h1")).to_have_text("Les fiches sont prêtes")  # nobody clicked
        with context.expect_event("response", lambda got: got.request.method == "POST") as got:
            page.locator("main button").click()
        assert got.value.headers["content-type"] == "application/pdf"
    assert lab[0].codes(batch) == [("issued", 0)] * 4
