"""Eight clients in processes of their own, each with one kept connection, and cheap."""

from __future__ import annotations

import multiprocessing
import re
import time
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.client import HTTPConnection
from statistics import median, quantiles
from threading import Barrier
from typing import Any
from urllib.parse import quote_plus, urlencode

CLIENTS = 8
_GZIP = 31  # zlib's word for a gzip member
_FORM = {"Content-Type": "application/x-www-form-urlencoded", "Accept-Encoding": "gzip"}
_TAKES = {"Accept-Encoding": "gzip"}
_TOKEN = re.compile(rb'name="csrf_token" value="([^"]+)"')
_CHOICE = re.compile(r'type="radio" name="(q\.[^"]+)" value="(\d+)"')
_NUMBER = re.compile(r'<input type="(?:number|text)"[^>]*? name="(q\.[^".]+)"')


class FailedError(Exception):
    """A reply was not the expected one: nothing may be concluded from such a run."""


@dataclass(slots=True)
class Patient:
    """A browser as lean as can be: one connection, one cookie, redirects by hand."""

    port: int
    cookie: str = ""
    sent: list[int] = field(default_factory=list)
    connection: HTTPConnection = field(init=False)

    def __post_init__(self) -> None:
        """Connect once for all deposits."""
        self.connection = HTTPConnection("127.0.0.1", self.port, timeout=60)

    def ask(self, path: str, body: str | None = None, wanted: int = 200) -> bytes:
        """GET, or POST when there is a body; the body as it came, perhaps gzipped."""
        headers = dict(_TAKES if body is None else _FORM)
        if self.cookie:
            headers["Cookie"] = self.cookie
        self.connection.request("GET" if body is None else "POST", path, body, headers)
        answer = self.connection.getresponse()
        given = answer.read()
        if answer.status != wanted:
            raise FailedError(f"{path}: {answer.status} where {wanted} was expected")
        cookie = answer.headers["Set-Cookie"]
        if cookie:
            self.cookie = cookie.partition(";")[0]
        packed = answer.headers["Content-Encoding"] == "gzip"
        self.sent.append(len(given) + _head(answer.headers))
        return zlib.decompress(given, _GZIP) if packed else given

    def deposit(self, code: str, answers: Callable[[bytes], str]) -> float:
        """Make one whole deposit in six requests; the seconds of its Send."""
        self.cookie = ""
        self.sent.clear()
        page = self.ask("/fr/")
        self.ask("/fr/", f"csrf_token={_token(page)}&code={code}", 303)
        self.ask("/fr/start")
        page = self.ask("/fr/questions/1")
        body = f"csrf_token={_token(page)}&{answers(page)}"
        begun = time.perf_counter()
        self.ask("/fr/send/1", body, 303)
        took = time.perf_counter() - begun
        self.ask("/fr/received")
        return took

    def bare(self) -> float:
        """Make the floor's six requests; the seconds of its Send."""
        self.ask("/")
        self.ask("/", "hello=1")
        self.ask("/")
        self.ask("/")
        begun = time.perf_counter()
        self.ask("/send", "hello=1")
        took = time.perf_counter() - begun
        self.ask("/")
        return took


def _head(headers: Any) -> int:  # noqa: ANN401 - the library's own class of headers
    lines = sum(len(name) + len(value) + 4 for name, value in headers.items())
    return lines + len("HTTP/1.1 200 OK\r\n\r\n")


def _token(page: bytes) -> str:
    found = _TOKEN.search(page)
    if not found:
        raise FailedError("a page came without its token")
    return quote_plus(found[1].decode())


def answers_of(page: bytes) -> str:
    """Answer every item of a form: the first option, or a number within every bound."""
    text = page.decode()
    release = re.search(r'name="release" value="([^"]+)"', text)
    if not release:
        raise FailedError("the form came without its release")
    given = {"release": release[1], "asked": "1"}
    for name, value in _CHOICE.findall(text):
        given.setdefault(name, value)
    for name in _NUMBER.findall(text):
        given.setdefault(name, "5")
    return urlencode(given)


def _present(code: str | None) -> str:
    if code is None:
        raise FailedError("too few codes for this machine")
    return code


@dataclass(frozen=True, slots=True)
class Measured:
    """One round: deposits a second, and milliseconds of the Send and of the whole."""

    rate: float
    sends: tuple[float, float]
    wholes: tuple[float, float]
    count: int


def _client(
    port: int,
    codes: list[str],
    seconds: float,
    gate: Barrier,
    told: Any,  # noqa: ANN401
) -> None:
    """Deposit until the time is over or the codes are used up; tell each time."""
    patient, times, kept = Patient(port), [], ""

    def answers(page: bytes) -> str:
        nonlocal kept
        kept = kept or answers_of(page)  # the same form for everybody: read once
        return kept

    left: Iterator[str] = iter(codes)
    try:
        gate.wait(30)
        start = now = time.perf_counter()
        while now - start < seconds:
            code = next(left, None) if codes else ""
            send = patient.bare() if not codes else patient.deposit(_present(code), answers)
            begun, now = now, time.perf_counter()
            times.append((send, now - begun))
        told.send((now - start, times))
    except Exception as error:  # noqa: BLE001 - told to the parent, which stops the run
        gate.abort()
        told.send(repr(error))


def run(port: int, codes: list[str], seconds: float) -> Measured:
    """Let eight clients deposit; with no codes they ask a floor."""
    forking = multiprocessing.get_context("fork")
    gate = forking.Barrier(CLIENTS)
    share = len(codes) // CLIENTS
    ends, children = [], []
    for number in range(CLIENTS):
        here, there = forking.Pipe(duplex=False)
        own = codes[number * share : (number + 1) * share]
        child = forking.Process(target=_client, args=(port, own, seconds, gate, there))
        child.start()
        ends.append(here)
        children.append(child)
    found = [end.recv() for end in ends]
    for child in children:
        child.join()
    failed = [one for one in found if isinstance(one, str)]
    if failed:
        raise FailedError(failed[0])
    return _measured(found)


def _measured(found: list[tuple[float, list[tuple[float, float]]]]) -> Measured:
    rate = sum(len(times) / took for took, times in found)
    sends = [send * 1000 for _, times in found for send, _ in times]
    wholes = [whole * 1000 for _, times in found for _, whole in times]
    return Measured(rate, _spread(sends), _spread(wholes), len(sends))


def _spread(values: list[float]) -> tuple[float, float]:
    return median(values), quantiles(values, n=20)[-1]
