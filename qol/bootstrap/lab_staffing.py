"""Put the acts together that the laboratory's pages about people who work here call."""

from __future__ import annotations

from qol.usecases.lab.ports import LabStore
from qol.usecases.lab.staffing.acts import StaffingActs
from qol.usecases.lab.staffing.list_places import ListPlaces
from qol.usecases.ports import Clock, Dice
from qol.usecases.staff.create_account import CreateAccount
from qol.usecases.staff.end_account import EndAccount
from qol.usecases.staff.end_grant import EndGrant
from qol.usecases.staff.give_grant import GiveGrant
from qol.usecases.staff.issue_activation import IssueActivation
from qol.usecases.staff.ports import StaffStore
from qol.usecases.staff.read_accounts import ListAccounts, ReadAccount


def staffing_acts(staff: StaffStore, store: LabStore, clock: Clock, dice: Dice) -> StaffingActs:
    """Give the acts on accounts and grants; ``store`` says where there are places."""
    return StaffingActs(
        dice=dice,
        list_accounts=ListAccounts(staff),
        read=ReadAccount(staff, clock),
        create=CreateAccount(staff, clock, dice),
        issue=IssueActivation(staff, clock, dice),
        leave=EndAccount(staff, clock),
        give=GiveGrant(staff, clock, dice),
        end_grant=EndGrant(staff),
        places=ListPlaces(store, clock),
    )
