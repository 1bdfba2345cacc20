"""Change one's own password; every other session of the account ends."""

from __future__ import annotations

from dataclasses import dataclass

from qol.domain.audit import Act, AuditEvent
from qol.domain.staff.accounts import Account
from qol.domain.staff.passwords import check, normal
from qol.domain.staff.session import Session
from qol.usecases.ports import Clock, Dice
from qol.usecases.staff.activate_account import context_of
from qol.usecases.staff.attempting import Origin, Refused, Waits
from qol.usecases.staff.confirm_password import ConfirmPassword
from qol.usecases.staff.ports import Credential, Kind, Passwords, StaffStore


@dataclass(frozen=True, slots=True)
class ChangePassword:
    """Needs the present password again: an open screen is not enough."""

    store: StaffStore
    confirm: ConfirmPassword
    passwords: Passwords
    clock: Clock
    dice: Dice
    portal: str

    def __call__(
        self, session: Session, account: Account, present: str, chosen: str, origin: Origin
    ) -> Refused | Waits | None:
        """Change it; None when it is done. PasswordError when the new one is refused."""
        check(chosen, context_of(account, self.portal))
        refused = self.confirm(account.reference, present, origin)
        if refused is not None:
            return refused
        reference, now = account.reference, self.clock.now()
        made = Credential(
            self.dice.reference(),
            reference,
            Kind.PASSWORD,
            self.passwords.hashed(normal(chosen)),
            now,
        )
        with self.store.writing() as unit:
            unit.put_credential(made)
            unit.end_sessions(reference, keep=session.digest)
            unit.commit(AuditEvent(Act.PASSWORD_CHANGED, account.actor, f"account:{reference}"))
        return None
