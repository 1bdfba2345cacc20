"""Put the desk together that both faces of staff sign in at."""

from __future__ import annotations

from dataclasses import dataclass

from itsdangerous import URLSafeSerializer

from qol.adapters.clock import SystemDice
from qol.adapters.crypto.credentials.passkeys import WebAuthnPasskeys
from qol.adapters.crypto.credentials.passwords import Argon2Passwords
from qol.adapters.crypto.credentials.totp import SealedTotp
from qol.adapters.crypto.digests import Names, Sources
from qol.adapters.crypto.keyfolder import KeyFolder, Purpose
from qol.adapters.crypto.visit import flask_secret
from qol.adapters.db.store_staff import StaffStores
from qol.adapters.programmes.portal import load as load_portal
from qol.adapters.qr import drawn
from qol.adapters.words import read_catalogues
from qol.config import Config
from qol.domain.portal import Portal
from qol.domain.staff.notice import notice_version
from qol.usecases.ports import Clock, Dice
from qol.usecases.staff.acknowledge_notice import AcknowledgeNotice
from qol.usecases.staff.activate_account import ActivateAccount, OpenActivation
from qol.usecases.staff.add_passkey import AddPasskey
from qol.usecases.staff.attempting import Attempts
from qol.usecases.staff.change_password import ChangePassword
from qol.usecases.staff.check_code import CheckCode, SpendCode
from qol.usecases.staff.check_passkey import CheckPasskey
from qol.usecases.staff.check_password import CheckPassword
from qol.usecases.staff.choose_place import ChoosePlace
from qol.usecases.staff.confirm_password import ConfirmPassword
from qol.usecases.staff.lock_screen import LockScreen, UnlockScreen
from qol.usecases.staff.open_session import OpenSession
from qol.usecases.staff.ports import (
    OneTimeCodes,
    Passkeys,
    Passwords,
    StaffHousekeeping,
    StaffStore,
)
from qol.usecases.staff.review_grant import ListGrants, ReviewGrant
from qol.usecases.staff.sign_out import SignOut, SignOutEverywhere
from qol.usecases.staff.whoever import Whoever
from qol.web.shared.staff.desk import Desk


@dataclass(frozen=True, slots=True)
class Parts:
    """What a desk is made from: the real adapters, or a test's."""

    store: StaffStore
    housekeeping: StaffHousekeeping
    passwords: Passwords
    codes: OneTimeCodes
    passkeys: Passkeys
    clock: Clock
    dice: Dice
    throttle_key: bytes
    session_key: bytes
    provided: bool = False
    """Whether a provider of identities signs the people of this face in."""


def totp(folder: KeyFolder, portal: Portal) -> SealedTotp:
    """Give the one-time codes of a face, under its own credential key."""
    name = portal.names[portal.languages[0]]
    return SealedTotp(folder.secret(Purpose.CREDENTIAL), name)


def desk_of(
    config: Config, folder: KeyFolder, stores: StaffStores, clock: Clock, *, provided: bool = False
) -> Desk:
    """Give the desk of a face, with the keys of its folder."""
    portal = load_portal(config.instance / "portal.toml")
    name = portal.names[portal.languages[0]]
    parts = Parts(
        store=stores.records,
        housekeeping=stores.housekeeping,
        passwords=Argon2Passwords(),
        codes=totp(folder, portal),
        passkeys=WebAuthnPasskeys(config.origin, name),
        clock=clock,
        dice=SystemDice(),
        throttle_key=folder.secret(Purpose.THROTTLE),
        session_key=folder.secret(Purpose.SESSION),
        provided=provided,
    )
    return assembled(config, portal, parts)


def assembled(config: Config, portal: Portal, parts: Parts) -> Desk:
    """Put a desk together."""
    store, keeping, clock, dice = parts.store, parts.housekeeping, parts.clock, parts.dice
    notice = notice_version(config.ledger_days)
    attempts = Attempts(store, keeping, clock, Names(parts.throttle_key), config.face)
    opening = OpenSession(store, clock, dice)
    confirm = ConfirmPassword(store, attempts, parts.passwords)
    spend = SpendCode(store, keeping, parts.codes, clock)
    names = " ".join(portal.names.values())
    return Desk(
        face=config.face,
        portal=portal,
        catalogues=read_catalogues(),
        clock=clock,
        dice=dice,
        store=store,
        source=Sources(parts.throttle_key).source,
        browsers=URLSafeSerializer(flask_secret(parts.session_key), salt="browsers"),
        codes=parts.codes,
        qr=drawn,
        ledger_days=config.ledger_days,
        attempts=attempts,
        whoever=Whoever(store, keeping, clock, config.face, notice),
        check_password=CheckPassword(store, attempts, parts.passwords, clock, dice, parts.provided),
        check_code=CheckCode(spend, attempts, opening),
        check_passkey=CheckPasskey(store, keeping, attempts, parts.passkeys, opening, clock),
        open_session=opening,
        open_activation=OpenActivation(store, attempts, clock, dice),
        activate=ActivateAccount(store, keeping, parts.passwords, parts.codes, clock, dice, names),
        change_password=ChangePassword(store, confirm, parts.passwords, clock, dice, names),
        add_passkey=AddPasskey(store, keeping, confirm, parts.passkeys, clock, dice),
        lock=LockScreen(store),
        unlock=UnlockScreen(store, confirm),
        sign_out=SignOut(store),
        sign_out_everywhere=SignOutEverywhere(store),
        acknowledge=AcknowledgeNotice(store, clock, notice),
        choose_place=ChoosePlace(store),
        list_grants=ListGrants(store, clock),
        review_grant=ReviewGrant(store, clock, dice),
    )
