"""The table, as it is printed and kept."""

from __future__ import annotations

import os
import platform
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from statistics import median

from bench.clients import CLIENTS, Measured
from bench.costs import Journey, Sealing
from bench.servers import THREADS

RESULTS = Path(__file__).parent / "RESULTS.md"
FLOOR_A = "(a) bare Flask, 6 requests"
FLOOR_B = {
    "SQLite": "(b) the same, one INSERT, SQLite",
    "PostgreSQL": "(b) the same, one INSERT, PostgreSQL",
}
TARGETS = {"SQLite": 0.35, "PostgreSQL": 0.3}
AIM, AGED = 0.6, 0.9
_PACKAGES = ("flask", "gunicorn", "sqlalchemy", "psycopg", "cryptography")


def product(database: str, stored: int) -> str:
    """Name a row of the table."""
    return f"a deposit, {database}, {_n(stored)} stored"


@dataclass(frozen=True, slots=True)
class Found:
    """All that one run of the bench found."""

    rounds: dict[str, list[Measured]]
    processor: dict[str, float]
    memory: dict[str, tuple[float, float]]
    stored: tuple[int, int]
    commits: dict[str, float]
    journey: Journey
    sealing: Sealing
    seconds: float
    postgres: str
    manner: str

    def rate(self, name: str) -> float:
        """Median rate of a row."""
        return median(one.rate for one in self.rounds[name])

    def ratio(self, name: str, floor: str) -> float:
        """Median of the rounds' ratios: both halves of each saw the same minute."""
        pairs = zip(self.rounds[name], self.rounds[floor], strict=True)
        return median(one.rate / under.rate for one, under in pairs)


def table(found: Found) -> str:
    """Write the whole result as Markdown."""
    parts = (_head(found), _rates(found), _targets(found), _weights(found))
    return "\n\n".join("\n".join(part) for part in parts) + "\n"


def _head(found: Found) -> Iterable[str]:
    small, large = found.stored
    packages = ", ".join(f"{name} {version(name)}" for name in _PACKAGES)
    yield "# What a deposit costs"
    yield ""
    yield "Written by `make bench`; the ratios count, the absolute figures move with the machine."
    yield ""
    yield f"* {datetime.now(UTC):%Y-%m-%d %H:%M} UTC, {found.seconds:.0f} s, {found.manner}."
    yield f"* {os.cpu_count()} cores ({_processor()}), shared with the clients; {_system()}."
    yield f"* Python {platform.python_version()}, {packages}, SQLite {sqlite3.sqlite_version},"
    yield f"  PostgreSQL {found.postgres}."
    yield f"* Servers, product and floors alike: gunicorn, gthread, 1 worker, {THREADS} threads."
    yield "  SQLite: WAL, `synchronous=FULL`. PostgreSQL: `fsync` and `synchronous_commit` on."
    yield f"* {CLIENTS} clients, each a process with one kept connection; no TLS, no proxy."
    yield "* A deposit: code page, code, notice, form, Send, receipt of the 23 items of `demo-qol`,"
    yield "  without script, every item answered; a fresh activated pseudonym for each."
    yield "* Floors: six requests that draw only hello; in (b) the fifth commits one short row."
    yield f"* {_n(small)} and {_n(large)} stored: filled in bulk with random envelopes of the real"
    yield "  size, each with its event, for other subjects, each with a live pseudonym."
    load = os.getloadavg()[1]
    yield f"* Load of the machine over the last five minutes, this run included: {load:.1f}."


def _rates(found: Found) -> Iterable[str]:
    yield (
        "| median of the rounds | a second | least to most | Send p50 / p95, ms "
        "| whole p50 / p95, ms | processor of the worker, ms | its memory, MB (most) |"
    )
    yield "|---|---:|---:|---:|---:|---:|---:|"
    for name, rounds in found.rounds.items():
        rates = [one.rate for one in rounds]
        now, most = found.memory[name]
        yield (
            f"| {name} | {median(rates):.0f} | {min(rates):.0f} to {max(rates):.0f} "
            f"| {_pair(one.sends for one in rounds)} | {_pair(one.wholes for one in rounds)} "
            f"| {found.processor[name]:.1f} | {now:.0f} ({most:.0f}) |"
        )


def _pair(values: Iterable[tuple[float, float]]) -> str:
    middles, tails = zip(*values, strict=True)
    return f"{median(middles):.1f} / {median(tails):.1f}"


def _targets(found: Found) -> Iterable[str]:
    small, large = found.stored
    yield "| target | wanted | found | holds |"
    yield "|---|---:|---:|---|"
    for base, wanted in TARGETS.items():
        few, many = product(base, small), product(base, large)
        floor = FLOOR_B[base]
        ratio, aged = found.ratio(few, floor), found.ratio(many, few)
        yield _least(f"rate over floor (b), {base} (aim {AIM})", wanted, ratio)
        yield f"| rate over floor (a), {base} | – | {found.ratio(few, FLOOR_A):.2f} | – |"
        spent = found.processor[floor] / found.processor[few]
        yield f"| processor of floor (b) over a deposit's, {base} | – | {spent:.2f} | – |"
        yield _least(f"rate at {_n(large)} over {_n(small)}, {base}", AGED, aged)
        yield _most(f"commits a deposit, {base}", 1, found.commits[base])
    yield from _bytes(found.journey)


def _bytes(way: Journey) -> Iterable[str]:
    yield _most("requests of a deposit, without script", 6, way.requests)
    yield _most("first view, requests", 3, way.first_requests)
    yield _most("first view, kB", 14, way.first / 1000)
    cold = f"cold, with style sheet, icon and script ({way.all_requests} requests)"
    yield _most(f"whole deposit, kB, {cold}", 40, way.everything / 1000)
    yield f"| the same, its {way.requests} pages alone, kB | – | {way.pages / 1000:.1f} | – |"


def _least(what: str, wanted: float, found: float) -> str:
    return f"| {what} | ≥ {wanted} | {found:.2f} | {_holds(held=found >= wanted)} |"


def _most(what: str, wanted: float, found: float) -> str:
    return f"| {what} | ≤ {wanted} | {round(found, 1):g} | {_holds(held=found <= wanted)} |"


def _weights(found: Found) -> Iterable[str]:
    cost = found.sealing
    yield "| one administration | |"
    yield "|---|---:|"
    yield f"| seal, for the operating and the escrow key | {cost.seal:.0f} µs |"
    yield f"| open | {cost.open:.0f} µs |"
    yield f"| read: open and score | {cost.read:.0f} µs |"
    yield f"| envelope | {_n(cost.envelope)} bytes |"


def _holds(*, held: bool) -> str:
    return "yes" if held else "**no**"


def _n(number: int) -> str:
    return f"{number:,}".replace(",", " ")


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text("utf-8").splitlines()
    except OSError:
        return platform.machine()
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.machine()


def _system() -> str:
    return f"{platform.system()} {platform.machine()}"
