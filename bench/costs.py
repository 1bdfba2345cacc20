"""Side runs beside the load: commits of a deposit, its bytes, and what sealing costs."""

from __future__ import annotations

import re
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from statistics import median
from typing import Any, cast

from flask import Flask
from sqlalchemy import Engine, event

from bench.clients import Patient, answers_of
from qol.adapters.crypto.opening import EnvelopeOpener
from qol.bootstrap.patient import build
from qol.domain.administration import Body, Context
from qol.domain.scoring import score
from qol.usecases.lab.ports import StoredRecord
from qol.web.patient.face import Face
from tests.instance import Instance

_ASSET = re.compile(rb'(?:href|src)="(/static/[^"]+)"')
_TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')
DEPOSITS = 20


@dataclass(frozen=True, slots=True)
class Journey:
    """What travels to the phone: heads and bodies, gzipped where the face does."""

    requests: int
    pages: int
    first_requests: int
    first: int
    all_requests: int
    everything: int


def journey(port: int, code: str) -> Journey:
    """Count one deposit with an empty cache: pages, then style sheet, icon and script."""
    patient, seen = Patient(port), list[bytes]()

    def answers(page: bytes) -> str:
        seen.append(page)
        return answers_of(page)

    patient.deposit(code, answers)
    pages = list(patient.sent)
    first = _assets(patient.ask("/fr/"))
    sizes = {}
    for path in sorted(first | _assets(seen[0])):
        patient.ask(path)
        sizes[path] = patient.sent[-1]
    return Journey(
        requests=len(pages),
        pages=sum(pages),
        first_requests=1 + len(first),
        first=pages[0] + sum(sizes[path] for path in first),
        all_requests=len(pages) + len(sizes),
        everything=sum(pages) + sum(sizes.values()),
    )


def _assets(page: bytes) -> set[str]:
    return {path.decode() for path in _ASSET.findall(page)}


@contextmanager
def commits_counted() -> Iterator[Counter[str]]:
    """Count every COMMIT of every engine of this process."""
    found: Counter[str] = Counter()

    def committed(_: Any) -> None:  # noqa: ANN401 - the event's own signature
        found["commits"] += 1

    event.listen(Engine, "commit", committed)
    try:
        yield found
    finally:
        event.remove(Engine, "commit", committed)


def face_of(instance: Instance) -> tuple[Flask, Face]:
    """Build the patient face in this process."""
    app = build(instance.environ())
    return app, cast("Face", app.extensions["qol.patient"])


def commits_a_deposit(app: Flask, codes: list[str]) -> float:
    """Make deposits in this process and count their commits, page views included."""
    with commits_counted() as found:
        for code in codes:
            _deposit(app, code)
    return found["commits"] / len(codes)


def _deposit(app: Flask, code: str) -> None:
    browser = app.test_client()
    token = _TOKEN.findall(browser.get("/fr/").text)[0]
    browser.post("/fr/", data={"csrf_token": token, "code": code})
    browser.get("/fr/start")
    page = browser.get("/fr/questions/1").text
    body = f"csrf_token={_TOKEN.findall(page)[0]}&{answers_of(page.encode())}"
    kind = "application/x-www-form-urlencoded"
    sent = browser.post("/fr/send/1", data=body, content_type=kind)
    if sent.status_code != 303 or browser.get("/fr/received").status_code != 200:
        raise RuntimeError("a deposit of the side run failed")


@dataclass(frozen=True, slots=True)
class Sealing:
    """Microseconds, and bytes of one envelope."""

    seal: float
    open: float
    read: float
    envelope: int


def sealing(instance: Instance, face: Face, rounds: int) -> Sealing:
    """Time sealing, opening and reading (open and score) of a deposited administration."""
    shop = instance.shop
    programme = shop.only_programme()
    with shop.store().reading() as unit:
        record = next(iter(unit.records(programme)))
        releases = {release.id: release for release in unit.releases(programme)}
    row, release = record.administration, releases[record.administration.release_id]
    context = _context(record, release.hash)
    opener = EnvelopeOpener(shop.folder)
    body = opener.open(row.envelope, context)

    def seal() -> object:
        return face.deposit.sealer.seal(programme, row.received_at.year, body, context)

    def opened() -> object:
        return opener.open(row.envelope, context)

    def read() -> object:
        answers = Body.from_canonical(opener.open(row.envelope, context)).answers
        return tuple(score(release.instrument, answers))

    times = [_microseconds(act, rounds) for act in (seal, opened, read)]
    return Sealing(times[0], times[1], times[2], len(row.envelope))


def _context(record: StoredRecord, release: str) -> Context:
    row = record.administration
    return Context(row.id, record.subject_reference, row.programme, row.timepoint, release)


def _microseconds(act: Callable[[], object], rounds: int) -> float:
    times = []
    for _ in range(rounds):
        begun = time.perf_counter_ns()
        act()
        times.append(time.perf_counter_ns() - begun)
    return median(times) / 1000
