"""Sites in the database: written, written anew, ended; each programme has its own."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from qol.domain.site import Site
from tests.integration.db.stock import EVENT, NOW, Place

SITE = Site("demo", "A", "Site =1+1 <b>", "C-1", date(2026, 1, 1), date(2026, 12, 31))


def test_a_site_reads_back_as_it_was_written_and_ended(empty: Place) -> None:
    store = empty.lab().records
    other = replace(SITE, programme="other")
    renewed = replace(SITE, contract="C-2", ends=date(2027, 12, 31))
    renewed = replace(renewed, signed=date(2025, 12, 1), security="01 00 00 00 00")
    with store.writing() as unit:
        for one in (replace(SITE, code="B"), SITE, other, renewed):
            unit.put_site(one, NOW)
        unit.end_site("demo", "B", date(2026, 6, 1))
        unit.commit(EVENT)
    with store.reading() as unit:
        ended = replace(SITE, code="B", ended=date(2026, 6, 1))
        assert unit.sites("demo") == (renewed, ended)
        assert unit.sites("other") == (other,)
        assert unit.sites("none") == ()


def test_without_a_commit_there_is_no_site(empty: Place) -> None:
    store = empty.lab().records
    with store.writing() as unit:
        unit.put_site(SITE, NOW)
    with store.reading() as unit:
        assert unit.sites("demo") == ()
