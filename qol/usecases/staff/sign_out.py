"""Sign out: of this browser, or of all of them."""

from __future__ import annotations

from dataclasses import dataclass

from qol.domain.audit import Act, AuditEvent
from qol.domain.staff.accounts import actor_of
from qol.domain.staff.session import Session
from qol.usecases.staff.ports import StaffStore


@dataclass(frozen=True, slots=True)
class SignOut:
    """End one session."""

    store: StaffStore

    def __call__(self, session: Session) -> None:
        """End it; its token opens nothing from now on."""
        with self.store.writing() as unit:
            unit.end_session(session.digest)
            unit.commit(
                AuditEvent(Act.SIGNED_OUT, actor_of(session.account), f"account:{session.account}")
            )


@dataclass(frozen=True, slots=True)
class SignOutEverywhere:
    """End every session of the account, this one too."""

    store: StaffStore

    def __call__(self, account: str) -> int:
        """End them; how many there were."""
        with self.store.writing() as unit:
            ended = unit.end_sessions(account)
            detail: dict[str, str | int] = {"sessions": ended}
            event = AuditEvent(
                Act.SIGNED_OUT_EVERYWHERE, actor_of(account), f"account:{account}", detail
            )
            unit.commit(event)
        return ended
