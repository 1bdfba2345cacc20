"""Keep the proof that a person has read the notice of the first connection (EA-10.6)."""

from __future__ import annotations

from dataclasses import dataclass

from qol.domain.audit import Act, AuditEvent
from qol.domain.staff.accounts import actor_of
from qol.usecases.ports import Clock
from qol.usecases.staff.ports import StaffStore


@dataclass(frozen=True, slots=True)
class AcknowledgeNotice:
    """Account, version, time."""

    store: StaffStore
    clock: Clock
    version: str

    def __call__(self, account: str) -> None:
        """Keep it; a second time changes nothing but the ledger."""
        detail: dict[str, str | int] = {"version": self.version}
        with self.store.writing() as unit:
            unit.acknowledge(account, self.version, self.clock.now())
            unit.commit(
                AuditEvent(Act.NOTICE_READ, actor_of(account), f"account:{account}", detail)
            )
