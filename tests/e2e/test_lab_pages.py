"""Records and mail room in a real browser: axe finds nothing, no page is wider than a tablet."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page

from tests import lab_records_face, mail_room
from tests.cast import LENA, MIA, ORA, Member
from tests.e2e.looks import clean, not_wider
from tests.e2e.ward import TABLET, listening
from tests.web.lab.records.test_records import ONE

RECORDS = ("/fr/records", ONE, f"{ONE}/correct", "/fr/records/duplicates", "/fr/reports")
MAIL = ("mail", "mail/new", "mail/1", "mail/2", "mail/2/decide", "mail/destruction")


@contextmanager
def served(room: Any, member: Member, browser: Browser, **how: Any) -> Iterator[tuple[Page, str]]:  # noqa: ANN401 - either room
    """The room behind a port, and a browser in which somebody has signed in."""
    with ExitStack() as until:
        server, origin = until.enter_context(listening("localhost"))
        until.callback(room.close)
        server.app = room.app
        cookie = room.client(member).get_cookie("lab")
        assert cookie is not None
        context = browser.new_context(**({"locale": "fr-FR", "viewport": TABLET} | how))
        until.callback(context.close)
        kept = {"name": "lab", "value": cookie.value, "url": origin}
        context.add_cookies([kept | {"httpOnly": True, "sameSite": "Strict"}])  # type: ignore[list-item]
        yield context.new_page(), origin


def looked_at(page: Page, address: str) -> None:
    answer = page.goto(address)
    assert answer is not None
    assert answer.status == 200, address
    clean(page)
    not_wider(page)


def test_records(browser: Browser, tmp_path: Path) -> None:
    room = lab_records_face.make(tmp_path)
    with served(room, LENA, browser) as (page, origin):
        for path in RECORDS:
            looked_at(page, f"{origin}{path}")
        page.locator("main a[href*='/reports/']").first.click()
        page.wait_for_url("**/reports/*/*")
        clean(page)
        not_wider(page)


def opened_mail(folder: Path) -> mail_room.MailRoom:
    """One sheet that waits to be keyed, one whose two keyings differ."""
    room = mail_room.make(folder)
    room.register()
    room.register()
    first = room.release().instrument.items[0]
    room.key(mail_room.MIA, 2)
    room.key(mail_room.NOE, 2, **{f"q.{first.code}": str(first.codes[-1])})
    return room


def test_mail_room(browser: Browser, tmp_path: Path) -> None:
    room = opened_mail(tmp_path)
    assert room.states() == ["received", "keyed_twice"]
    with served(room, ORA, browser) as (page, origin):
        for path in MAIL:
            looked_at(page, f"{origin}/fr/{path}")
    room = opened_mail_again(tmp_path)
    with served(room, MIA, browser) as (page, origin):
        looked_at(page, f"{origin}/fr/mail/1/key")


def opened_mail_again(folder: Path) -> mail_room.MailRoom:
    """Another one, in a folder of its own: the first was closed with its server."""
    (folder / "again").mkdir()
    return opened_mail(folder / "again")
