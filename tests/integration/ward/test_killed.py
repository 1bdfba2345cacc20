"""kill -9 at each named point of what a professional does.

Rows and events agree afterwards, and the same act again has one result.
"""

from __future__ import annotations

import http.client
import urllib.error
from collections.abc import Callable, Iterator

import pytest
from sqlalchemy import create_engine, text

from qol.adapters.db.engine import normalised
from tests.instance import Browser, Instance, hidden
from tests.working import Working, hand_over_form, handed_over, interview, working

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
    events = counted(instance, f"SELECT count(*) FROM ledger WHERE act = '{act}'")
    assert events == counted(instance, AGREE[act])
    return events


def dies(face: Working, act: Callable[[], object]) -> None:
    """Do the act; nobody answers, for the face dies of it."""
    with pytest.raises(LOST):
        act()
    face.child.wait(timeout=20)


@pytest.fixture(scope="module")
def alive(instance: Instance) -> Iterator[Working]:
    """A face that lives, beside the one that dies."""
    with working(instance) as face:
        yield face


@pytest.mark.parametrize("point", POINTS)
def test_a_code_is_handed_over_once(
    instance: Instance, alive: Working, ana: Browser, point: str
) -> None:
    before = agreed(instance, "pseudonym.handed_over")
    form = hand_over_form(alive.browser(ana))
    with working(instance, point) as face:
        dies(face, lambda: face.browser(ana).ask("/fr/hand-over", form))
    assert agreed(instance, "pseudonym.handed_over") == before + (point == "after_commit")
    assert alive.browser(ana).ask("/fr/hand-over", form)[0] == 303
    assert agreed(instance, "pseudonym.handed_over") == before + 1


@pytest.mark.parametrize("point", POINTS)
def test_a_slip_is_printed_once_or_is_lost(
    instance: Instance, alive: Working, ana: Browser, point: str
) -> None:
    page = f"/fr/sheets/{handed_over(alive.browser(ana))}/slip"
    before = agreed(instance, "slips.printed")
    _, text_of_page = alive.browser(ana).ask(page)
    form = hidden(text_of_page, "csrf_token")
    with working(instance, point) as face:
        dies(face, lambda: face.browser(ana).ask(page, form))
    lost = point == "after_commit"
    assert agreed(instance, "slips.printed") == before + lost
    assert alive.browser(ana).ask(page, form)[0] == (409 if lost else 200)
    assert agreed(instance, "slips.printed") == before + 1


@pytest.mark.parametrize("point", ["before_sealing", "after_row", *POINTS])
def test_an_interview_is_one_administration(
    instance: Instance, alive: Working, ana: Browser, point: str
) -> None:
    path, form = interview(alive.browser(ana), handed_over(alive.browser(ana)))
    before = agreed(instance, "administration.deposited")
    with working(instance, point) as face:
        dies(face, lambda: face.browser(ana).ask(path, form))
    assert agreed(instance, "administration.deposited") == before + (point == "after_commit")
    assert alive.browser(ana).ask(path, form)[0] == 303
    assert agreed(instance, "administration.deposited") == before + 1


@pytest.mark.parametrize("point", ["after_ticket", *POINTS])
def test_a_device_is_lent_by_one_ticket_and_the_session_goes_with_it(
    instance: Instance, alive: Working, ana: Browser, point: str
) -> None:
    page = f"/fr/sheets/{handed_over(alive.browser(ana))}/device"
    before = agreed(instance, "device.handed_over")
    form = hidden(alive.browser(ana).ask(page)[1], "csrf_token", "ticket")
    with working(instance, point) as face:
        dies(face, lambda: face.browser(ana).ask(page, form))
    made = point == "after_commit"
    assert agreed(instance, "device.handed_over") == before + made
    assert alive.browser(ana).ask("/fr/")[0] == (303 if made else 200), "signed in, or not"
    assert alive.browser(ana).ask(page, form)[0] == 307
    assert agreed(instance, "device.handed_over") == before + 1
    assert alive.browser(ana).ask("/fr/")[0] == 303
