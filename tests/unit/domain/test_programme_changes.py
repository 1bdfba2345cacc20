"""A difference is told whole: applied to the one version it gives the other."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qol.domain.programme import Offset, Postal, Programme
from qol.domain.programme_changes import Change, changes, dropped, values
from tests import builders

ONE = replace(builders.programme(), modes={})


def other() -> Programme:
    first, last = ONE.timepoints
    later = replace(last, window=replace(last.window, closes=Offset(months=2)))
    notice = replace(ONE.notices["fr"], version="2", why="Autrement.")
    return replace(
        ONE,
        version=2,
        timepoints=(first, later),
        notices=ONE.notices | {"fr": notice},
        modes={"paper": "no-device"},
    )


def test_what_differs_is_told_with_its_key_and_both_values() -> None:
    assert changes(ONE, other()) == (
        Change(("modes", "paper"), None, "no-device"),
        Change(("timepoints", "m1", "closes"), Offset(months=1, days=7), Offset(months=2)),
        Change(("notices", "fr", "version"), "1", "2"),
        Change(("notices", "fr", "why"), ONE.notices["fr"].why, "Autrement."),
    )


def test_what_is_gone_is_told_too() -> None:
    less = replace(ONE, timepoints=ONE.timepoints[:1])
    told = {one.place for one in changes(ONE, less)}
    assert ("timepoints",) in told
    assert ("timepoints", "m1", "battery") in told
    assert all(one.after is None for one in changes(ONE, less) if one.place[1:] == ("m1", "opens"))


def test_the_number_alone_is_no_change() -> None:
    assert changes(ONE, replace(ONE, version=9)) == ()


def test_a_first_version_is_all_new() -> None:
    assert {one.place for one in changes(None, ONE)} == {
        place for place, value in values(ONE).items() if value is not None
    }


@pytest.mark.parametrize("new", [other(), replace(ONE, timepoints=ONE.timepoints[1:])])
def test_the_differences_applied_give_the_other_version(new: Programme) -> None:
    told = values(ONE)
    for one in changes(ONE, new):
        told[one.place] = one.after
    assert {place: value for place, value in told.items() if value is not None} == values(new)


@pytest.mark.parametrize(
    "changed",
    [
        {"proxy": ("pain-nrs",)},
        {"languages": ("en", "fr")},
        {"suppression_threshold": 12},
        {"demonstration": False},
        {"postal": Postal(("T", "75000 Paris"), "0000", "disability")},
        {"timepoints": ONE.timepoints[::-1]},
        {"time_zone": "UTC"},
        {"releases": ONE.releases | {"lasa": "1"}},
        {"labels": ONE.labels | {"fr": "Autre"}},
    ],
    ids=lambda c: next(iter(c)),
)
def test_no_field_changes_unseen(changed: dict[str, object]) -> None:
    assert changes(ONE, replace(ONE, **changed))  # type: ignore[arg-type]


@given(st.sets(st.sampled_from(["t0", "m1"]), min_size=1), st.permutations(["fr", "en"]))
def test_what_is_dropped_is_what_was_there_and_is_not(kept: set[str], order: list[str]) -> None:
    left = tuple(one for one in ONE.timepoints if one.code in kept)
    told = changes(ONE, replace(ONE, timepoints=left, languages=tuple(order)))
    assert set(dropped(told, "timepoints")) == {one.code for one in ONE.timepoints} - kept
    assert dropped(told, "languages") == ()
    assert dropped(changes(None, ONE), "timepoints") == ()
