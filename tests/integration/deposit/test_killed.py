"""kill -9 at each named point of a Send.

Never a receipt without its row, nor a row without its event; the patient can send again.
"""

from __future__ import annotations

import http.client
import random
import urllib.error

import pytest

from tests.dying import POINTS
from tests.instance import Browser, Instance, process, rows

LOST = (ConnectionError, urllib.error.URLError, http.client.HTTPException, TimeoutError)


def killed_send(instance: Instance, point: str, code: str) -> dict[str, str]:
    """Fill a form on a face that dies at the point; the fields that were sent."""
    with process(instance, point) as (child, origin):
        browser = Browser(origin)
        assert browser.enter(code) == 303
        data = browser.filled()
        try:
            browser.ask("/fr/send/1", data)
        except LOST:
            pass
        else:
            assert point == "first_byte", "the face lived"
        child.wait(timeout=20)
        jar = browser.jar
    with process(instance) as (_, origin):
        again = Browser(origin)
        for cookie in jar:
            again.jar.set_cookie(cookie)
        status, _page = again.ask("/fr/send/1", data)
        assert status == 303, "the same Send again is the same receipt"
    return data


def check_consistent(instance: Instance) -> int:
    records, events = rows(instance)
    assert len(records) == len(set(records))
    assert sorted(records) == sorted(events)
    return len(records)


@pytest.mark.parametrize("point", POINTS)
def test_a_kill_at_a_named_point_leaves_both_or_neither(instance: Instance, point: str) -> None:
    before = check_consistent(instance)
    killed_send(instance, point, instance.codes(1)[0])
    assert check_consistent(instance) == before + 1


@pytest.mark.prove
def test_fifty_random_kills(instance: Instance) -> None:
    before = check_consistent(instance)
    chance = random.Random(50)  # noqa: S311 - which point, not a secret
    for code in instance.codes(50):
        killed_send(instance, chance.choice(POINTS), code)
    assert check_consistent(instance) == before + 50
