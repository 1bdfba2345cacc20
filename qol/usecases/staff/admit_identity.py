"""Sign in who a provider says somebody is: it authenticates, the account's grants authorise."""

from __future__ import annotations

from dataclasses import dataclass

from qol.domain.audit import Act, AuditEvent
from qol.domain.staff.accounts import Account, AccountState
from qol.domain.staff.session import Method
from qol.domain.staff.tokens import digest_of, digest_of_provided
from qol.usecases.ports import Clock, Dice
from qol.usecases.staff.attempting import Attempts
from qol.usecases.staff.identity import Identity
from qol.usecases.staff.open_session import Opened, OpenSession
from qol.usecases.staff.ports import Credential, Kind, StaffHousekeeping, StaffStore, StaffUnit

PERSON, SESSION = "person", "session"


@dataclass(frozen=True, slots=True)
class AdmitIdentity:
    """Find the account by RPPS number, bind it at first use, and open a session (F-06.8).

    Nothing is made for a number without an account. A bound account knows its one person at
    the provider, by issuer and ``sub``; another with the same number is refused. Both factors
    are the provider's: the level that it vouched for is checked before this.
    """

    store: StaffStore
    housekeeping: StaffHousekeeping
    attempts: Attempts
    opening: OpenSession
    clock: Clock
    dice: Dice
    face: str

    def __call__(self, identity: Identity) -> Opened | None:
        """Open the session; None for whoever has no access, which is in the ledger."""
        handle = digest_of_provided(PERSON, identity.issuer, identity.subject)
        with self.store.reading() as unit:
            bound = unit.bound(handle)
            account = _found(unit, bound, identity.rpps)
            outcome = self._outcome(unit, account, identity.rpps, handle)
        if account is None or outcome:
            self.attempts.refuse(account.actor if account else "unknown", outcome, "psc")
            return None
        if bound is None:
            self._bind(account, handle)
        return self._opened(account, identity)

    def _outcome(self, unit: StaffUnit, account: Account | None, rpps: str, handle: bytes) -> str:
        """Give why somebody has no access; empty for whoever has."""
        if account is None or account.face != self.face:
            return "no_account"
        if account.state is not AccountState.ACTIVE:
            return f"account_{account.state}"
        known = unit.credentials(account.reference, Kind.PROVIDER)
        if account.rpps != rpps or any(one.handle != handle for one in known):
            return "other_identity"
        return ""

    def _bind(self, account: Account, handle: bytes) -> None:
        """Bind; NotAllowedError when another person was bound at the same moment."""
        reference, who, now = self.dice.reference(), account.reference, self.clock.now()
        with self.store.writing() as unit:
            unit.put_credential(Credential(reference, who, Kind.PROVIDER, b"", now, handle=handle))
            unit.commit(AuditEvent(Act.IDENTITY_BOUND, account.actor, f"account:{who}"))

    def _opened(self, account: Account, identity: Identity) -> Opened:
        sid = identity.session
        provider = digest_of_provided(SESSION, identity.issuer, sid) if sid else None
        proved = identity.authenticated_at
        opened = self.opening(
            account.reference, Method.PROVIDER, provider=provider, proved_at=proved
        )
        # The hours count from the proof, the idle minutes from now.
        self.housekeeping.seen(digest_of(opened.token), self.clock.now())
        return opened


def _found(unit: StaffUnit, bound: Credential | None, rpps: str) -> Account | None:
    if bound is not None:
        return unit.account(bound.account)
    return unit.account_by_rpps(rpps) if rpps else None
