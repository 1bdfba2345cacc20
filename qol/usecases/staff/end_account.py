"""End an account when its person leaves: every way in, session and grant at once (EA-HAB-2)."""

from __future__ import annotations

from dataclasses import dataclass, replace

from qol.domain.audit import Act, AuditEvent
from qol.domain.staff.accounts import AccountState, actor_of
from qol.domain.staff.wrong import StaffError
from qol.usecases.ports import Clock
from qol.usecases.staff.ports import StaffStore


@dataclass(frozen=True, slots=True)
class EndAccount:
    """The row stays, since the ledger names it; nothing opens it again."""

    store: StaffStore
    clock: Clock

    def __call__(self, account: str, actor: str) -> None:
        """End it; StaffError for oneself, or when it is ended already."""
        if actor == actor_of(account):
            raise StaffError("own", "Nobody ends their own account: another person must.")
        with self.store.writing() as unit:
            found = unit.account(account)
            if found is None or found.state is AccountState.ENDED:
                raise StaffError("left", "There is no such account, or its person has left.")
            open_grants = [grant for grant in unit.grants(account) if not grant.ended]
            for grant in open_grants:
                unit.set_grant(replace(grant, ended=True))
            sessions = unit.end_sessions(account)
            unit.drop_credentials(account)
            unit.set_state(account, AccountState.ENDED, self.clock.now())
            detail: dict[str, str | int] = {"grants": len(open_grants), "sessions": sessions}
            unit.commit(AuditEvent(Act.ACCOUNT_ENDED, actor, f"account:{account}", detail))
