"""What signing in asks of the store, of the credential key and of the housekeeping."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from qol.domain.audit import AuditEvent
from qol.domain.place import Place
from qol.domain.staff.accounts import Account, AccountState
from qol.domain.staff.attempts import Tally
from qol.domain.staff.fallback import Fallback
from qol.domain.staff.grants import Grant
from qol.domain.staff.review import Review
from qol.domain.staff.session import Session


class Kind(StrEnum):
    """What a stored credential is."""

    PASSWORD = "password"  # noqa: S105 - the name of a kind
    TOTP = "totp"
    PASSKEY = "passkey"
    ACTIVATION = "activation"
    PROVIDER = "provider"


@dataclass(frozen=True, slots=True)
class Credential:
    """One way in. Only digests, sealed secrets and public keys are stored.

    ``secret`` is the Argon2id hash, the sealed TOTP secret, the passkey's public data or the
    activation secret's digest; ``handle`` a passkey's id, or what stands for a person at a
    provider of identities, whose ``secret`` is empty; ``counter`` a passkey's last count.
    """

    reference: str
    account: str
    kind: Kind
    secret: bytes
    created_at: datetime
    handle: bytes | None = None
    counter: int = 0
    expires_at: datetime | None = None


class StaffUnit(Protocol):
    """Accounts, credentials, sessions and grants inside one transaction."""

    def account(self, reference: str) -> Account | None:
        """Find an account by its reference."""

    def account_by_login(self, login: str, face: str) -> Account | None:
        """Find an account of a face by what is typed at sign-in."""

    def account_by_rpps(self, rpps: str) -> Account | None:
        """Find a professional by the national number."""

    def accounts(self) -> tuple[Account, ...]:
        """List all accounts by login."""

    def add_account(self, account: Account, now: datetime) -> None:
        """Insert an account; NotAllowedError when login or RPPS number is taken."""

    def set_state(self, account: str, state: AccountState, now: datetime) -> None:
        """Change an account's state."""

    def credentials(self, account: str, kind: Kind | None = None) -> tuple[Credential, ...]:
        """List an account's credentials, oldest first."""

    def activation(self, digest: bytes) -> Credential | None:
        """Find an activation secret by its digest."""

    def bound(self, identity: bytes) -> Credential | None:
        """Find what binds a provider's person to an account, by its handle."""

    def put_credential(self, credential: Credential) -> None:
        """Insert a credential; a password, TOTP or activation replaces the one there was.

        NotAllowedError when a handle, or an account's provider, is there already.
        """

    def count_passkey(self, reference: str, seen: int, counter: int) -> None:
        """Move a passkey's counter from ``seen`` on; NotAllowedError if another use came first."""

    def drop_credential(self, reference: str) -> None:
        """Delete one credential; NotAllowedError when it was not there any more."""

    def drop_credentials(self, account: str) -> None:
        """Delete every credential of an account."""

    def session(self, digest: bytes) -> Session | None:
        """Find a session."""

    def sessions(self, account: str) -> tuple[Session, ...]:
        """List an account's sessions, oldest first."""

    def add_session(self, session: Session) -> None:
        """Insert a session."""

    def lock(self, digest: bytes, *, locked: bool) -> None:
        """Lock or unlock a session's screen."""

    def choose(self, digest: bytes, place: Place) -> None:
        """Set the place of a session."""

    def end_session(self, digest: bytes) -> None:
        """Delete a session."""

    def end_sessions(self, account: str, keep: bytes | None = None) -> int:
        """Delete an account's sessions but one; how many there were."""

    def provided(self, provider: bytes) -> tuple[Session, ...]:
        """List the sessions of an identity provider's session, oldest first."""

    def grant(self, reference: str) -> Grant | None:
        """Find a grant."""

    def grants(self, account: str | None = None) -> tuple[Grant, ...]:
        """List grants by start, of one account or of all."""

    def add_grant(self, grant: Grant) -> None:
        """Insert a grant."""

    def set_grant(self, grant: Grant) -> None:
        """Write a grant's period and whether it is ended."""

    def add_review(self, review: Review) -> None:
        """Insert a review's decision."""

    def reviews(self) -> tuple[Review, ...]:
        """List every decision by day."""

    def add_fallback(self, one: Fallback) -> None:
        """Insert a way in beside a provider."""

    def open_fallback(self, account: str, now: datetime) -> Fallback | None:
        """Find what is open to an account, for itself or for everybody."""

    def close_fallbacks(self, now: datetime) -> int:
        """End those that are open; how many there were."""

    def acknowledged(self, account: str, version: str) -> bool:
        """Say whether a person has read the notice of that version."""

    def acknowledge(self, account: str, version: str, now: datetime) -> None:
        """Keep the proof of reading; a second one changes nothing."""

    def commit(self, event: AuditEvent) -> None:
        """Write the event and commit, in one transaction."""


