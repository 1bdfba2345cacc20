"""The acts on accounts and grants, for the commands."""

from __future__ import annotations

from dataclasses import dataclass

from qol.bootstrap.cli import Workshop
from qol.domain.errors import NotAllowedError
from qol.domain.staff.accounts import FACES, Account
from qol.usecases.staff.create_account import CreateAccount, CreateFirstAccount
from qol.usecases.staff.end_account import EndAccount
from qol.usecases.staff.end_grant import EndGrant
from qol.usecases.staff.give_grant import GiveGrant
from qol.usecases.staff.issue_activation import IssueActivation
from qol.usecases.staff.open_fallback import CloseFallbacks, OpenFallback
from qol.usecases.staff.review_grant import ListGrants, ReviewGrant


@dataclass(frozen=True, slots=True)
class Staffing:
    """Each act with its ports."""

    create: CreateAccount
    create_first: CreateFirstAccount
    issue: IssueActivation
    end: EndAccount
    give: GiveGrant
    end_grant: EndGrant
    review: ReviewGrant
    list_grants: ListGrants
    open_fallback: OpenFallback
    close_fallbacks: CloseFallbacks


def staffing(shop: Workshop) -> Staffing:
    """Give the acts; NotAllowedError when there is no database yet."""
    if not shop.database_exists():
        shop.stores()  # says what to do
    store, clock, dice = shop.staff.records, shop.clock, shop.dice
    return Staffing(
        create=CreateAccount(store, clock, dice),
        create_first=CreateFirstAccount(store, clock, dice),
        issue=IssueActivation(store, clock, dice),
        end=EndAccount(store, clock),
        give=GiveGrant(store, clock, dice),
        end_grant=EndGrant(store),
        review=ReviewGrant(store, clock, dice),
        list_grants=ListGrants(store, clock),
        open_fallback=OpenFallback(store, clock, dice),
        close_fallbacks=CloseFallbacks(store, clock),
    )


def account_named(shop: Workshop, named: str) -> Account:
    """Find an account by login or reference; NotAllowedError when there is none."""
    with shop.staff.records.reading() as unit:
        found = unit.account(named)
        for face in FACES:
            found = found or unit.account_by_login(named.lower(), face)
    if found is None:
        raise NotAllowedError(f"There is no account {named}.")
    return found
