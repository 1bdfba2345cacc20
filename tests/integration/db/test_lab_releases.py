"""Releases and approvals on both databases."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import date

import pytest

from qol.adapters.db.migrating import grants
from qol.domain.audit import Act, AuditEvent
from qol.domain.errors import NotAllowedError
from qol.domain.licence import Licensed
from qol.domain.publishing import Approval, Particulars
from qol.usecases.lab.approve_release import ApproveRelease
from tests.integration.db.stock import NOW, Place, publications
from tests.integration.db.test_grants import as_role, granted

__all__ = ["granted"]
EVENT = AuditEvent(Act.RELEASE_PUBLISHED, "lena")
WHOLE = Particulars(
    "HAS", "2026-1", date(2026, 1, 1), "L-1", date(2027, 1, 1), "screens seen", "C-1"
)


def test_particulars_are_kept_and_said_anew(place: Place) -> None:
    with place.lab().records.writing() as unit:
        assert unit.standing(1).particulars == Particulars()
        unit.restate(1, WHOLE)
        assert unit.published(publications()[0]) == unit.standing(1)
        assert unit.published(replace(publications()[0], scoring_sha256="0")) is None
        with pytest.raises(NotAllowedError, match="no release 99"):
            unit.standing(99)
        unit.commit(EVENT)
    with place.lab().records.reading() as unit:
        assert unit.standing(1).particulars == WHOLE
        assert unit.standing(2).particulars == Particulars()
        assert [one.licence_ends for one in unit.releases()][:2] == [date(2027, 1, 1), None]


def test_a_face_that_drew_a_release_sees_its_renewed_licence(place: Place) -> None:
    store = place.patient()
    with store.records.reading() as reader:
        assert reader.releases("demo")[0].licence_ends is None
    with place.lab().records.writing() as unit:
        unit.restate(1, WHOLE)
        unit.mark_approved(1)
        unit.commit(EVENT)
    with store.records.reading() as reader:
        release = reader.releases("demo")[0]
    assert (release.licence_ends, release.approved) == (date(2027, 1, 1), True)
    expected = Licensed(1, release.instrument.id, "1", release.wording.language, date(2027, 1, 1))
    assert store.licences() == (expected,)


def test_an_approval_is_kept_with_its_person_and_hashes(place: Place) -> None:
    with place.lab().records.writing() as unit:
        hashes = unit.standing(1).hashes
        given = Approval("account-1", NOW, *hashes, verified=True)
        other = Approval("account-2", NOW, "x", "y", verified=True)
        unit.add_approval(1, given)
        unit.add_approval(1, other)
        unit.commit(EVENT)
    with place.lab().records.reading() as unit:
        standing = unit.standing(1)
        assert standing.approvals == (given, other)
        assert standing.verified == 1
        assert unit.standing(2).approvals == ()


def test_two_people_at_the_same_moment_open_a_release(place: Place) -> None:
    with place.lab().records.writing() as unit:
        unit.restate(1, WHOLE)
        hashes = unit.standing(1).hashes
        unit.commit(EVENT)
    act = ApproveRelease(place.lab().records, place.clock)

    def approve() -> None:
        act(1, hashes, "account-2", "staff:2", verified=True)

    second = threading.Thread(target=approve)
    with place.lab().records.writing() as unit:
        unit.add_approval(1, Approval("account-1", NOW, *hashes, verified=True))
        second.start()
        second.join(0.5)  # it waits for us; if it did not, it would count itself alone
        unit.commit(EVENT)
    second.join()
    with place.lab().records.reading() as unit:
        assert unit.standing(1).verified == 2
        assert unit.standing(1).approved


def test_the_lab_role_restates_and_approves_and_changes_no_bytes(granted: Place) -> None:
    grants(granted.url)
    own = replace(granted, url=as_role(granted, "lab"), opened=[])
    with own.lab().records.writing() as unit:
        unit.restate(1, WHOLE)
        unit.add_approval(1, Approval("account-1", NOW, "a", "b", verified=True))
        assert unit.mark_approved(1).approved
        unit.commit(EVENT)
    for column in ("definition", "wording", "hash", "definition_sha256"):
        with pytest.raises(Exception, match="permission denied"):
            own.ask(f"UPDATE release SET {column} = {column}")
    own.close()
