"""Turn an activation secret into a password and a second factor, once (EA-AUT-4)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from qol.domain.audit import Act, AuditEvent
from qol.domain.errors import NotAllowedError
from qol.domain.staff.accounts import Account, AccountState, actor_of
from qol.domain.staff.passwords import check, normal
from qol.domain.staff.session import Factor, Method, Session
from qol.domain.staff.tokens import digest_of
from qol.domain.staff.tokens import normal as typed_secret
from qol.usecases.ports import Clock, Dice
from qol.usecases.staff.attempting import Attempts, Origin, Refused, Waits
from qol.usecases.staff.check_password import HalfOpen
from qol.usecases.staff.ports import (
    Credential,
    Kind,
    OneTimeCodes,
    Passwords,
    StaffHousekeeping,
    StaffStore,
)

STEP = "activation"


def context_of(account: Account, portal: str) -> tuple[str, ...]:
    """Give the words that a password of this person must not lean on."""
    return (account.name, account.login.replace(".", " "), account.rpps or "", portal)


@dataclass(frozen=True, slots=True)
class OpenActivation:
    """Spend the secret: from here on it opens nothing, whatever becomes of the page."""

    store: StaffStore
    attempts: Attempts
    clock: Clock
    dice: Dice

    def __call__(self, secret: str, origin: Origin) -> HalfOpen | Refused | Waits:
        """Open a session that knows one page: where password and second factor are chosen."""
        wait = self.attempts.wait(STEP, "", "", origin)
        if wait:
            return Waits(wait)
        token, now = self.dice.reference(), self.clock.now()
        with self.store.reading() as unit:
            found = unit.activation(digest_of(typed_secret(secret)))
            account = unit.account(found.account) if found else None
        right_face = account is not None and account.face == self.attempts.face
        if found is None or not right_face or not self._opened(found, token, now):
            return self.attempts.failed(STEP, "", "", origin, "activation_refused")
        return HalfOpen(token)

    def _opened(self, found: Credential, token: str, now: datetime) -> bool:
        if found.expires_at is None or found.expires_at <= now:
            return False
        account = found.account
        session = Session(digest_of(token), account, Factor.ACTIVATION, Method.NONE, now)
        try:
            with self.store.writing() as unit:
                unit.drop_credential(found.reference)
                unit.add_session(session)
                unit.commit(
                    AuditEvent(Act.ACTIVATION_OPENED, actor_of(account), f"account:{account}")
                )
        except NotAllowedError:
            return False
        return True


@dataclass(frozen=True, slots=True)
class ActivateAccount:
    """Keep the chosen password and the factor whose first code was right."""

    store: StaffStore
    housekeeping: StaffHousekeeping
    passwords: Passwords
    codes: OneTimeCodes
    clock: Clock
    dice: Dice
    portal: str

    def __call__(
        self, session: Session, account: Account, password: str, sealed: bytes, code: str
    ) -> int:
        """Give the password's bits; PasswordError for it, NotAllowedError for the code."""
        reference, now = account.reference, self.clock.now()
        bits = check(password, context_of(account, self.portal))
        step = self.codes.step(sealed, reference, code, now)
        if step is None or not self.housekeeping.spend(reference, step):
            raise NotAllowedError("The six digits are not right: wait for the next ones.")
        hashed = self.passwords.hashed(normal(password))
        with self.store.writing() as unit:
            now_known = unit.account(reference)
            if now_known is None or now_known.state is AccountState.ENDED:
                raise NotAllowedError("This account has ended meanwhile.")
            if unit.session(session.digest) is None:
                raise NotAllowedError("This page was used at the same time.")
            unit.drop_credentials(reference)
            for kind, secret in ((Kind.PASSWORD, hashed), (Kind.TOTP, sealed)):
                unit.put_credential(Credential(self.dice.reference(), reference, kind, secret, now))
            unit.end_sessions(reference)
            unit.set_state(reference, AccountState.ACTIVE, now)
            unit.commit(AuditEvent(Act.ACCOUNT_ACTIVATED, account.actor, f"account:{reference}"))
        return bits
