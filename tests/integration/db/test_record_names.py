"""Whose name stands in a trail: colleagues of the programme, and nobody else; on both databases."""

from __future__ import annotations

from dataclasses import replace

from qol.adapters.db.ledger import Recorder
from qol.adapters.db.store_records import SqlRecordsStore
from qol.bootstrap.drawing import drawn
from qol.domain.audit import Act, AuditEvent
from qol.usecases.lab.records.ports import Named
from tests.cast import ADA, ANA, LENA
from tests.integration.db.stock import NOW, Place
from tests.unit.usecases.lab_fakes import SeededDice

OTHER = replace(ANA, programme="other")


def test_colleagues_of_the_programme_are_named_and_others_stay_references(place: Place) -> None:
    with place.staff().records.writing() as staff:
        for member in (LENA, OTHER, ADA):
            staff.add_account(member.account, NOW)
            staff.add_grant(member.grant(NOW.date()))
        staff.commit(AuditEvent(Act.ACCOUNT_CREATED, "test"))
    store = SqlRecordsStore(place.lab().database, drawn, Recorder(place.clock, SeededDice()))
    asked = [f"staff:{one.reference}" for one in (LENA, OTHER, ADA)] + ["patient", "job:purge"]
    lena = Named(LENA.account.name, LENA.login)
    with store.reading() as unit:
        assert unit.named("demo", asked) == {f"staff:{LENA.reference}": lena}
        assert unit.named("demo", []) == {}
