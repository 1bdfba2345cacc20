"""Fifty Sends at once, two tabs, the same visit again: one administration."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from tests.instance import Browser, Instance, process, rows


def test_fifty_parallel_sends_of_one_visit_are_one_administration(instance: Instance) -> None:
    before = len(rows(instance)[0])
    with process(instance) as (_, origin):
        browser = Browser(origin)
        browser.enter(instance.codes(1)[0])
        data = browser.filled()
        cookies = list(browser.jar)

        def send(_: int) -> int:
            tab = Browser(origin)
            for cookie in cookies:
                tab.jar.set_cookie(cookie)
            return tab.ask("/fr/send/1", data)[0]

        with ThreadPoolExecutor(16) as pool:
            statuses = set(pool.map(send, range(50)))
    assert statuses == {303}
    records, events = rows(instance)
    assert len(records) == len(events) == before + 1


def test_many_visits_of_one_code_are_one_administration(instance: Instance) -> None:
    before = len(rows(instance)[0])
    code = instance.codes(1)[0]
    with process(instance) as (_, origin):

        def visit(_: int) -> tuple[Browser, dict[str, str]]:
            browser = Browser(origin)
            assert browser.enter(code) == 303
            return browser, browser.filled()

        visits = [visit(number) for number in range(8)]
        with ThreadPoolExecutor(8) as pool:
            answers = [pool.submit(b.ask, "/fr/send/1", data) for b, data in visits]
        statuses = sorted(answer.result()[0] for answer in answers)
    assert statuses == [303] + [409] * 7
    assert len(rows(instance)[0]) == before + 1
