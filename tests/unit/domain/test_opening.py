"""A programme is complete or its list says what it lacks, each thing for itself."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from qol.domain.opening import NEEDED_KEYS, Ground, Lack, Missing, missing
from tests import builders

TODAY = date(2026, 11, 22)
SITE, OLD = builders.site(), builders.site("B")
PROGRAMME = builders.programme()
GROUND = Ground(builders.releases(), NEEDED_KEYS, (SITE,), TODAY)
NOTICE = PROGRAMME.notices["fr"]
ENDED = tuple(replace(one, licence_ends=TODAY - timedelta(1)) for one in GROUND.releases)


def test_nothing_is_missing_of_a_whole_programme() -> None:
    assert missing(PROGRAMME, GROUND) == ()


@pytest.mark.parametrize(
    ("ground", "told"),
    [
        (replace(GROUND, sites=()), {Missing(Lack.SITE)}),
        (replace(GROUND, sites=(replace(SITE, ends=TODAY - timedelta(1)),)), {Missing(Lack.SITE)}),
        (replace(GROUND, sites=(replace(SITE, ended=TODAY),)), {Missing(Lack.SITE)}),
        (replace(GROUND, sites=(replace(SITE, signed=None),)), {Missing(Lack.CONTRACT, "A")}),
        (replace(GROUND, sites=(SITE, replace(OLD, security=None))), {Missing(Lack.CONTRACT, "B")}),
        (
            replace(GROUND, sites=(SITE, replace(OLD, signed=None, ends=TODAY - timedelta(1)))),
            set(),
        ),
        (replace(GROUND, purposes=frozenset({"deposit-public"})), {Missing(Lack.KEYS, "2026")}),
        (
            replace(GROUND, releases=builders.releases("demo-qol")),
            {Missing(Lack.RELEASE, "pain-nrs 1")},
        ),
        (
            replace(GROUND, releases=ENDED),
            {Missing(Lack.LICENCE, "demo-qol 1"), Missing(Lack.LICENCE, "pain-nrs 1")},
        ),
    ],
)
def test_what_is_missing_around_it_is_told(ground: Ground, told: set[Missing]) -> None:
    assert set(missing(PROGRAMME, ground)) == told


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"notices": {"fr": NOTICE}}, Missing(Lack.NOTICE, "en")),
        (
            {"notices": PROGRAMME.notices | {"fr": replace(NOTICE, adverse=" ")}},
            Missing(Lack.NOTICE, "fr"),
        ),
    ],
)
def test_what_is_missing_in_it_is_told(changed: dict[str, object], told: Missing) -> None:
    programme = replace(PROGRAMME, **changed)  # type: ignore[arg-type]
    assert missing(programme, GROUND) == (told,)


def test_what_nobody_approved_opens_no_real_programme() -> None:
    real = replace(PROGRAMME, demonstration=False)
    assert {one.lack for one in missing(real, GROUND)} == {Lack.RELEASE}
