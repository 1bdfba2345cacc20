"""Publishing: what rights ask for is there, and nobody alone opens a release to patients."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from qol.domain.audit import Act
from qol.domain.errors import NotAllowedError
from qol.domain.fitness import Candidate
from qol.domain.instrument import Instrument, Item, Scale, Section, SectionWording, Wording
from qol.domain.publishing import Particulars
from qol.domain.rights import Ask, Rights, Source
from qol.usecases.lab.approve_release import ApproveRelease
from qol.usecases.lab.ports import Publication
from qol.usecases.lab.publish_release import Change, PublishRelease
from tests.fakes import FixedClock
from tests.unit.usecases.lab_fakes import FakeLabStore

NOW = datetime(2026, 11, 22, tzinfo=UTC)
WHOLE = Particulars(
    "HAS", "2026-1", date(2026, 1, 1), "L-1", date(2027, 1, 1), "screens seen", "C-1"
)
DRAFT = Publication("q", "1", "fr", b"d", b"w", "a", "b", "c", NOW, WHOLE)
INSTRUMENT = Instrument(
    "q",
    "1",
    (Section("s", ("i1",)),),
    (Item("i1", "integer", "s", maximum=9, display="number"),),
    (Scale("total", ("i1",), "sum"),),
)
WORDING = Wording("fr", "Q", {"s": SectionWording()}, {}, {}, "Répondez.", "© somebody")
RIGHTS = Rights("h", "t", "n", frozenset(Ask), (Source("sum", "two", "A"),))
CANDIDATE = Candidate(INSTRUMENT, RIGHTS, "fr", WORDING, 3, 3)
HASHES = ("a", "b")


def _real(store: FakeLabStore | None = None) -> PublishRelease:
    return PublishRelease(store or FakeLabStore(), demonstration=False)


def _with(**changes: object) -> Publication:
    return replace(DRAFT, particulars=replace(WHOLE, **changes))  # type: ignore[arg-type]


def test_unapproved_releases_are_for_demonstrations() -> None:
    store = FakeLabStore()
    bare = replace(DRAFT, particulars=Particulars())
    with pytest.raises(NotAllowedError, match="demonstration only"):
        _real(store)(bare, CANDIDATE, "lena", unapproved=True)
    assert not store.state.published
    publish = PublishRelease(store, demonstration=True)
    with pytest.raises(NotAllowedError, match=r"EA-7\.3-b"):
        publish(bare, CANDIDATE, "lena")
    assert publish(bare, CANDIDATE, "lena", unapproved=True).standing.release == 1
    assert store.state.events[0].detail["approved"] == 0


@pytest.mark.parametrize(
    ("lacks", "sentence"),
    [
        ({"authority": ""}, "authority, decision reference and decision date"),
        ({"decision_date": None}, "authority, decision reference and decision date"),
        ({"licence_reference": ""}, "the licence's reference and last day"),
        ({"licence_ends": None}, "the licence's reference and last day"),
        ({"electronic_approval": ""}, "the approval of its electronic version"),
        ({"certificate": ""}, "its language certificate"),
        ({"licence_ends": date(2026, 11, 21)}, "a licence that has not ended on 2026-11-21"),
    ],
)
def test_what_rights_ask_for_is_required(lacks: dict[str, object], sentence: str) -> None:
    store = FakeLabStore()
    with pytest.raises(NotAllowedError, match=sentence):
        _real(store)(_with(**lacks), CANDIDATE, "lena")
    assert not store.state.published
    assert not store.state.events


def test_what_rights_do_not_ask_for_may_be_left_out() -> None:
    only = Particulars("HAS", "2026-1", date(2026, 1, 1))
    free = replace(CANDIDATE, rights=replace(RIGHTS, asks=frozenset()))
    assert _real()(replace(DRAFT, particulars=only), free, "lena").change is Change.NEW


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"instrument": replace(INSTRUMENT, status="provisional")}, "status: provisional"),
        ({"instrument": replace(INSTRUMENT, validated=False)}, "it is not validated"),
        ({"rights": replace(RIGHTS, unwritten=("Holder",))}, "not yet written: Holder"),
        ({"wording": replace(WORDING, copyright="")}, "credit line fr: the wording has no"),
        ({"wording": None}, "wording fr: none is installed"),
    ],
)
def test_what_is_unfit_is_refused_in_a_real_installation(
    changes: dict[str, object], sentence: str
) -> None:
    unfit = replace(CANDIDATE, **changes)  # type: ignore[arg-type]
    with pytest.raises(NotAllowedError, match=sentence):
        _real()(DRAFT, unfit, "lena")
    demonstration = PublishRelease(FakeLabStore(), demonstration=True)
    assert demonstration(DRAFT, unfit, "lena", unapproved=True).change is Change.NEW


def test_a_demonstration_may_publish_what_nobody_confirmed_but_no_library() -> None:
    publish = PublishRelease(FakeLabStore(), demonstration=True)
    provisional = replace(CANDIDATE, instrument=replace(INSTRUMENT, status="provisional"))
    assert publish(DRAFT, provisional, "lena").change is Change.NEW
    library = replace(CANDIDATE, instrument=replace(INSTRUMENT, library=True))
    for unapproved in (True, False):
        with pytest.raises(NotAllowedError, match="is a library"):
            publish(DRAFT, library, "lena", unapproved=unapproved)


def test_typed_names_are_kept_and_open_nothing() -> None:
    store = FakeLabStore()
    done = _real(store)(DRAFT, CANDIDATE, "lena", ("Lena  L.", "Max M."))
    assert not done.standing.approved
    assert [one.person for one in done.standing.approvals] == ["Lena L.", "Max M."]
    assert not any(one.verified for one in done.standing.approvals)
    assert "0 of 2 approvals by people who signed in; 2 of its names" in done.standing.awaited
    assert "Lena" not in repr(store.state.events)
    again = _real(store)(DRAFT, CANDIDATE, "lena", ("Lena L.", "max m."))
    assert again.change is Change.SAME
    assert len(again.standing.approvals) == 2


@pytest.mark.parametrize(
    "names", [("Lena",), ("Lena", "lena "), ("A", "B", "C"), ("", "B"), ("A\x00", "B")]
)
def test_names_are_two_different_ones(names: tuple[str, ...]) -> None:
    with pytest.raises(NotAllowedError):
        _real()(DRAFT, CANDIDATE, "lena", names)


def _approved(store: FakeLabStore) -> ApproveRelease:
    approve = ApproveRelease(store, FixedClock())
    approve(1, HASHES, "account-1", "staff:1", verified=True)
    approve(1, HASHES, "account-2", "staff:2", verified=True)
    return approve


def test_the_second_verified_person_opens_a_release() -> None:
    store = FakeLabStore()
    _real(store)(DRAFT, CANDIDATE, "lena", ("Lena", "Max"))
    approve = ApproveRelease(store, FixedClock())
    assert not approve(1, HASHES, "a third name", "lena", verified=False).approved
    first = approve(1, HASHES, "account-1", "staff:1", verified=True)
    assert not first.approved
    assert "1 of 2" in first.awaited
    second = approve(1, HASHES, "account-2", "staff:2", verified=True)
    assert second.approved
    assert not second.awaited
    told = [event.detail for event in store.state.events if event.act is Act.RELEASE_APPROVED]
    assert [one["approved"] for one in told] == [0, 0, 1]
    assert [one["verified"] for one in told] == [0, 1, 1]


@pytest.mark.parametrize("person", ["account-1", " ACCOUNT-1 "])
def test_one_person_approves_once(person: str) -> None:
    store = FakeLabStore()
    _real(store)(DRAFT, CANDIDATE, "lena")
    approve = ApproveRelease(store, FixedClock())
    approve(1, HASHES, "account-1", "staff:1", verified=True)
    with pytest.raises(NotAllowedError, match="this person's approval already"):
        approve(1, HASHES, person, "staff:1", verified=True)
    assert len(store.state.approvals) == 1


def test_approval_is_over_the_hashes_of_the_release_and_needs_a_decision() -> None:
    store = FakeLabStore()
    bare = replace(DRAFT, particulars=Particulars())
    PublishRelease(store, demonstration=True)(bare, CANDIDATE, "lena", unapproved=True)
    approve = ApproveRelease(store, FixedClock())
    for hashes in (("a", "x"), ("x", "b"), ("b", "a")):
        with pytest.raises(NotAllowedError, match="other hashes"):
            approve(1, hashes, "account-1", "staff:1", verified=True)
    with pytest.raises(NotAllowedError, match=r"EA-7\.3-b"):
        approve(1, HASHES, "account-1", "staff:1", verified=True)
    with pytest.raises(NotAllowedError, match="no release 2"):
        approve(2, HASHES, "account-1", "staff:1", verified=True)
    assert not store.state.approvals


def test_an_unapproved_release_is_restated_and_an_approved_one_renewed() -> None:
    store = FakeLabStore()
    publish = _real(store)
    publish(DRAFT, CANDIDATE, "lena")
    assert publish(_with(authority="ANSM"), CANDIDATE, "lena").change is Change.RESTATED
    publish(DRAFT, CANDIDATE, "lena")
    _approved(store)
    renewed = publish(
        _with(licence_reference="L-2", licence_ends=date(2028, 1, 1)), CANDIDATE, "lena"
    )
    assert renewed.change is Change.RENEWED
    assert renewed.standing.approved
    assert renewed.standing.particulars.licence_ends == date(2028, 1, 1)
    with pytest.raises(NotAllowedError, match="only its licence may change"):
        publish(_with(authority="ANSM"), CANDIDATE, "lena")
    assert len(store.state.published) == 1


def test_what_one_person_approved_is_not_restated() -> None:
    store = FakeLabStore()
    _real(store)(DRAFT, CANDIDATE, "lena")
    ApproveRelease(store, FixedClock())(1, HASHES, "account-1", "staff:1", verified=True)
    with pytest.raises(NotAllowedError, match="only its licence may change"):
        _real(store)(_with(authority="ANSM"), CANDIDATE, "lena")
