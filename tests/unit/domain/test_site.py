"""A contract is in force on both its days and on none after its early end."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qol.domain.errors import NotAllowedError
from qol.domain.site import Site, SiteError, Standing, checked, refuse_without_contract

TODAY = date(2026, 2, 1)
SITE = Site(
    *("demo", "A", "Site A", "C-1", date(2026, 1, 1), date(2026, 12, 31)),
    signed=date(2025, 12, 15),
    security="security@site.example",
)
days = st.dates(date(2025, 12, 1), date(2027, 1, 31))


@given(days, st.none() | days)
def test_in_force_is_from_the_first_day_to_the_last_or_the_end(
    today: date, ended: date | None
) -> None:
    site = replace(SITE, ended=ended)
    expected = SITE.starts <= today <= SITE.ends and (ended is None or today < ended)
    assert (site.standing(today) is Standing.IN_FORCE) == expected


def test_yesterdays_contract_is_refused_today() -> None:
    refuse_without_contract(SITE, "A", SITE.ends)
    with pytest.raises(NotAllowedError, match="no contract in force"):
        refuse_without_contract(SITE, "A", SITE.ends + timedelta(days=1))
    with pytest.raises(NotAllowedError, match="not registered"):
        refuse_without_contract(None, "A", SITE.ends)


@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        ("code", ""),
        ("code", "a b"),
        ("code", "é"),
        ("code", "=A1"),
        ("code", "x" * 33),
        ("label", " "),
        ("label", "x" * 10_000),
        ("label", "a\u202eb"),
        ("contract", "\x00"),
        ("contract", ""),
        ("ends", date(2025, 12, 31)),
        ("signed", None),
        ("signed", SITE.starts + timedelta(days=1)),
        ("security", None),
        ("security", "  "),
        ("security", "x" * 201),
        ("security", "a\u202eb"),
        ("security", "two\nlines"),
    ],
)
def test_a_field_that_cannot_be_is_named(field: str, wrong: object) -> None:
    with pytest.raises(SiteError) as refused:
        checked(replace(SITE, **{field: wrong}), TODAY)  # type: ignore[arg-type]
    assert refused.value.field == field


def test_markup_is_a_name_like_any_other() -> None:
    named = replace(SITE, label="<b>Site</b> =1+1")
    assert checked(named, TODAY).label == "<b>Site</b> =1+1"


@given(days, days)
def test_a_contract_is_signed_by_its_first_day_and_by_today(signed: date, today: date) -> None:
    site = replace(SITE, signed=signed)
    if signed <= min(SITE.starts, today):
        assert checked(site, today).complete
    else:
        with pytest.raises(SiteError) as refused:
            checked(site, today)
        assert refused.value.field == "signed"
