"""Two acts on one account at once: whoever asks for it first is waited for, on both databases."""

from __future__ import annotations

from collections.abc import Callable
from threading import Event, Thread

import pytest

from qol.domain.audit import Act, AuditEvent
from qol.domain.staff.accounts import AccountState
from qol.domain.staff.grants import Grant, Reason, longest_end
from qol.domain.staff.permissions import Role
from qol.domain.staff.wrong import StaffError
from qol.usecases.staff.end_account import EndAccount
from qol.usecases.staff.give_grant import GiveGrant, Wish
from qol.usecases.staff.issue_activation import IssueActivation
from qol.usecases.staff.ports import StaffStore
from tests.cast import ANA
from tests.fakes import CountingDice, FixedClock
from tests.integration.db.stock import NOW, Place

DONE = AuditEvent(Act.ACCOUNT_CREATED, "test")
DAY, ADA = NOW.date(), "staff:ada"
GRANT = Grant(
    "G" * 26, ANA.reference, Role.TYPIST, "demo", "A", Reason.CARE_TEAM, DAY, longest_end(DAY)
)


@pytest.fixture
def store(empty: Place) -> StaffStore:
    """A store where Ana has an account."""
    found = empty.staff().records
    with found.writing() as unit:
        unit.add_account(ANA.account, NOW)
        unit.commit(DONE)
    return found


def beside(act: Callable[[], object]) -> tuple[Thread, Event, list[str]]:
    """Begin an act in another thread; whether it ended, and what it was refused for."""
    ended, refused = Event(), list[str]()

    def run() -> None:
        try:
            act()
        except StaffError as error:
            refused.append(error.key)
        ended.set()

    thread = Thread(target=run)
    thread.start()
    return thread, ended, refused


def test_a_role_that_is_given_while_somebody_leaves_ends_too(store: StaffStore) -> None:
    leave = EndAccount(store, FixedClock())
    with store.writing() as unit:
        assert unit.account(ANA.reference) is not None
        thread, ended, _ = beside(lambda: leave(ANA.reference, ADA))
        assert not ended.wait(0.3)
        unit.add_grant(GRANT)
        unit.commit(DONE)
    thread.join(10)
    with store.reading() as unit:
        assert [grant.ended for grant in unit.grants(ANA.reference)] == [True]


def test_whoever_left_gets_no_role_and_no_code_any_more(store: StaffStore) -> None:
    clock, dice = FixedClock(), CountingDice()
    wish = Wish(ANA.reference, Role.TYPIST, Reason.CARE_TEAM, DAY, longest_end(DAY), "demo", "A")
    give, issue = GiveGrant(store, clock, dice), IssueActivation(store, clock, dice)
    acts: tuple[Callable[[], object], ...] = (
        lambda: give(wish, ADA),
        lambda: issue(ANA.reference, ADA),
    )
    with store.writing() as unit:
        assert unit.account(ANA.reference) is not None
        begun = [beside(act) for act in acts]
        assert not any(ended.wait(0.3) for _, ended, _ in begun)
        unit.set_state(ANA.reference, AccountState.ENDED, NOW)
        unit.commit(DONE)
    for thread, _, refused in begun:
        thread.join(10)
        assert refused == ["left"]
    with store.reading() as unit:
        found = unit.account(ANA.reference)
        assert found is not None
        assert (found.state, unit.grants(ANA.reference)) == (AccountState.ENDED, ())


def test_names_and_answers_given_at_once_are_still_asked_for(store: StaffStore) -> None:
    """Each role alone would do; the second is told that both are in one hand."""
    clock, dice = FixedClock(), CountingDice()
    lena = ANA.account.__class__("L" * 26, "lena.two", "Lena Two", "lab", AccountState.ACTIVE)
    with store.writing() as unit:
        unit.add_account(lena, NOW)
        unit.commit(DONE)
    until = longest_end(DAY)
    wish = Wish(lena.reference, Role.ADMINISTRATOR, Reason.OPERATION, DAY, until)
    give = GiveGrant(store, clock, dice)
    analyst = Grant(
        "H" * 26, lena.reference, Role.DATA_MANAGER, "demo", None, Reason.AUDIT, DAY, until
    )
    with store.writing() as unit:
        assert unit.account(lena.reference) is not None
        thread, ended, refused = beside(lambda: give(wish, ADA))
        assert not ended.wait(0.3)
        unit.add_grant(analyst)
        unit.commit(DONE)
    thread.join(10)
    assert refused == ["double"]
