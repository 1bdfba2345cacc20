"""What a face of staff is made of. The composition root fills it; views only call it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import cast

from flask import current_app
from itsdangerous import URLSafeSerializer

from qol.domain.portal import Portal
from qol.usecases.ports import Clock, Dice
from qol.usecases.staff.acknowledge_notice import AcknowledgeNotice
from qol.usecases.staff.activate_account import ActivateAccount, OpenActivation
from qol.usecases.staff.add_passkey import AddPasskey
from qol.usecases.staff.attempting import Attempts
from qol.usecases.staff.change_password import ChangePassword
from qol.usecases.staff.check_code import CheckCode
from qol.usecases.staff.check_passkey import CheckPasskey
from qol.usecases.staff.check_password import CheckPassword
from qol.usecases.staff.choose_place import ChoosePlace
from qol.usecases.staff.lock_screen import LockScreen, UnlockScreen
from qol.usecases.staff.open_session import OpenSession
from qol.usecases.staff.ports import OneTimeCodes, StaffStore
from qol.usecases.staff.review_grant import ListGrants, ReviewGrant
from qol.usecases.staff.sign_out import SignOut, SignOutEverywhere
from qol.usecases.staff.whoever import Whoever
from qol.web.shared.words import Catalogues


@dataclass(frozen=True, slots=True)
class Desk:
    """Everything that signing in and the rights of one face need."""

    face: str
    portal: Portal
    catalogues: Catalogues
    clock: Clock
    dice: Dice
    store: StaffStore
    source: Callable[[str, date], bytes]
    browsers: URLSafeSerializer
    codes: OneTimeCodes
    qr: Callable[[str], str]
    ledger_days: int
    attempts: Attempts
    whoever: Whoever
    check_password: CheckPassword
    check_code: CheckCode
    check_passkey: CheckPasskey
    open_session: OpenSession
    open_activation: OpenActivation
    activate: ActivateAccount
    change_password: ChangePassword
    add_passkey: AddPasskey
    lock: LockScreen
    unlock: UnlockScreen
    sign_out: SignOut
    sign_out_everywhere: SignOutEverywhere
    acknowledge: AcknowledgeNotice
    choose_place: ChoosePlace
    list_grants: ListGrants
    review_grant: ReviewGrant


def desk() -> Desk:
    """Give the desk of the application that serves this request."""
    return cast("Desk", current_app.extensions["qol.staff"])
