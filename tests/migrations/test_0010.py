"""Sites have a table of their own; subjects that are there stay as they are."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy.exc import IntegrityError

from qol.adapters.db.migrating import current, upgrade
from qol.adapters.db.starting import HEAD
from qol.domain.site import Site
from tests.integration.db.stock import EVENT, NOW, Place

SUBJECT = (
    "INSERT INTO subject (reference, programme, site, batch, sheet_number)"
    " VALUES ('S1', 'demo', 'A', 'b', '00001')"
)
SITE = Site("demo", "A", "Site A", "C-1", date(2026, 1, 1), date(2026, 12, 31))


@pytest.fixture
def before(bare: Place) -> Place:
    """A database of the revision before, with a subject of site A."""
    return _with_a_subject(bare)


def _with_a_subject(place: Place) -> Place:
    upgrade(place.url, "0009")
    place.ask(SUBJECT)
    return place


def test_a_site_is_registered_once_a_programme_and_nothing_is_lost(before: Place) -> None:
    upgrade(before.url)
    assert current(before.url) == HEAD
    assert before.ask("SELECT reference, site FROM subject") == [("S1", "A")]
    with before.lab().records.writing() as unit:
        unit.put_site(SITE, NOW)
        unit.commit(EVENT)
    kept = "label, contract, starts, ends, ended, registered_at"
    row = f"INSERT INTO site (programme, code, {kept})"
    row += f" SELECT programme, '{{}}', {kept} FROM site WHERE code = 'A'"
    before.ask(row.format("B"))
    with pytest.raises(IntegrityError):
        before.ask(row.format("B"))
