"""Read who works here: reading names of staff is an act too."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from qol.domain.audit import Act, AuditEvent
from qol.domain.staff.accounts import Account, AccountState
from qol.domain.staff.grants import Grant
from qol.domain.staff.wrong import StaffError
from qol.usecases.ports import Clock
from qol.usecases.staff.issue_activation import ways_in
from qol.usecases.staff.ports import StaffStore


@dataclass(frozen=True, slots=True)
class Shown:
    """One account with its grants by start; ``seen`` is what ``ways_in`` says of it now."""

    account: Account
    grants: tuple[Grant, ...]
    seen: str
    own: bool
    today: date

    @property
    def fixed(self) -> str:
        """Say why the reader can change nothing here: ``own``, ``left``; empty when they can."""
        if self.own:
            return "own"
        return "left" if self.account.state is AccountState.ENDED else ""


@dataclass(frozen=True, slots=True)
class ListAccounts:
    """Everybody who has or had an account."""

    store: StaffStore

    def __call__(self, actor: str) -> tuple[Account, ...]:
        """List them by login."""
        with self.store.reading() as unit:
            found = unit.accounts()
        detail: dict[str, str | int] = {"count": len(found)}
        with self.store.writing() as unit:
            unit.commit(AuditEvent(Act.ACCOUNTS_READ, actor, "accounts", detail))
        return found


@dataclass(frozen=True, slots=True)
class ReadAccount:
    """One of them."""

    store: StaffStore
    clock: Clock

    def __call__(self, account: str, actor: str) -> Shown | None:
        """Show it; None when there is none of that reference."""
        with self.store.reading() as unit:
            found = unit.account(account)
            if found is None:
                return None
            grants, seen = unit.grants(account), ways_in(unit, found)
        detail: dict[str, str | int] = {"grants": len(grants)}
        with self.store.writing() as unit:
            unit.commit(AuditEvent(Act.ACCOUNT_READ, actor, f"account:{account}", detail))
        return Shown(found, grants, seen, actor == found.actor, self.clock.now().date())

    def to_change(self, account: str, actor: str) -> Shown | None:
        """Show it to whoever is about to change it; StaffError for oneself and who left."""
        shown = self(account, actor)
        if shown is not None and shown.fixed:
            raise StaffError(shown.fixed, "This account is one's own, or its person has left.")
        return shown
