"""A sheet is keyed in a real browser by keyboard alone, as on the professionals' face."""

from __future__ import annotations

import threading
from pathlib import Path

from playwright.sync_api import Browser
from werkzeug.serving import make_server

from tests.cast import MIA, NOE
from tests.mail_room import MailRoom, make


def keyed(browser: Browser, room: MailRoom, origin: str, login: str) -> str:
    """Key sheet 1 with nothing but keys; where that led."""
    member = {one.login: one for one in (MIA, NOE)}[login]
    cookie = room.client(member).get_cookie("lab")
    assert cookie is not None
    context = browser.new_context(viewport={"width": 1024, "height": 768}, locale="fr-FR")
    kept = {"name": "lab", "value": cookie.value, "url": origin}
    context.add_cookies([kept | {"httpOnly": True, "sameSite": "Strict"}])  # type: ignore[list-item]
    try:
        page = context.new_page()
        page.goto(f"{origin}/fr/mail/1/key")
        for key in "21112026":
            page.keyboard.press(key)
        for _ in room.release().instrument.items:
            if page.evaluate("document.activeElement.id") == "send":
                break
            page.keyboard.press("n")
        with page.expect_navigation(url="**/mail/1?keyed=*"):
            page.keyboard.press("Enter")
        return page.url.rpartition("=")[2]
    finally:
        context.close()


def test_both_people_key_a_sheet_with_nothing_but_keys(browser: Browser, tmp_path: Path) -> None:
    server = make_server("localhost", 0, lambda _, __: [], threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    room = make(tmp_path)
    server.app = room.app
    origin = f"http://localhost:{server.port}"
    try:
        room.register()
        led = [keyed(browser, room, origin, login) for login in ("mia", "noe")]
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
        room.close()
    assert led == ["keyed_once", "reconciled"]
