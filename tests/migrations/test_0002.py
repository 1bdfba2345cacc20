"""Releases and approvals from before accounts: kept, unverified, and no longer approved."""

from __future__ import annotations

import pytest

from qol.adapters.db.migrating import upgrade
from qol.domain.publishing import Approval
from tests.integration.db.stock import NOW, Place, publications

_ROW = (
    "INSERT INTO release (instrument, version, language, definition, wording, definition_sha256,"
    " wording_sha256, scoring_sha256, hash, published_at, authority, decision_reference,"
    " licence_reference, certificate, approved)"
    " VALUES ('{instrument}', '1', 'fr', '', '', '{a}', '{b}', '{c}', 'h', '{at}', 'HAS', '1',"
    " '', '', true)"
)


@pytest.fixture
def old(bare: Place) -> Place:
    """A database of the first revision."""
    upgrade(bare.url, "0001")
    return bare


def test_what_a_command_line_called_approved_waits_for_two_people(old: Place) -> None:
    one = publications()[0]
    hashes = {"a": one.definition_sha256, "b": one.wording_sha256, "c": one.scoring_sha256}
    at = NOW.replace(tzinfo=None)
    old.ask(_ROW.format(instrument=one.instrument, at=at, **hashes))
    old.ask(f"INSERT INTO approval VALUES (1, 'Lena', '{at}', '{hashes['a']}', '{hashes['b']}')")
    upgrade(old.url, "0002")
    upgrade(old.url)
    with old.lab().records.reading() as unit:
        standing = unit.standing(1)
    assert not standing.approved
    assert standing.particulars.authority == "HAS"
    assert standing.particulars.electronic_approval == ""
    (approval,) = standing.approvals
    assert approval == Approval("Lena", approval.approved_at, *standing.hashes, verified=False)
