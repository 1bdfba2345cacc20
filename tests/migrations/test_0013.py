"""A contract of before stays in force and lacks its signature's day and its security contact."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from qol.adapters.db.migrating import current, upgrade
from qol.adapters.db.starting import HEAD
from qol.domain.site import Site
from tests.integration.db.stock import EVENT, NOW, Place

SITE = Site("demo", "A", "Site A", "C-1", date(2026, 1, 1), date(2026, 12, 31))
ROW = (
    "INSERT INTO site (programme, code, label, contract, starts, ends, registered_at) VALUES"
    " ('demo', 'A', 'Site A', 'C-1', '2026-01-01', '2026-12-31', '2026-01-01 00:00:00+00:00')"
)


@pytest.fixture
def before(bare: Place) -> Place:
    """A database of the revision before, with a site."""
    upgrade(bare.url, "0012")
    bare.ask(ROW)
    return bare


def test_a_contract_of_before_stays_and_is_completed(before: Place) -> None:
    upgrade(before.url)
    assert current(before.url) == HEAD
    store = before.lab().records
    with store.reading() as unit:
        assert unit.sites("demo") == (SITE,)
    whole = replace(SITE, signed=date(2025, 12, 15), security="security@site.example")
    with store.writing() as unit:
        unit.put_site(whole, NOW)
        unit.commit(EVENT)
    with store.reading() as unit:
        assert unit.sites("demo") == (whole,)
