"""A received sheet moves on by closed steps; who opened it or keyed it does not key it again."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qol.domain.mail_room import (
    KEYABLE,
    NEVER_KEYED,
    OVERDUE_AFTER,
    TO_MASK,
    TO_SETTLE,
    WAITING,
    Duplicate,
    Incident,
    ReceivedSheet,
    Refusal,
    SheetMovedError,
    SheetState,
    Step,
    after,
    likely_received,
    ranges,
)

DAY = date(2026, 11, 20)
SHEET = ReceivedSheet(1, SheetState.RECEIVED, 1, DAY, None, "opener")


def reached(steps: list[Step]) -> SheetState:
    """Where a sheet is after the steps that it takes; the others leave it where it is."""
    state = SheetState.RECEIVED
    for step in steps:
        try:
            state = after(state, step)
        except SheetMovedError:
            continue
    return state


@given(st.lists(st.sampled_from(Step), max_size=8))
def test_nothing_is_deposited_before_two_keyings(steps: list[Step]) -> None:
    keyed = 0
    state = SheetState.RECEIVED
    for step in steps:
        try:
            state = after(state, step)
        except SheetMovedError:
            continue
        keyed += step is Step.KEY
        if step in {Step.DEPOSIT, Step.FIND_DUPLICATE}:
            assert keyed == 2
    assert keyed <= 2


@given(st.lists(st.sampled_from(Step), max_size=8))
def test_a_destroyed_sheet_never_comes_back(steps: list[Step]) -> None:
    if reached(steps) is SheetState.DESTROYED:
        for step in Step:
            with pytest.raises(SheetMovedError):
                after(SheetState.DESTROYED, step)


def test_what_waits_is_never_destroyed() -> None:
    for state in WAITING:
        with pytest.raises(SheetMovedError):
            after(state, Step.DESTROY)
        assert not replace(SHEET, state=state).destroyable


def test_every_state_is_reached_and_every_step_leads_somewhere() -> None:
    walks = product(Step, repeat=4)
    assert {reached(list(steps)) for steps in walks} | {SheetState.RECEIVED} == set(SheetState)


@given(
    st.sampled_from(SheetState),
    st.dictionaries(st.sampled_from(Incident), st.booleans()),
    st.lists(st.sampled_from(["a", "b", "opener"]), max_size=2, unique=True),
    st.sampled_from(["a", "b", "c", "opener"]),
)
def test_who_may_key(
    state: SheetState, incidents: dict[Incident, bool], typists: list[str], actor: str
) -> None:
    sheet = replace(SHEET, state=state, incidents=incidents, typists=tuple(typists))
    open_ones = [one for one, done in incidents.items() if one in TO_SETTLE and not done]
    may = state in KEYABLE and not open_ones and actor != "opener" and actor not in typists
    assert (sheet.refuses(actor) is None) is may


def test_each_refusal_is_told() -> None:
    told = [
        (replace(SHEET, state=SheetState.RECONCILED), "a", Refusal.NOT_WAITING),
        (replace(SHEET, incidents={Incident.IDENTITY: False}), "a", Refusal.UNSETTLED),
        (SHEET, "opener", Refusal.OPENED_IT),
        (replace(SHEET, typists=("a",)), "a", Refusal.KEYED_IT),
    ]
    for sheet, actor, refusal in told:
        assert sheet.refuses(actor) is refusal


@given(st.sampled_from(SheetState), st.integers(0, 400))
def test_a_sheet_is_overdue_after_a_week_of_waiting(state: SheetState, days: int) -> None:
    sheet = replace(SHEET, state=state)
    overdue = sheet.overdue(DAY + timedelta(days=days))
    assert overdue is (state in WAITING and timedelta(days=days) > OVERDUE_AFTER)


def test_a_duplicate_is_destroyed_only_once_it_is_decided() -> None:
    found = replace(SHEET, state=SheetState.DUPLICATE)
    assert not found.destroyable
    assert replace(found, duplicate=Duplicate.FIRST_COUNTS).destroyable
    assert not replace(found, duplicate=Duplicate.FIRST_COUNTS, batch="b").destroyable


def test_an_incident_either_is_settled_or_sets_aside_or_changes_nothing() -> None:
    assert not TO_SETTLE & NEVER_KEYED
    assert set(Incident) - TO_SETTLE - NEVER_KEYED == {Incident.DAMAGED}


@pytest.mark.parametrize(
    ("received", "posted", "likely"),
    [
        (DAY, None, True),
        (DAY, DAY - timedelta(days=2), True),
        (DAY, DAY + timedelta(days=1), False),
        (DAY + timedelta(days=2), None, False),
        (DAY - timedelta(days=400), None, False),
        (DAY, DAY - timedelta(days=400), False),
    ],
)
def test_days_of_the_post(received: date, posted: date | None, likely: bool) -> None:
    assert likely_received(received, posted, DAY + timedelta(days=1)) is likely
    assert replace(SHEET, posted_on=posted).dated_at_latest == (posted or DAY)


@given(st.sets(st.integers(1, 60)))
def test_ranges_name_each_number_once(numbers: set[int]) -> None:
    read: list[int] = []
    for run in filter(None, ranges(numbers).split(",")):
        first, _, last = run.partition("-")
        read += range(int(first), int(last or first) + 1)
    assert read == sorted(numbers)


@given(
    st.sampled_from(SheetState),
    st.dictionaries(st.sampled_from(Incident), st.booleans()),
    st.sampled_from(Incident),
)
def test_only_what_waits_is_set_aside_and_a_name_on_it_is_no_reason(
    state: SheetState, incidents: dict[Incident, bool], incident: Incident
) -> None:
    ends = replace(SHEET, state=state, incidents=incidents).set_aside_by(incident)
    if ends:
        assert after(state, Step.SET_ASIDE) is SheetState.SET_ASIDE
        assert incident not in TO_MASK
        assert incident in NEVER_KEYED or incidents[incident] is False
