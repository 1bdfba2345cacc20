"""One fictitious installation, and one run of it with deposits, errors and late sends."""

from __future__ import annotations

import random
import re
import shutil
import signal
import subprocess
import sys
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPResponse as Response
from pathlib import Path

import pytest

from tests.instance import TOP, Browser, Instance, hidden, make


@dataclass
class Seen:
    """What an onlooker between browser and face would have written down."""

    addresses: list[str] = field(default_factory=list)
    cookies: list[str] = field(default_factory=list)


class Watched(urllib.request.BaseHandler):
    """Writes addresses and cookies down, of each answer."""

    def __init__(self, seen: Seen) -> None:
        self.seen = seen

    def http_response(self, request: urllib.request.Request, response: Response) -> Response:
        """Note what passes."""
        self.seen.addresses += [request.full_url, response.headers.get("Location", "")]
        self.seen.cookies += response.headers.get_all("Set-Cookie") or []
        return response


def watched(origin: str, seen: Seen) -> Browser:
    """A browser that is looked at."""
    browser = Browser(origin)
    browser._opener.add_handler(Watched(seen))
    return browser


@dataclass
class Run:
    """An installation after its run, and all that anybody could have taken from it."""

    instance: Instance
    copy: Path
    log: Path
    codes: list[str]
    answers: list[dict[str, str]]
    seen: Seen


@pytest.fixture(scope="session")
def instance(tmp_path_factory: pytest.TempPathFactory) -> Instance:
    """A fictitious installation on SQLite."""
    return make(tmp_path_factory.mktemp("attack") / "instance")


@contextmanager
def faulty(instance: Instance, log: Path, switch: Path) -> Iterator[str]:
    """A face that fails when the switch says so; everything it says goes to the log."""
    with log.open("ab") as out:
        child = subprocess.Popen(
            [sys.executable, "-m", "tests.integration.attack.faulty", str(switch)],
            cwd=TOP,
            env=instance.environ(),
            stdout=subprocess.PIPE,
            stderr=out,
            text=True,
        )
        assert child.stdout
        try:
            port = child.stdout.readline().strip()
            assert port, log.read_text("utf-8")
            yield f"http://127.0.0.1:{port}"
        finally:
            child.send_signal(signal.SIGTERM)
            rest, _ = child.communicate()
            out.write(rest.encode())


def varied(browser: Browser, chance: random.Random, number: int = 1) -> dict[str, str]:
    """The form's fields with an answer drawn for every item."""
    _, page = browser.ask(f"/fr/questions/{number}")
    found = hidden(page, "csrf_token", "release") | {"asked": "1"}
    offered: dict[str, list[str]] = {}
    for name, value in re.findall(r'type="radio" name="(q\.[^"]+)" value="(\w+)"', page):
        offered.setdefault(name, []).append(value)
    found |= {name: chance.choice(values) for name, values in offered.items()}
    typed = r'Un nombre de (\d+) à (\d+)</span> <input[^>]*name="(q\.[^"]+)"'
    for low, high, name in re.findall(typed, page):
        found[name] = str(chance.randint(int(low), int(high)))
    return found


def _deposit(browser: Browser, data: dict[str, str]) -> None:
    status, page = browser.ask("/fr/send/1", data)
    assert status == 303, page


def _late(browser: Browser, data: dict[str, str], code: str) -> None:
    browser.jar.clear()
    status, page = browser.ask("/fr/send/1", data)
    assert status == 403
    kept = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page))
    assert browser.ask("/fr/", kept | {"code": code})[0] == 303


def _journeys(switch: Path) -> dict[str, Callable[[Browser, dict[str, str], str], None]]:
    def failing(word: str, status: int) -> Callable[[Browser, dict[str, str], str], None]:
        def journey(browser: Browser, data: dict[str, str], _: str) -> None:
            switch.write_text(word, "utf-8")
            assert browser.ask("/fr/send/1", data)[0] == status
            switch.write_text("", "utf-8")
            _deposit(browser, data)

        return journey

    def wrong(browser: Browser, data: dict[str, str], code: str) -> None:
        assert browser.ask("/fr/send/1", data | {"release": "0" * 64})[0] == 422
        assert browser.ask("/fr/send/1", data | {"q.dq01bags": "999"})[0] == 422
        page = browser.ask("/fr/rights")[1]
        assert page
        _deposit(browser, data)

    return {
        "plain": lambda browser, data, _: _deposit(browser, data),
        "down": failing("down", 503),
        "broken": failing("broken", 500),
        "late": _late,
        "wrong": wrong,
    }


@pytest.fixture(scope="session")
def run(instance: Instance, tmp_path_factory: pytest.TempPathFactory) -> Run:
    """Deposits, errors and late sends over a socket, then a thief's copy of everything."""
    top = tmp_path_factory.mktemp("run")
    log, switch, copy = top / "log", top / "switch", top / "copy"
    codes, seen, sent = instance.codes(5), Seen(), []
    chance = random.Random(7)  # noqa: S311 - answers of a test
    with faulty(instance, log, switch) as origin:
        for code, journey in zip(codes, _journeys(switch).values(), strict=True):
            browser = watched(origin, seen)
            typed = f"{code[:4]} {code[4:8]} {code[8:]}".lower()
            assert browser.ask("/fr/")[0] == 200
            assert browser.enter(code[:-1]) == 422  # a slip of the finger
            assert browser.enter(typed) == 303
            data = varied(browser, chance)
            sent.append({k.removeprefix("q."): v for k, v in data.items() if k.startswith("q.")})
            journey(browser, data, code)
            browser.ask("/fr/received")
        # While the face runs, so that the write-ahead log is there to be stolen.
        shutil.copytree(instance.folder, copy)
    return Run(instance, copy, log, codes, sent, seen)
