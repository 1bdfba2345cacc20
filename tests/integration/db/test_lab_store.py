"""What the laboratory may ask of the store, on both databases."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from qol.adapters.db.ledger import Recorder
from qol.adapters.db.store_batches import SqlBatchStore
from qol.domain.audit import Act, AuditEvent
from qol.domain.errors import NotAllowedError, ProgrammeError
from qol.usecases.lab.ports import Fingerprint, NewPseudonym
from tests import builders
from tests.integration.db.stock import (
    EVENT,
    NOW,
    SLOT,
    Place,
    administration,
    digest,
    publications,
)


def test_the_same_hashes_give_the_same_release(place: Place) -> None:
    first, *others = publications()
    with place.lab().records.writing() as unit:
        assert unit.publish(first) == 1
        assert len(unit.releases()) == 1 + len(others)
        assert unit.releases("demo") == unit.releases() == builders.releases()


def test_a_scoring_repair_is_a_row_under_the_same_hash(place: Place) -> None:
    repaired = replace(publications()[0], scoring_sha256="0" * 64)
    with place.lab().records.writing() as unit:
        assert unit.publish(repaired) == len(publications()) + 1


def test_programme_versions_follow_one_another(place: Place) -> None:
    with place.lab().records.writing() as unit:
        second = replace(builders.programme(), version=2)
        unit.load_programme(second, date(2026, 6, 1), "toml 2")
        for wrong in (1, 2, 4):
            with pytest.raises(ProgrammeError, match="3 is the next"):
                unit.load_programme(replace(second, version=wrong), date(2026, 7, 1), "")
        unit.commit(AuditEvent(Act.PROGRAMME_LOADED, "lena"))
    with place.lab().records.reading() as unit:
        assert [one.programme.version for one in unit.versions("demo")] == [1, 2]
        assert unit.programmes() == ("demo",)


def test_a_version_that_was_rolled_back_is_forgotten(place: Place) -> None:
    lab = place.lab().records
    with lab.writing() as unit:
        unit.load_programme(replace(builders.programme(), version=2), date(2026, 6, 1), "")
        assert len(unit.versions("demo")) == 2
    with lab.reading() as unit:
        assert len(unit.versions("demo")) == 1


def test_activation_wants_an_issued_code(place: Place) -> None:
    with place.lab().records.writing() as unit:
        third = unit.subject_by_sheet("demo", "A", "00003")
        assert third is not None
        assert not third.live
        unit.activate(third.id, date(2026, 11, 1), NOW)
        with pytest.raises(NotAllowedError, match="live"):
            unit.activate(third.id, date(2026, 11, 1), NOW)
        with pytest.raises(NotAllowedError):
            unit.activate(999, date(2026, 11, 1), NOW)
        unit.commit(EVENT)
    with place.patient().records.reading() as reader:
        found = reader.subject_by_digest(digest(3))
        assert found is not None
        assert found.day_zero == date(2026, 11, 1)


def test_a_sheet_is_found_in_its_own_site_only(place: Place) -> None:
    with place.lab().records.reading() as unit:
        assert unit.subject_by_sheet("demo", "B", "00001") is None
        assert unit.subject_by_sheet("other", "A", "00001") is None


def test_revoking_kills_the_code_and_its_slip(place: Place) -> None:
    with place.lab().records.writing() as unit:
        unit.revoke(1, NOW)
        unit.commit(EVENT)
    assert [number for number, _ in place_slips(place)] == ["00002", "00003"]
    with place.patient().records.reading() as reader:
        assert reader.subject_by_digest(digest(1)) is None
        gone = reader.subject(1)
        assert gone is not None
        assert not gone.live
    with place.lab().records.writing() as unit, pytest.raises(NotAllowedError, match="revoked"):
        unit.replace(1, NewPseudonym(digest(8), None), "00008", NOW)


def place_slips(place: Place) -> list[tuple[str, bytes]]:
    """The unprinted slips of the batch."""
    store = SqlBatchStore(place.lab().records.database, Recorder(place.clock, place.dice))
    with store.reading() as unit:
        return [(one.sheet_number, one.slip) for one in unit.copies("demo", "b1")]


def test_replacing_keeps_the_subject_and_kills_the_old_code(place: Place) -> None:
    with place.lab().records.writing() as unit:
        unit.replace(1, NewPseudonym(digest(7), b"new"), "00007", NOW)
        unit.replace(3, NewPseudonym(digest(9), b"new"), "00009", NOW)
        unit.commit(EVENT)
    with place.patient().records.reading() as reader:
        assert reader.subject_by_digest(digest(1)) is None
        found = reader.subject_by_digest(digest(7))
        assert found is not None
        assert found.id == 1
        assert reader.subject_by_digest(digest(9)) is None  # the old one was not live
    assert sorted(place_slips(place))[1] == ("00007", b"new")
    with place.lab().records.reading() as unit:
        assert unit.subject_by_sheet("demo", "A", "00001") is None


def test_a_key_id_stands_for_one_key(place: Place) -> None:
    mark = Fingerprint("k1", "demo", 2026, "deposit", "aa")
    with place.lab().records.writing() as unit:
        unit.register_key(mark)
        unit.register_key(mark)
        with pytest.raises(NotAllowedError, match="another key"):
            unit.register_key(replace(mark, sha256="bb"))
        assert unit.fingerprints() == (mark,)


def test_records_come_in_order_of_arrival_and_reading_leaves_its_event(place: Place) -> None:
    store = place.patient().records
    for number, subject in ((2, 1), (1, 2)):
        with store.writing() as writer:
            writer.add(administration(number, subject))
            writer.commit(EVENT)
    lab = place.lab()
    with lab.records.reading() as unit:
        found = list(unit.records("demo"))
        unit.commit(AuditEvent(Act.RECORDS_EXPORTED, "lena", "programme:demo"))
    assert [one.administration for one in found] == [administration(1, 2), administration(2, 1)]
    assert [one.subject_reference[-1] for one in found] == ["2", "1"]
    assert [one.site for one in found] == ["A", "A"]
    with lab.ledger.reading() as (rows, _):
        assert [row.act for row in rows].count("records.exported") == 1
    with lab.records.reading() as unit:
        assert list(unit.records("other")) == []


def test_a_frozen_record_is_left_out_and_keeps_its_slot(place: Place) -> None:
    store = place.patient().records
    with store.writing() as unit:
        unit.add(replace(administration(), state="frozen"))
        unit.commit(EVENT)
    with store.reading() as unit:
        assert unit.deposited(1) == {SLOT}
    with place.lab().records.reading() as lab:
        assert list(lab.records("demo")) == []
