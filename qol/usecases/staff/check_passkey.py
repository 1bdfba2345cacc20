"""Sign in, second step, with a passkey: a challenge is taken once, a counter only grows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from qol.domain.audit import Act, AuditEvent
from qol.domain.errors import NotAllowedError
from qol.domain.staff.session import Method, Session
from qol.usecases.ports import Clock
from qol.usecases.staff.attempting import Attempts, Origin, Refused, Waits
from qol.usecases.staff.check_code import STEP
from qol.usecases.staff.open_session import Opened, OpenSession
from qol.usecases.staff.ports import Kind, Passkeys, StaffHousekeeping, StaffStore


@dataclass(frozen=True, slots=True)
class CheckPasskey:
    """Both halves of the ceremony."""

    store: StaffStore
    housekeeping: StaffHousekeeping
    attempts: Attempts
    passkeys: Passkeys
    opening: OpenSession
    clock: Clock

    def begin(self, half: Session) -> Mapping[str, object] | None:
        """Give what the browser asks its passkeys for; None when the account has none."""
        with self.store.reading() as unit:
            known = unit.credentials(half.account, Kind.PASSKEY)
        if not known:
            return None
        ceremony = self.passkeys.signing_in(known)
        self.housekeeping.keep_challenge(half.digest, ceremony.challenge, self.clock.now())
        return ceremony.options

    def __call__(
        self, half: Session, answer: Mapping[str, object], origin: Origin
    ) -> Opened | Refused | Waits:
        """Check the answer and open a whole session in place of half a one."""
        account, now = half.account, self.clock.now()
        wait = self.attempts.wait(STEP, account, account, origin)
        if wait:
            return Waits(wait)
        challenge = self.housekeeping.take_challenge(half.digest, now)
        if challenge is None:
            return self.attempts.failed(STEP, account, account, origin, "passkey_replayed")
        if not self._used(account, challenge, answer):
            return self.attempts.failed(STEP, account, account, origin, "passkey_refused")
        self.attempts.succeeded(STEP, account, account, origin)
        return self.opening(account, Method.PASSKEY, half.digest)

    def _used(self, account: str, challenge: str, answer: Mapping[str, object]) -> bool:
        with self.store.reading() as unit:
            known = unit.credentials(account, Kind.PASSKEY)
        try:
            passkey, counter = self.passkeys.signed_in(challenge, known, answer)
            if passkey.counter != counter:
                self._count(account, passkey.reference, passkey.counter, counter)
        except NotAllowedError:
            return False
        return True

    def _count(self, account: str, passkey: str, seen: int, counter: int) -> None:
        with self.store.writing() as unit:
            unit.count_passkey(passkey, seen, counter)
            unit.commit(AuditEvent(Act.PASSKEY_USED, f"staff:{account}", f"account:{account}"))
