"""Which ways of collecting are open on a day: the version of that day says it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qol.domain.collection import FIRST, JUSTIFIED, Justification, Way, is_open, was_ever_open, ways
from qol.domain.programme import Postal
from qol.domain.schedule import InForce, in_force_on
from tests import builders

reasons = st.sampled_from([reason.value for reason in Justification])
modes = st.dictionaries(st.sampled_from([way.value for way in JUSTIFIED]), reasons)
days = st.dates(date(2026, 1, 1), date(2026, 12, 31))


def version(number: int, since: date, opened: dict[str, str]) -> InForce:
    return InForce(replace(builders.programme(), version=number, modes=opened), since)


PAPER_FROM_MAY = (
    version(1, date(2026, 1, 1), {}),
    version(2, date(2026, 5, 1), {"paper": "no-device"}),
    version(3, date(2026, 9, 1), {"professional": "needs-help"}),
)


@pytest.mark.parametrize(
    ("day", "open_ways"),
    [
        (date(2025, 12, 31), {Way.ONLINE}),
        (date(2026, 4, 30), {Way.ONLINE}),
        (date(2026, 5, 1), {Way.ONLINE, Way.PAPER}),
        (date(2026, 8, 31), {Way.ONLINE, Way.PAPER}),
        (date(2026, 9, 1), {Way.ONLINE, Way.PAPER, Way.PROFESSIONAL}),  # paper until that hour
        (date(2026, 9, 2), {Way.ONLINE, Way.PROFESSIONAL}),
    ],
)
def test_a_way_is_open_from_the_day_of_its_version(day: date, open_ways: set[Way]) -> None:
    assert {way for way in Way if is_open(way, PAPER_FROM_MAY, day)} == open_ways


@given(st.lists(st.tuples(days, modes), min_size=1, max_size=5), days)
def test_what_is_open_is_what_a_version_of_the_day_says(
    drawn: list[tuple[date, dict[str, str]]], day: date
) -> None:
    drawn.sort(key=lambda one: one[0])
    versions = tuple(version(n, since, opened) for n, (since, opened) in enumerate(drawn, 1))
    now = in_force_on(versions, day)
    assert now
    assert {one.since for one in versions if one.programme in now[1:]} <= {day}
    assert is_open(FIRST, versions, day)
    for way in JUSTIFIED:
        assert is_open(way, versions, day) == any(way.value in one.modes for one in now)
        assert is_open(way, versions, day) <= was_ever_open(way, versions)


def test_the_post_is_open_where_it_has_all_that_it_needs() -> None:
    postal = Postal(("Labo", "75000 Paris"), "12345", Justification.FAR_FROM_SITE)
    with_post = replace(builders.programme(), postal=postal)
    assert [way for way, _ in ways(with_post)] == list(Way)
    assert is_open(Way.POST, builders.in_force(with_post), date(2026, 6, 1))
    assert not was_ever_open(Way.POST, builders.in_force())
