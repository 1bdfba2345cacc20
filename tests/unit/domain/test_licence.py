from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qol.domain.licence import TOLD_BEFORE, Licensed, Term, may_be_shown, may_start, term
from tests.unit.domain.test_fitness import RELEASE

DAYS = st.dates(date(2000, 1, 1), date(2100, 1, 1))
SPANS = st.integers(-4000, 4000).map(lambda days: timedelta(days=days))
ORDER = [Term.RUNNING, Term.ENDING, Term.ENDED]


@given(DAYS)
def test_the_bounds(ends: date) -> None:
    day = timedelta(days=1)
    assert term(ends, ends) is Term.ENDING
    assert term(ends, ends + day) is Term.ENDED
    assert term(ends, ends - TOLD_BEFORE) is Term.ENDING
    assert term(ends, ends - TOLD_BEFORE - day) is Term.RUNNING
    assert TOLD_BEFORE.days == 60


@given(DAYS, SPANS, SPANS)
def test_a_term_only_goes_on(ends: date, one: timedelta, two: timedelta) -> None:
    early, late = sorted((one, two))
    assert ORDER.index(term(ends, ends + early)) <= ORDER.index(term(ends, ends + late))


@given(DAYS)
def test_without_an_end_it_never_ends(today: date) -> None:
    assert term(None, today) is Term.NO_END
    assert may_start(RELEASE(None, approved=True), today, demonstration=False)


@given(DAYS, SPANS, st.booleans(), st.booleans())
def test_what_starts_is_approved_or_shown_and_licensed(
    ends: date, span: timedelta, approved: bool, demonstration: bool
) -> None:
    started = may_start(RELEASE(ends, approved=approved), ends + span, demonstration=demonstration)
    assert started == ((approved or demonstration) and span <= timedelta())


@pytest.mark.parametrize("change", [{"status": "provisional"}, {"validated": False}])
def test_a_demonstration_alone_shows_what_nobody_confirmed(change: dict[str, object]) -> None:
    release = RELEASE(None, approved=True)
    unsure = replace(release, instrument=replace(release.instrument, **change))  # type: ignore[arg-type]
    assert may_be_shown(unsure, demonstration=True)
    assert not may_be_shown(unsure, demonstration=False)


@pytest.mark.parametrize("demonstration", [True, False])
def test_a_library_is_never_shown(demonstration: bool) -> None:
    release = RELEASE(None, approved=True)
    library = replace(release, instrument=replace(release.instrument, library=True))
    assert not may_be_shown(library, demonstration=demonstration)


@given(DAYS, SPANS)
def test_a_warning_is_told_from_sixty_days_before(ends: date, span: timedelta) -> None:
    told = Licensed(3, "q", "1", "fr", ends).warning(ends + span)
    assert bool(told) == (span >= -TOLD_BEFORE)
    assert ("ended on" in told) == (span > timedelta())
    assert not told or ("q 1 in fr (release 3)" in told and ends.isoformat() in told)
