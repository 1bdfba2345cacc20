"""``python -m bench [--quick]``: measure, print the table and keep it in RESULTS.md."""

from __future__ import annotations

import argparse
import logging
import os
import re
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

from sqlalchemy import create_engine

from bench import costs, report, stock
from bench.clients import Measured, run
from bench.servers import TOP, Server, serving
from tests.instance import Instance, make
from tests.integration.db.stock import fresh_database
from tests.postgres import temporary_cluster

BASES = ("SQLite", "PostgreSQL")


@dataclass(frozen=True, slots=True)
class Plan:
    """How long and how much."""

    rounds: int
    seconds: float
    stored: tuple[int, int]
    codes: int  # for each installation
    sealings: int
    manner: str


FULL = Plan(5, 4.0, (1_000, 100_000), 6_400, 300, "medians of five interleaved rounds of 4 s")
QUICK = Plan(3, 0.7, (1_000, 10_000), 1_600, 50, "quick: three rounds of 0.7 s, 10 000 stored")


@dataclass(slots=True)
class Contender:
    """A server under its name, and the codes that its deposits have left."""

    name: str
    server: Server
    codes: list[str] = field(default_factory=list)
    rounds: list[Measured] = field(default_factory=list)
    processor: list[float] = field(default_factory=list)  # ms of each deposit, a round

    def measure(self, seconds: float, share: int) -> Measured:
        """Load it for that long; the codes given out are not used again."""
        given, self.codes = self.codes[:share], self.codes[share:]
        before = self.server.processor()
        found = run(self.server.port, given, seconds)
        self.processor.append(1000 * (self.server.processor() - before) / found.count)
        return found


def main() -> None:
    """Run the bench."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="less than a minute; nothing is kept")
    quick = parser.parse_args().quick
    logging.disable(logging.WARNING)  # a demonstration's warnings are for its users
    text = report.table(measured(QUICK if quick else FULL))
    print(text)
    if not quick:
        report.RESULTS.write_text(text, "utf-8")


def measured(plan: Plan) -> report.Found:
    """Make everything, measure it and take it away."""
    begun = time.monotonic()
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="qol-bench-")))
        server = stack.enter_context(temporary_cluster()).url
        side = {
            base: stack.enter_context(_made(folder / f"side-{base}", base, server))
            for base in BASES
        }
        envelope, commits, sealing = _side(side, plan)
        rivals = _floors(stack, folder, server)
        rivals += _products(stack, folder, server, plan, envelope)
        _rounds(rivals, plan)
        last = rivals[-1]
        return report.Found(
            rounds={one.name: one.rounds for one in rivals},
            processor={one.name: median(one.processor[1:]) for one in rivals},
            memory={one.name: one.server.memory() for one in rivals},
            stored=plan.stored,
            commits=commits,
            journey=costs.journey(last.server.port, last.codes[-1]),
            sealing=sealing,
            seconds=time.monotonic() - begun,
            postgres=_version(server),
            manner=plan.manner,
        )


@contextmanager
def _made(folder: Path, base: str, server: str) -> Iterator[Instance]:
    """Make an installation with a database of its own."""
    with ExitStack() as stack:
        url = stack.enter_context(fresh_database(server)) if base == "PostgreSQL" else ""
        instance = make(folder, url)
        stack.callback(instance.close)
        yield instance


def _side(side: dict[str, Instance], plan: Plan) -> tuple[int, dict[str, float], costs.Sealing]:
    commits = {}
    for base, instance in side.items():
        app, face = costs.face_of(instance)
        commits[base] = costs.commits_a_deposit(app, instance.codes(costs.DEPOSITS))
        sealing = costs.sealing(instance, face, plan.sealings)
    return sealing.envelope, commits, sealing


def _floors(stack: ExitStack, folder: Path, server: str) -> list[Contender]:
    plain = re.sub(
        r"^postgresql\+psycopg", "postgresql", stack.enter_context(fresh_database(server))
    )
    urls = {"": report.FLOOR_A, str(folder / "floor.sqlite3"): report.FLOOR_B["SQLite"]}
    urls[plain] = report.FLOOR_B["PostgreSQL"]
    made = []
    for url, name in urls.items():
        environ = {"PATH": os.environ["PATH"], "PYTHONPATH": str(TOP), "BENCH_FLOOR_URL": url}
        started = stack.enter_context(serving("bench.floors:create()", environ))
        made.append(Contender(name, started))
    return made


def _products(
    stack: ExitStack, folder: Path, server: str, plan: Plan, envelope: int
) -> list[Contender]:
    made = []
    for base in BASES:
        for stored in plan.stored:
            place = folder / f"{base}-{stored}"
            instance = stack.enter_context(_made(place, base, server))
            codes = stock.fill(instance, stored, plan.codes, envelope)
            started = stack.enter_context(serving("app:create_app()", instance.environ()))
            made.append(Contender(report.product(base, stored), started, codes))
    return made


def _rounds(rivals: list[Contender], plan: Plan) -> None:
    """Warm each up, then let them take turns, the order turned about each time."""
    share = plan.codes // (plan.rounds + 1)
    for one in rivals:
        one.measure(plan.seconds / 4, share // 2)
    for number in range(plan.rounds):
        for one in rivals if number % 2 == 0 else reversed(rivals):
            one.rounds.append(one.measure(plan.seconds, share))
        print(f"round {number + 1} of {plan.rounds}", flush=True)


def _version(server: str) -> str:
    engine = create_engine(server)
    with engine.connect() as connection:
        found = str(connection.exec_driver_sql("SHOW server_version").scalar())
    engine.dispose()
    return found.partition(" ")[0]


if __name__ == "__main__":
    main()
