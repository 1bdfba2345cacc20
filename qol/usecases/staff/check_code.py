"""Sign in, second step, with a one-time code that is spent once (T-32)."""

from __future__ import annotations

from dataclasses import dataclass

from qol.domain.staff.session import Method, Session
from qol.usecases.ports import Clock
from qol.usecases.staff.attempting import Attempts, Origin, Refused, Waits
from qol.usecases.staff.open_session import Opened, OpenSession
from qol.usecases.staff.ports import Kind, OneTimeCodes, StaffHousekeeping, StaffStore

STEP = "second"


@dataclass(frozen=True, slots=True)
class SpendCode:
    """Take a code of an account, never twice and never an earlier one after a later one."""

    store: StaffStore
    housekeeping: StaffHousekeeping
    codes: OneTimeCodes
    clock: Clock

    def __call__(self, account: str, code: str) -> str:
        """Give the outcome: empty when the code was right and is spent now."""
        with self.store.reading() as unit:
            found = unit.credentials(account, Kind.TOTP)
        step = self.codes.step(found[0].secret, account, code, self.clock.now()) if found else None
        if step is None:
            return "wrong_code"
        return "" if self.housekeeping.spend(account, step) else "code_reused"


@dataclass(frozen=True, slots=True)
class CheckCode:
    """Spend the code, and open the session."""

    spend: SpendCode
    attempts: Attempts
    opening: OpenSession

    def __call__(self, half: Session, code: str, origin: Origin) -> Opened | Refused | Waits:
        """Open a whole session in place of half a one."""
        account = half.account
        wait = self.attempts.wait(STEP, account, account, origin)
        if wait:
            return Waits(wait)
        outcome = self.spend(account, code)
        if outcome:
            return self.attempts.failed(STEP, account, account, origin, outcome)
        self.attempts.succeeded(STEP, account, account, origin)
        return self.opening(account, Method.TOTP, half.digest)
