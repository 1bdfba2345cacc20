"""The throttle counts across threads, processes and restarts, on both databases."""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest

from qol.adapters.db.housekeeping import SqlHousekeeping
from tests.integration.db.stock import NOW, Place

SOURCE = b"s" * 32
OTHER = b"o" * 32


@pytest.fixture
def kept(empty: Place) -> SqlHousekeeping:
    """The throttle of a patient face."""
    return empty.patient().housekeeping


def test_the_fifth_wrong_code_costs_a_minute_then_twice_as_much(kept: SqlHousekeeping) -> None:
    now, waits = NOW, []
    for _ in range(12):
        assert kept.waiting(SOURCE, now) == 0
        wait = kept.wrong(SOURCE, now, 5)
        waits.append(wait)
        assert kept.waiting(SOURCE, now) == wait
        now += timedelta(seconds=wait)
    assert waits == [0, 0, 0, 0, 60, 120, 240, 480, 900, 900, 900, 900]


def test_a_declared_hospital_starts_at_fifty(kept: SqlHousekeeping) -> None:
    waits = [kept.wrong(SOURCE, NOW, 50) for _ in range(51)]
    assert waits == [0] * 49 + [60, 120]


def test_one_source_does_not_make_another_wait(kept: SqlHousekeeping) -> None:
    for _ in range(5):
        kept.wrong(SOURCE, NOW, 5)
    assert kept.waiting(OTHER, NOW) == 0
    assert kept.waiting(SOURCE, NOW + timedelta(seconds=59.5)) == 1
    assert kept.waiting(SOURCE, NOW + timedelta(seconds=60)) == 0


def test_a_source_is_forgotten_after_a_day(empty: Place, kept: SqlHousekeeping) -> None:
    for source in (SOURCE, OTHER):
        for _ in range(4):
            kept.wrong(source, NOW, 5)
    tomorrow = NOW + timedelta(hours=24)
    assert kept.wrong(SOURCE, tomorrow, 5) == 0  # starts anew before any purge
    kept.purge(tomorrow)
    assert kept.wrong(OTHER, NOW, 5) == 0
    assert [kept.wrong(SOURCE, tomorrow, 5) for _ in range(4)] == [0, 0, 0, 60]


def test_a_restart_forgets_nothing(empty: Place, kept: SqlHousekeeping) -> None:
    for _ in range(5):
        kept.wrong(SOURCE, NOW, 5)
    kept.dispose()
    assert empty.patient().housekeeping.waiting(SOURCE, NOW) == 60


def test_parallel_wrong_codes_are_all_counted(kept: SqlHousekeeping) -> None:
    with ThreadPoolExecutor(8) as pool:
        waits = list(pool.map(lambda _: kept.wrong(SOURCE, NOW, 33), range(33)))
    assert sorted(waits) == [0] * 32 + [60]


CHILD = """
import sys
from pathlib import Path
from tests.integration.db.stock import NOW, Place
kept = Place(sys.argv[1], Path(sys.argv[2])).patient().housekeeping
for _ in range(20):
    kept.wrong(b"s" * 32, NOW, 1000)
"""


def test_two_processes_count_together(empty: Place, kept: SqlHousekeeping) -> None:
    words = [sys.executable, "-c", CHILD, empty.url, str(empty.folder)]
    top = Path(__file__).parents[3]
    children = [subprocess.Popen(words, cwd=top) for _ in range(2)]
    assert [child.wait(60) for child in children] == [0, 0]
    assert kept.wrong(SOURCE, NOW, 42) == 0
    assert kept.wrong(SOURCE, NOW, 42) == 60


def test_housekeeping_never_touches_the_records(empty: Place, kept: SqlHousekeeping) -> None:
    kept.wrong(SOURCE, NOW, 5)
    if empty.url.startswith("sqlite"):
        assert empty.ask("SELECT name FROM sqlite_master WHERE name = 'wrong_code'") == []
    else:
        found = empty.ask("SELECT relpersistence FROM pg_class WHERE relname = 'wrong_code'")
        assert found == [("u",)]
