"""What may be used once is used once: across threads, restarts and processes."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import text

from qol.adapters.db.spent import SqlSpent
from tests.integration.db.stock import NOW, Place

SOON = NOW + timedelta(minutes=10)


@pytest.fixture
def kept(empty: Place) -> SqlSpent:
    """The memory of a face."""
    return empty.staff().spent


def test_the_first_is_first_and_nobody_after_it(kept: SqlSpent) -> None:
    assert kept.first("one", NOW, SOON)
    assert not kept.first("one", NOW, SOON)
    assert kept.first("two", NOW, SOON)


def test_a_restart_forgets_nothing(empty: Place, kept: SqlSpent) -> None:
    assert kept.first("one", NOW, SOON)
    assert not empty.staff().spent.first("one", NOW, SOON)


def test_it_is_forgotten_when_it_is_too_old_to_be_used(kept: SqlSpent) -> None:
    assert kept.first("one", NOW, SOON)
    assert not kept.first("one", SOON - timedelta(seconds=1), SOON)
    assert kept.first("one", SOON, SOON + timedelta(minutes=10))


def test_of_many_at_the_same_moment_one_is_first(kept: SqlSpent) -> None:
    with ThreadPoolExecutor(8) as pool:
        firsts = list(pool.map(lambda _: kept.first("one", NOW, SOON), range(32)))
    assert firsts.count(True) == 1


def test_what_was_used_is_not_in_the_row(kept: SqlSpent) -> None:
    kept.first("a state that nobody should read", NOW, SOON)
    with kept._database.reading() as connection:
        ((digest, until),) = connection.execute(text("SELECT digest, until FROM spent")).all()
    assert len(digest) == 32
    assert b"state" not in bytes(digest)
    assert until == SOON.timestamp()
