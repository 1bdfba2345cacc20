"""Open the way of password and second factor beside a provider, and close it (EA-AUT-2-c)."""

from __future__ import annotations

from dataclasses import dataclass

from qol.domain.audit import Act, AuditEvent
from qol.domain.errors import NotAllowedError
from qol.domain.staff.accounts import AccountState, actor_of
from qol.domain.staff.fallback import Fallback, Reason, until
from qol.usecases.ports import Clock, Dice
from qol.usecases.staff.ports import StaffStore


@dataclass(frozen=True, slots=True)
class OpenFallback:
    """Open it to one account, or to everybody, for a number of hours."""

    store: StaffStore
    clock: Clock
    dice: Dice

    def __call__(self, account: str | None, reason: Reason, hours: int, actor: str) -> Fallback:
        """Open it; NotAllowedError for oneself, for nobody, or for more than a day."""
        now = self.clock.now()
        made = Fallback(self.dice.reference(), account, reason, now, until(now, hours))
        with self.store.writing() as unit:
            if account is not None:
                if actor == actor_of(account):
                    raise NotAllowedError("Nobody opens this way for themselves.")
                found = unit.account(account)
                if found is None or found.state is not AccountState.ACTIVE:
                    raise NotAllowedError("This account cannot be signed in with.")
            unit.add_fallback(made)
            detail: dict[str, str | int] = {
                "account": account or "everybody",
                "reason": reason.value,
                "hours": hours,
            }
            unit.commit(
                AuditEvent(Act.FALLBACK_OPENED, actor, f"fallback:{made.reference}", detail)
            )
        return made


@dataclass(frozen=True, slots=True)
class CloseFallbacks:
    """Close every way that is open, before its time; sessions that it opened go on."""

    store: StaffStore
    clock: Clock

    def __call__(self, actor: str) -> int:
        """Close them; how many there were."""
        with self.store.writing() as unit:
            count = unit.close_fallbacks(self.clock.now())
            detail: dict[str, str | int] = {"closed": count}
            unit.commit(AuditEvent(Act.FALLBACK_CLOSED, actor, "fallback:all", detail))
        return count
