"""What is due is arithmetic: windows, month ends, versions."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qol.domain.programme import Offset, Programme, Timepoint, Window
from qol.domain.schedule import InForce, Slot, due, followed, shifted, upcoming

DAY = date(2026, 1, 31)


def programme(version: int = 1, **timepoints: Timepoint) -> Programme:
    return Programme(
        id="demo",
        version=version,
        labels={"fr": "Démonstration"},
        time_zone="Europe/Paris",
        languages=("fr",),
        timepoints=tuple(timepoints.values()),
        releases={"pain-nrs": "1"},
        notices={},
        legal_frame="AAP-2022-107",
        decision_reference="D-1",
        decision_date=date(2026, 1, 1),
    )


def timepoint(code: str, opens: Offset, closes: Offset, *battery: str) -> Timepoint:
    return Timepoint(code, {"fr": code}, Window(opens, closes), battery or ("pain-nrs",))


START = timepoint("t0", Offset(), Offset(days=14))
MONTH = timepoint("m1", Offset(months=1, days=-3), Offset(months=1, days=7), "pain-nrs", "lasa")


@pytest.mark.parametrize(
    ("day", "offset", "expected"),
    [
        (date(2026, 1, 31), Offset(months=1), date(2026, 2, 28)),
        (date(2028, 1, 31), Offset(months=1), date(2028, 2, 29)),
        (date(2026, 1, 31), Offset(months=1, days=1), date(2026, 3, 1)),
        (date(2026, 11, 30), Offset(months=3), date(2027, 2, 28)),
        (date(2026, 3, 31), Offset(months=-1), date(2026, 2, 28)),
        (date(2026, 1, 15), Offset(months=-13, days=-15), date(2024, 11, 30)),
        (date(2028, 2, 29), Offset(months=12), date(2029, 2, 28)),
    ],
)
def test_months_are_added_first_and_clamped_then_days(
    day: date, offset: Offset, expected: date
) -> None:
    assert shifted(day, offset) == expected


@given(st.dates(date(1950, 1, 1), date(2090, 1, 1)), st.integers(-40, 40), st.integers(-60, 60))
def test_days_are_plain_days_after_the_months(day: date, months: int, days: int) -> None:
    there = shifted(day, Offset(months=months))
    assert shifted(day, Offset(months, days)) == there + timedelta(days=days)
    assert (there.year * 12 + there.month) - (day.year * 12 + day.month) == months


@pytest.mark.parametrize(("away", "open_"), [(-1, False), (0, True), (14, True), (15, False)])
def test_both_days_of_a_window_are_in_it(away: int, *, open_: bool) -> None:
    versions = [InForce(programme(t0=START), DAY)]
    today = DAY + timedelta(days=away)
    assert bool(due(versions, DAY, (), today)) is open_


def test_what_was_deposited_is_no_longer_due_and_order_is_the_protocols() -> None:
    versions = [InForce(programme(t0=START, m1=MONTH), DAY)]
    today = date(2026, 2, 28)
    found = due(versions, DAY, (), today)
    assert [d.slot for d in found] == [Slot("m1", "pain-nrs"), Slot("m1", "lasa")]
    assert [d.slot for d in due(versions, DAY, (Slot("m1", "pain-nrs"),), today)] == [
        Slot("m1", "lasa")
    ]
    assert [w.timepoint for w in upcoming(versions, DAY, DAY)] == ["m1"]


def test_a_timepoint_keeps_the_version_that_was_current_when_its_window_opened() -> None:
    longer = replace(START, window=Window(Offset(), Offset(days=60)))
    later = replace(MONTH, battery=("lasa",))
    versions = [
        InForce(programme(1, t0=START, m1=MONTH), DAY),
        InForce(programme(2, t0=longer, m1=later), DAY + timedelta(days=5)),
    ]
    governing = {t.code: (p.version, t) for p, t in followed(versions, DAY)}
    assert governing == {"t0": (1, START), "m1": (2, later)}


def test_a_timepoint_that_a_later_version_drops_goes_unless_its_window_had_opened() -> None:
    versions = [
        InForce(programme(1, t0=START, m1=MONTH), DAY),
        InForce(programme(2), DAY + timedelta(days=5)),
    ]
    assert [t.code for _, t in followed(versions, DAY)] == ["t0"]
