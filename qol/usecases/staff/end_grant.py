"""End a grant before its day: the right is gone at the next click (EA-HAB-2)."""

from __future__ import annotations

from dataclasses import dataclass, replace

from qol.domain.audit import Act, AuditEvent
from qol.domain.staff.accounts import actor_of
from qol.domain.staff.grants import EndReason
from qol.domain.staff.wrong import StaffError
from qol.usecases.staff.ports import StaffStore


@dataclass(frozen=True, slots=True)
class EndGrant:
    """Close it for ever; another one may be given."""

    store: StaffStore

    def __call__(self, grant: str, reason: EndReason, actor: str) -> None:
        """End it; StaffError for one's own, when there is none, or it is ended already."""
        detail: dict[str, str | int] = {"reason": reason.value}
        with self.store.writing() as unit:
            found = unit.grant(grant)
            if found is None or found.ended:
                raise StaffError("ended", "There is no such grant, or it is ended already.")
            if actor == actor_of(found.account):
                raise StaffError("own", "Nobody ends their own grant: another person must.")
            unit.set_grant(replace(found, ended=True))
            unit.commit(AuditEvent(Act.GRANT_ENDED, actor, f"grant:{grant}", detail))
