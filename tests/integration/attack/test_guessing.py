"""Guessing is slowed as documented, across processes and restarts; nobody else waits for it."""

from __future__ import annotations

import functools
import http.client
import itertools
import re
import secrets
import sqlite3
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from qol.domain.pseudonym import draw
from tests.instance import TOP, Browser, Instance, hidden, make, rows

WARD = "127.0.77.0/24"
SOURCES = (f"127.0.{n // 250}.{n % 250 + 2}" for n in itertools.count(500))


class From(urllib.request.HTTPHandler):
    """Connects from one of the machine's own addresses, as another device would."""

    handler_order = 100

    def __init__(self, address: str) -> None:
        super().__init__()
        self._address = address

    def http_open(self, request: urllib.request.Request) -> http.client.HTTPResponse:
        """Connect from that address."""
        made = functools.partial(http.client.HTTPConnection, source_address=(self._address, 0))
        return self.do_open(made, request)  # type: ignore[arg-type]


class Guesser(Browser):
    """A browser at an address, which keeps one token."""

    def __init__(self, origin: str, address: str) -> None:
        super().__init__(origin)
        self._opener.add_handler(From(address))
        self._token: dict[str, str] = {}

    def typed(self, code: str) -> tuple[int, str]:
        """Type a code; the status and the page."""
        if not self._token:
            self._token = hidden(self.ask("/fr/")[1], "csrf_token")
        return self.ask("/fr/", self._token | {"code": code})

    def guess(self) -> tuple[int, int]:
        """Type a well-formed code that nobody has; the status and the minutes to wait."""
        status, page = self.typed(draw(secrets.randbelow).reveal())
        found = re.search(r"(\d+)\s(?:minute|min)", page)
        return status, int(found.group(1)) if found and status == 429 else 0


@dataclass
class Town:
    """Two processes of one face on one installation, and their time."""

    instance: Instance
    time: Path
    origins: list[str]

    def move(self, seconds: int) -> None:
        """Let time pass."""
        self.time.write_text(str(float(self.time.read_text("utf-8")) + seconds), "utf-8")

    def counted(self) -> int:
        """All wrong codes that were looked up and counted."""
        with closing(sqlite3.connect(self.instance.folder / "volatile.sqlite3")) as connection:
            return int(connection.execute("SELECT total(wrongs) FROM wrong_code").fetchone()[0])


@contextmanager
def serving(instance: Instance, time: Path) -> Iterator[str]:
    """One process of the face."""
    child = subprocess.Popen(
        [sys.executable, "-m", "tests.integration.attack.moved", str(time)],
        cwd=TOP,
        env=instance.environ(),
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert child.stdout
    try:
        port = child.stdout.readline().strip()
        assert port, "the face did not start"
        yield f"http://127.0.0.1:{port}"
    finally:
        child.kill()
        child.communicate()


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    """Two processes at once; the ward's range is declared."""
    top = tmp_path_factory.mktemp("guessing")
    instance, time = make(top / "instance"), top / "time"
    time.write_text("0", "utf-8")
    portal = instance.folder / "portal.toml"
    text = portal.read_text("utf-8").replace(
        "hospital_ranges = []", f'hospital_ranges = ["{WARD}"]'
    )
    assert WARD in text
    portal.write_text(text, "utf-8")
    with ExitStack() as stack:
        yield Town(instance, time, [stack.enter_context(serving(instance, time)) for _ in "ab"])


def test_one_source_waits_as_documented_across_processes_and_a_restart(town: Town) -> None:
    address = next(SOURCES)
    first, second = (Guesser(origin, address) for origin in town.origins)
    turns = [first, second, first, second]
    assert [one.guess() for one in turns] == [(422, 0)] * 4
    assert first.guess() == (429, 1)
    before = town.counted()
    assert second.guess() == (429, 1)
    assert town.counted() == before, "while it waits nothing is looked up"
    waited = [1]
    with serving(town.instance, town.time) as restarted:
        third = Guesser(restarted, address)
        assert third.guess() == (429, 1), "a restart forgets nothing"
        for one in (third, second, third, first, second):
            town.move(waited[-1] * 60 - 2)
            assert one.guess()[0] == 429, "two seconds early"
            assert town.counted() == before + len(waited) - 1
            town.move(3)
            waited.append(one.guess()[1])
    assert waited == [1, 2, 4, 8, 15, 15]


def test_a_waiting_source_gets_one_page_for_right_and_wrong_codes(town: Town) -> None:
    guesser, code = Guesser(town.origins[0], next(SOURCES)), town.instance.codes(1)[0]
    while guesser.guess()[0] != 429:
        pass
    wrong = draw(secrets.randbelow).reveal()
    pages = {guesser.typed(one)[1].replace(one, "") for one in (code, wrong)}
    pages = {re.sub(r'(csrf_token" value=)"[^"]*"', r"\1", page) for page in pages}
    assert len(pages) == 1
    town.move(61)
    assert guesser.typed(code)[0] == 303


def test_eight_at_once_get_no_more_and_deposits_go_on(town: Town) -> None:
    address, before = next(SOURCES), town.counted()
    codes, stored = town.instance.codes(5), len(rows(town.instance)[0])
    visiting = Guesser(town.origins[0], address)  # at the attackers' own address, let in before
    assert visiting.typed(codes[0])[0] == 303
    attackers = [Guesser(town.origins[n % 2], address) for n in range(8)]

    def attack(one: Guesser) -> list[tuple[int, int]]:
        return [one.guess() for _ in range(25)]

    def deposit(browser: Guesser) -> int:
        return browser.ask("/fr/send/1", browser.filled())[0]

    with ThreadPoolExecutor(8) as pool:
        attacks = [pool.submit(attack, one) for one in attackers]
        sent = [deposit(visiting)]
        for number, code in enumerate(codes[1:]):
            patient = Guesser(town.origins[number % 2], next(SOURCES))
            assert patient.typed(code)[0] == 303
            sent.append(deposit(patient))
        got = [answer for one in attacks for answer in one.result()]
    assert sent == [303] * 5
    assert len(rows(town.instance)[0]) == stored + 5
    # Those already past the question when the fifth is counted are looked up too, and paid for.
    assert town.counted() - before <= 4 + len(attackers)
    assert [status for status, _ in got].count(422) == 4
    assert {status for status, _ in got} == {422, 429}
    assert max(minutes for _, minutes in got) <= 15


def test_a_ward_has_fifty_and_never_waits_longer_than_a_quarter_of_an_hour(town: Town) -> None:
    ward = Guesser(town.origins[0], "127.0.77.9")
    assert [ward.guess()[0] for _ in range(49)] == [422] * 49
    code = town.instance.codes(1)[0]
    waited = [ward.guess()[1]]
    for _ in range(6):
        town.move(waited[-1] * 60 + 1)
        waited.append(ward.guess()[1])
    assert waited == [1, 2, 4, 8, 15, 15, 15]
    town.move(15 * 60 + 1)
    assert ward.typed(code)[0] == 303
    assert Guesser(town.origins[1], "127.0.77.10").typed(town.instance.codes(1)[0])[0] == 303
