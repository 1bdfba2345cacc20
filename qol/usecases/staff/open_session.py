"""Open a session with every right of its account, once both factors are proved."""

from __future__ import annotations

from dataclasses import dataclass

from qol.domain.audit import Act, AuditEvent
from qol.domain.errors import NotAllowedError
from qol.domain.staff.accounts import AccountState, actor_of
from qol.domain.staff.session import Factor, Method, Session
from qol.domain.staff.tokens import digest_of
from qol.usecases.ports import Clock, Dice
from qol.usecases.staff.ports import StaffStore


@dataclass(frozen=True, slots=True)
class Opened:
    """The new session's token, and whose it is."""

    token: str
    account: str


@dataclass(frozen=True, slots=True)
class OpenSession:
    """Begin under a new token, whatever the browser carried before (T-15)."""

    store: StaffStore
    clock: Clock
    dice: Dice

    def __call__(
        self,
        account: str,
        method: Method,
        half: bytes | None = None,
        provider: bytes | None = None,
    ) -> Opened:
        """Open for an active account; NotAllowedError otherwise.

        ``half`` is the digest of the half session that ends here; ``provider`` stands for an
        identity provider's session, whose end ends this one.
        """
        token, now = self.dice.reference(), self.clock.now()
        session = Session(digest_of(token), account, Factor.FULL, method, now, provider=provider)
        with self.store.writing() as unit:
            found = unit.account(account)
            if found is None or found.state is not AccountState.ACTIVE:
                raise NotAllowedError("This account cannot be signed in with.")
            if half is not None:
                unit.end_session(half)
            unit.add_session(session)
            detail: dict[str, str | int] = {"method": method.value}
            event = AuditEvent(Act.SIGNED_IN, actor_of(account), f"account:{account}", detail)
            unit.commit(event)
        return Opened(token, account)
