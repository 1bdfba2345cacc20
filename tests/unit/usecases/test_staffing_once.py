"""Asked twice by one page, an act on staff is one act; what is wrong has a key."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from qol.domain.staff.accounts import AccountState
from qol.domain.staff.grants import EndReason, Reason
from qol.domain.staff.permissions import Role
from qol.domain.staff.wrong import StaffError
from qol.usecases.staff.create_account import CreateAccount, Person
from qol.usecases.staff.end_grant import EndGrant
from qol.usecases.staff.give_grant import GiveGrant, Wish
from qol.usecases.staff.issue_activation import IssueActivation
from qol.usecases.staff.read_accounts import ReadAccount
from tests.fakes import CountingDice, FixedClock
from tests.staff_fakes import FakeStaffStore

ACTOR = "staff:somebody"
PAUL = Person("lab", "paul.neuf", "Paul Neuf", reference="P" * 26)


@pytest.fixture
def store() -> FakeStaffStore:
    made = FakeStaffStore()
    CreateAccount(made, FixedClock(), CountingDice())(PAUL, ACTOR)
    return made


def test_one_page_makes_one_account_and_gives_no_second_secret(store: FakeStaffStore) -> None:
    create = CreateAccount(store, FixedClock(), CountingDice())
    again = create(PAUL, ACTOR)
    assert (again.again, again.secret, len(store.events)) == (True, "", 1)
    with pytest.raises(StaffError) as taken:
        create(replace(PAUL, reference="Q" * 26, face="hcp"), ACTOR)
    assert taken.value.key == "login.taken"


def test_one_page_gives_one_grant_and_never_another(store: FakeStaffStore) -> None:
    clock = FixedClock()
    give, day = GiveGrant(store, clock, CountingDice()), clock.now().date()
    end = day + timedelta(days=9)
    wish = Wish("P" * 26, Role.ANALYST, Reason.AUDIT, day, end, "demo", reference="G" * 26)
    assert give(wish, ACTOR) == give(wish, ACTOR)
    assert len(store.rows.grants) == 1
    with pytest.raises(StaffError) as other:
        give(replace(wish, role=Role.APPROVER), ACTOR)
    assert other.value.key == "again"
    with pytest.raises(StaffError) as own:
        EndGrant(store)("G" * 26, EndReason.MISTAKE, f"staff:{'P' * 26}")
    assert own.value.key == "own"


def test_a_page_older_than_the_last_change_issues_nothing(store: FakeStaffStore) -> None:
    clock, dice = FixedClock(), CountingDice(drawn=500)
    shown = ReadAccount(store, clock)("P" * 26, ACTOR)
    assert shown is not None
    issue = IssueActivation(store, clock, dice)
    assert issue("P" * 26, ACTOR, shown.seen)
    before = dict(store.rows.credentials)
    with pytest.raises(StaffError) as stale:
        issue("P" * 26, ACTOR, shown.seen)
    assert stale.value.key == "stale"
    assert store.rows.credentials == before
    assert store.rows.accounts["P" * 26].state is AccountState.INVITED
