"""Ask once more for the password of somebody who is signed in."""

from __future__ import annotations

from dataclasses import dataclass

from qol.domain.staff.passwords import LONGEST, normal
from qol.usecases.staff.attempting import Attempts, Origin, Refused, Waits
from qol.usecases.staff.ports import Kind, Passwords, StaffStore

STEP = "confirm"


@dataclass(frozen=True, slots=True)
class ConfirmPassword:
    """Failures are counted like those of a sign-in."""

    store: StaffStore
    attempts: Attempts
    passwords: Passwords

    def __call__(self, account: str, password: str, origin: Origin) -> Refused | Waits | None:
        """Give None when it is right."""
        wait = self.attempts.wait(STEP, account, account, origin)
        if wait:
            return Waits(wait)
        with self.store.reading() as unit:
            found = unit.credentials(account, Kind.PASSWORD)
        stored = found[0].secret if found else None
        if not self.passwords.right(stored, normal(password[: LONGEST + 1])):
            return self.attempts.failed(STEP, account, account, origin, "wrong_password")
        self.attempts.succeeded(STEP, account, account, origin)
        return None
