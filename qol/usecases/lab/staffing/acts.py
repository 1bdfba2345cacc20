"""The acts of the laboratory's pages about people who work here."""

from __future__ import annotations

from dataclasses import dataclass

from qol.usecases.lab.staffing.list_places import ListPlaces
from qol.usecases.ports import Dice
from qol.usecases.staff.create_account import CreateAccount
from qol.usecases.staff.end_account import EndAccount
from qol.usecases.staff.end_grant import EndGrant
from qol.usecases.staff.give_grant import GiveGrant
from qol.usecases.staff.issue_activation import IssueActivation
from qol.usecases.staff.read_accounts import ListAccounts, ReadAccount


@dataclass(frozen=True, slots=True)
class StaffingActs:
    """What the pages call. ``dice`` numbers each form once, so that two clicks are one act."""

    dice: Dice
    list_accounts: ListAccounts
    read: ReadAccount
    create: CreateAccount
    issue: IssueActivation
    leave: EndAccount
    give: GiveGrant
    end_grant: EndGrant
    places: ListPlaces
