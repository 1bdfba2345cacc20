"""Lock a session's screen, and unlock it with the password."""

from __future__ import annotations

from dataclasses import dataclass

from qol.domain.audit import Act, AuditEvent
from qol.domain.staff.accounts import actor_of
from qol.domain.staff.session import Session
from qol.usecases.staff.attempting import Origin, Refused, Waits
from qol.usecases.staff.confirm_password import ConfirmPassword
from qol.usecases.staff.ports import StaffStore


@dataclass(frozen=True, slots=True)
class LockScreen:
    """Nothing is shown and nothing is done until the password is typed."""

    store: StaffStore

    def __call__(self, session: Session) -> None:
        """Lock it; a second time changes nothing."""
        with self.store.writing() as unit:
            unit.lock(session.digest, locked=True)
            unit.commit(
                AuditEvent(
                    Act.SCREEN_LOCKED, actor_of(session.account), f"account:{session.account}"
                )
            )


@dataclass(frozen=True, slots=True)
class UnlockScreen:
    """Give the session back to the person who knows the password."""

    store: StaffStore
    confirm: ConfirmPassword

    def __call__(self, session: Session, password: str, origin: Origin) -> Refused | Waits | None:
        """Unlock it; None when it is done."""
        refused = self.confirm(session.account, password, origin)
        if refused is not None:
            return refused
        with self.store.writing() as unit:
            unit.lock(session.digest, locked=False)
            unit.commit(
                AuditEvent(
                    Act.SCREEN_UNLOCKED, actor_of(session.account), f"account:{session.account}"
                )
            )
        return None
