"""End what a provider's session opened, when the provider says that it ended (F-06.4)."""

from __future__ import annotations

from dataclasses import dataclass

from qol.domain.audit import Act, AuditEvent
from qol.domain.staff.session import Method, Session
from qol.domain.staff.tokens import digest_of_provided
from qol.usecases.staff.admit_identity import PERSON, SESSION
from qol.usecases.staff.identity import LogoutNotice
from qol.usecases.staff.ports import StaffStore, StaffUnit

PROVIDER = "provider"


@dataclass(frozen=True, slots=True)
class EndProvided:
    """End the session that a notice names; without a name, all that its person opened so."""

    store: StaffStore

    def __call__(self, notice: LogoutNotice) -> int:
        """End them; how many there were. A second notice finds none."""
        with self.store.writing() as unit:
            ending = _named(unit, notice)
            for session in ending:
                unit.end_session(session.digest)
            if ending:
                account = f"account:{ending[0].account}"  # one session there, one person here
                detail: dict[str, str | int] = {"sessions": len(ending), "method": PROVIDER}
                unit.commit(AuditEvent(Act.SIGNED_OUT, PROVIDER, account, detail))
        return len(ending)


def _named(unit: StaffUnit, notice: LogoutNotice) -> tuple[Session, ...]:
    if notice.session:
        return unit.provided(digest_of_provided(SESSION, notice.issuer, notice.session))
    bound = unit.bound(digest_of_provided(PERSON, notice.issuer, notice.subject))
    sessions = unit.sessions(bound.account) if bound else ()
    return tuple(one for one in sessions if one.method is Method.PROVIDER)
