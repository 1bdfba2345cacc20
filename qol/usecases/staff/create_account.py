"""Create a named account, with a secret that its person turns into a password and a factor."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from qol.domain.audit import Act, AuditEvent
from qol.domain.errors import NotAllowedError
from qol.domain.staff.accounts import (
    FACES,
    Account,
    AccountState,
    checked_login,
    checked_name,
    checked_rpps,
)
from qol.domain.staff.grants import Grant, Reason, Standing, longest_end
from qol.domain.staff.permissions import Permission, Role
from qol.domain.staff.tokens import digest_of
from qol.domain.staff.wrong import StaffError
from qol.usecases.ports import Clock, Dice
from qol.usecases.staff.ports import Credential, Kind, StaffStore, StaffUnit

ACTIVATION_LASTS = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Person:
    """What is known of a person before the account; no e-mail address, no telephone.

    ``reference`` is the one that the account is to have, so that a page sent twice makes one
    account; drawn when it is empty.
    """

    face: str
    login: str
    name: str
    rpps: str = ""
    reference: str = ""


@dataclass(frozen=True, slots=True)
class Created:
    """The account, and its activation secret where it has a local way in: shown once.

    ``again`` says that the same page had created it before: there is no secret any more.
    """

    account: Account
    secret: str = ""
    again: bool = False


def activation(account: str, secret: str, reference: str, now: datetime) -> Credential:
    """Make the row of an activation secret: its digest, for a day at most (EA-AUT-4)."""
    return Credential(
        reference,
        account,
        Kind.ACTIVATION,
        digest_of(secret),
        now,
        expires_at=now + ACTIVATION_LASTS,
    )


def _account(person: Person, reference: str, state: AccountState) -> Account:
    if person.face not in FACES:
        raise StaffError("face", f"An account is of one face: {' or '.join(FACES)}.")
    rpps = checked_rpps(person.rpps) if person.rpps else None
    login, name = checked_login(person.login), checked_name(person.name)
    return Account(reference, login, name, person.face, state, rpps)


def _refuse_taken(unit: StaffUnit, account: Account) -> None:
    """Say which is taken; two at once still meet in the store, which takes one."""
    if any(unit.account_by_login(account.login, face) for face in FACES):
        raise StaffError("login.taken", f"The login {account.login} is another person's.")
    if account.rpps and unit.account_by_rpps(account.rpps):
        raise StaffError("rpps.taken", "There is an account with this RPPS number already.")


@dataclass(frozen=True, slots=True)
class CreateAccount:
    """One person, one account (EA-AUT-1)."""

    store: StaffStore
    clock: Clock
    dice: Dice

    def __call__(self, person: Person, actor: str, *, local: bool = True) -> Created:
        """Create it; StaffError when login or RPPS number is wrong, shared or taken.

        Without a local way in, a professional signs in through Pro Santé Connect alone.
        """
        if not local and not (person.rpps and person.face == "hcp"):
            raise StaffError(
                "rpps.needed",
                "An account without a password is a professional's, found by RPPS number.",
            )
        now, secret = self.clock.now(), self.dice.reference() if local else ""
        state = AccountState.INVITED if local else AccountState.ACTIVE
        account = _account(person, person.reference or self.dice.reference(), state)
        detail: dict[str, str | int] = {"face": account.face, "local": int(local)}
        with self.store.writing() as unit:
            before = unit.account(account.reference)
            if before is not None:
                return Created(before, again=True)
            _refuse_taken(unit, account)
            unit.add_account(account, now)
            if local:
                unit.put_credential(
                    activation(account.reference, secret, self.dice.reference(), now)
                )
            unit.commit(
                AuditEvent(Act.ACCOUNT_CREATED, actor, f"account:{account.reference}", detail)
            )
        return Created(account, secret)


@dataclass(frozen=True, slots=True)
class CreateFirstAccount:
    """Let a new installation begin: the first administrator, made by whoever owns the host.

    It works while nobody can manage accounts, and never again after; so it also helps an
    installation whose administrators have all gone.
    """

    store: StaffStore
    clock: Clock
    dice: Dice

    def __call__(self, person: Person, actor: str) -> Created:
        """Create the administrator; NotAllowedError while somebody can do it with their name."""
        now, secret = self.clock.now(), self.dice.reference()
        account = _account(person, self.dice.reference(), AccountState.INVITED)
        if account.face != Role.ADMINISTRATOR.face:
            raise NotAllowedError("The first account is an administrator's, on the lab face.")
        grant = Grant(
            self.dice.reference(),
            account.reference,
            Role.ADMINISTRATOR,
            None,
            None,
            Reason.FIRST_ACCOUNT,
            now.date(),
            longest_end(now.date()),
        )
        detail: dict[str, str | int] = {"face": "lab", "role": grant.role.value, "first": 1}
        with self.store.writing() as unit:
            if somebody_manages(unit, now):
                raise NotAllowedError(
                    "There is somebody who can create accounts: they do it, under their own name."
                )
            unit.add_account(account, now)
            unit.add_grant(grant)
            unit.put_credential(activation(account.reference, secret, self.dice.reference(), now))
            unit.commit(
                AuditEvent(Act.ACCOUNT_CREATED, actor, f"account:{account.reference}", detail)
            )
        return Created(account, secret)


def somebody_manages(unit: StaffUnit, now: datetime) -> bool:
    """Say whether somebody can manage accounts, or is about to, secret in hand."""
    return any(
        _could(unit, grant.account, now) for grant in unit.grants() if _manages(grant, now.date())
    )


def _manages(grant: Grant, day: date) -> bool:
    wanted = grant.standing(day) in (Standing.VALID, Standing.TO_COME)
    return wanted and Permission.MANAGE_ACCOUNTS in grant.role.permissions


def _could(unit: StaffUnit, reference: str, now: datetime) -> bool:
    account = unit.account(reference)
    if account is None or account.state is AccountState.ENDED:
        return False
    secrets = unit.credentials(reference, Kind.ACTIVATION)
    pending = any(one.expires_at is not None and one.expires_at > now for one in secrets)
    return account.state is AccountState.ACTIVE or pending
