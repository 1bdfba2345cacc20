"""kill -9 at each named point of what a professional does.

Rows and events agree afterwards, and the same act again has one result.
"""

from __future__ import annotations

import http.client
import re
import urllib.error
from collections.abc import Callable

import pytest
from sqlalchemy import create_engine, text

from qol.adapters.db.engine import normalised
from tests.instance import Browser, Instance
from tests.working import Working, hand_over_form, interview, post, sign_in, working

LOST = (ConnectionError, urllib.error.URLError, http.client.HTTPException, TimeoutError)
POINTS = ("after_begin", "after_event", "after_commit")
AGREE = {
    "pseudonym.handed_over": "SELECT count(*) FROM attestation",
    "slips.printed": "SELECT count(*) FROM attestation JOIN pseudonym USING (subject_id)"
    " WHERE state = 'live' AND slip IS NULL",
    "administration.deposited": "SELECT count(*) FROM administration",
    "device.handed_over": "SELECT count(*) FROM device_ticket",
}


def counted(instance: Instance, sql: str) -> int:
    url = instance.database_url or f"sqlite:///{instance.folder / 'portal.sqlite3'}"
    engine = create_engine(normalised(url))
    try:
        with engine.connect() as connection:
            return int(connection.execute(text(sql)).scalar_one())
    finally:
        engine.dispose()


def agreed(instance: Instance, act: str) -> int:
    """How often the act happened: rows and events say the same."""
    events = counted(instance, f"SELECT count(*) FROM ledger WHERE act = '{act}'")  # noqa: S608
    assert events == counted(instance, AGREE[act])
    return events


def dies(face: Working, act: Callable[[], object]) -> None:
    """Do the act; nobody answers, for the face dies of it."""
    with pytest.raises(LOST):
        act()
    face.child.wait(timeout=20)


def handed_over(browser: Browser) -> str:
    """The sheet of a new hand-over."""
    browser.ask("/fr/hand-over", hand_over_form(browser))
    _, page = browser.ask("/fr/follow-up")
    return re.findall(r'href="/fr/sheets/(\w{5})"', page)[-1]


@pytest.mark.parametrize("point", POINTS)
def test_a_code_is_handed_over_once(instance: Instance, ana: Browser, point: str) -> None:
    before = agreed(instance, "pseudonym.handed_over")
    with working(instance, point) as face:
        browser = face.browser(ana)
        with working(instance) as alive:
            form = hand_over_form(alive.browser(ana))
        dies(face, lambda: browser.ask("/fr/hand-over", form))
    with working(instance) as face:
        assert face.browser(ana).ask("/fr/hand-over", form)[0] == 303
    assert agreed(instance, "pseudonym.handed_over") == before + 1