class StaffStore(Protocol):
    """Opens the staff's units."""

    def reading(self) -> AbstractContextManager[StaffUnit]:
        """Open a snapshot."""

    def writing(self) -> AbstractContextManager[StaffUnit]:
        """Open a write transaction; rolled back unless committed."""


class StaffHousekeeping(Protocol):
    """What only keeps sign-in running: counts, last-seen, spent steps, open challenges."""

    def tally(self, key: bytes) -> Tally:
        """Read the failures of a key."""

    def count(self, key: bytes, now: datetime, *, success: bool) -> Tally:
        """Count a failure, or forgive the run after a success; the tally as it is then."""

    def last_seen(self, digest: bytes) -> datetime | None:
        """Say when a session was last seen, to the minute."""

    def seen(self, digest: bytes, now: datetime) -> None:
        """Write down that a session was seen."""

    def spend(self, account: str, step: int) -> bool:
        """Spend a time step once; False when it, or a later one, is spent already."""

    def keep_challenge(self, digest: bytes, challenge: str, now: datetime) -> None:
        """Keep the one open challenge of a session."""

    def take_challenge(self, digest: bytes, now: datetime) -> str | None:
        """Give a session's challenge and forget it; None when there is none or it is old."""


class Passwords(Protocol):
    """Slow hashes of passwords."""

    def hashed(self, password: str) -> bytes:
        """Give the hash with its parameters and its salt."""

    def right(self, stored: bytes | None, password: str) -> bool:
        """Compare; takes as long when nothing is stored."""

    def stale(self, stored: bytes) -> bool:
        """Say whether a hash was made with other parameters than today's."""


class OneTimeCodes(Protocol):
    """Time-based codes (RFC 6238)."""

    def fresh(self, account: str) -> bytes:
        """Draw a secret and seal it, bound to the account."""

    def secret(self, sealed: bytes, account: str) -> str:
        """Open a sealed secret to show it once; EnvelopeError when it is another account's."""

    def address(self, sealed: bytes, account: str, login: str) -> str:
        """Give the ``otpauth:`` address that a phone reads as a QR code."""

    def step(self, sealed: bytes, account: str, code: str, now: datetime) -> int | None:
        """Give the time step that a code belongs to, one to either side at most; or None."""


@dataclass(frozen=True, slots=True)
class Ceremony:
    """What the browser is asked, and the challenge to keep until it answers."""

    options: Mapping[str, object]
    challenge: str


class Passkeys(Protocol):
    """Registration and authentication with passkeys (WebAuthn)."""

    def registering(self, account: Account, known: tuple[Credential, ...]) -> Ceremony:
        """Begin a registration."""

    def registered(self, challenge: str, answer: Mapping[str, object]) -> tuple[bytes, bytes, int]:
        """Give handle, public data and counter; NotAllowedError when anything is wrong."""

    def signing_in(self, known: tuple[Credential, ...]) -> Ceremony:
        """Begin an authentication."""

    def signed_in(
        self, challenge: str, known: tuple[Credential, ...], answer: Mapping[str, object]
    ) -> tuple[Credential, int]:
        """Give the passkey used and its new counter; NotAllowedError when anything is wrong."""
