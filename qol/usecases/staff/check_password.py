"""Sign in, first step: login and password open half a session, which holds no right."""

from __future__ import annotations

from dataclasses import dataclass

from qol.domain.audit import Act, AuditEvent
from qol.domain.staff.accounts import Account, AccountState
from qol.domain.staff.passwords import LONGEST, normal
from qol.domain.staff.session import Factor, Method, Session
from qol.domain.staff.tokens import digest_of
from qol.usecases.ports import Clock, Dice
from qol.usecases.staff.attempting import Attempts, Origin, Refused, Waits
from qol.usecases.staff.ports import Credential, Kind, Passwords, StaffStore, StaffUnit

STEP = "password"


@dataclass(frozen=True, slots=True)
class HalfOpen:
    """The token of a session that only the second-factor pages know."""

    token: str


@dataclass(frozen=True, slots=True)
class CheckPassword:
    """Compare, slowly, and say the same for every wrong attempt.

    ``provided``: a provider signs the people of this face in, and this way is open to those
    alone for whom it was opened (EA-AUT-2-c).
    """

    store: StaffStore
    attempts: Attempts
    passwords: Passwords
    clock: Clock
    dice: Dice
    provided: bool = False

    def __call__(self, login: str, password: str, origin: Origin) -> HalfOpen | Refused | Waits:
        """Open half a session; Waits while too many attempts failed, right password or not."""
        login = login.strip().lower()[:64]
        with self.store.reading() as unit:
            account = unit.account_by_login(login, self.attempts.face)
            found = unit.credentials(account.reference, Kind.PASSWORD) if account else ()
            way = self._way(unit, account)
        reference = account.reference if account else ""
        wait = self.attempts.wait(STEP, login, reference, origin)
        if wait:
            return Waits(wait)
        typed = normal(password[: LONGEST + 1])
        right = self.passwords.right(found[0].secret if found else None, typed)
        if account is None or not right or account.state is not AccountState.ACTIVE:
            outcome = "wrong_password" if account else "unknown_login"
            return self.attempts.failed(STEP, login, reference, origin, outcome)
        if way is None:
            return self.attempts.failed(STEP, login, reference, origin, "no_fallback")
        self.attempts.succeeded(STEP, login, reference, origin)
        return self._half_open(account, found[0], typed, way)

    def _way(self, unit: StaffUnit, account: Account | None) -> dict[str, str | int] | None:
        """Give the event's detail of the way that is open; None when none is."""
        if not self.provided:
            return {}
        fallback = unit.open_fallback(account.reference, self.clock.now()) if account else None
        return {"fallback": fallback.reference} if fallback else None

    def _half_open(
        self, account: Account, stored: Credential, password: str, way: dict[str, str | int]
    ) -> HalfOpen:
        """Begin the session, and hash again where the parameters have moved on."""
        token, now = self.dice.reference(), self.clock.now()
        stale = self.passwords.stale(stored.secret)
        fresh = self.passwords.hashed(password) if stale else b""
        session = Session(digest_of(token), account.reference, Factor.PASSWORD, Method.NONE, now)
        with self.store.writing() as unit:
            if stale:
                unit.put_credential(
                    Credential(
                        stored.reference, account.reference, Kind.PASSWORD, fresh, stored.created_at
                    )
                )
            unit.add_session(session)
            unit.commit(
                AuditEvent(
                    Act.PASSWORD_ACCEPTED, account.actor, f"account:{account.reference}", way
                )
            )
        return HalfOpen(token)
