"""The staff's ports in memory; they pass the same suite as the databases."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass, field, replace
from datetime import datetime

from qol.domain.audit import AuditEvent
from qol.domain.errors import NotAllowedError
from qol.domain.place import Place
from qol.domain.staff.accounts import Account, AccountState
from qol.domain.staff.attempts import Tally, failed, succeeded
from qol.domain.staff.fallback import Fallback
from qol.domain.staff.grants import Grant
from qol.domain.staff.review import Review
from qol.domain.staff.session import Session
from qol.usecases.staff.identity import (
    Departure,
    Identity,
    IdentityRefusedError,
    LogoutNotice,
    Refusal,
    Transaction,
)
from qol.usecases.staff.ports import Credential, Kind


@dataclass
class Rows:
    """Everything that is stored."""

    accounts: dict[str, Account] = field(default_factory=dict)
    credentials: dict[str, Credential] = field(default_factory=dict)
    sessions: dict[bytes, Session] = field(default_factory=dict)
    grants: dict[str, Grant] = field(default_factory=dict)
    reviews: list[Review] = field(default_factory=list)
    notices: dict[tuple[str, str], datetime] = field(default_factory=dict)
    fallbacks: list[Fallback] = field(default_factory=list)


@dataclass
class FakeStaffStore:
    """Committed rows and events."""

    rows: Rows = field(default_factory=Rows)
    events: list[AuditEvent] = field(default_factory=list)

    @contextmanager
    def reading(self) -> Iterator[FakeStaffUnit]:
        yield FakeStaffUnit(self, deepcopy(self.rows), writes=False)

    @contextmanager
    def writing(self) -> Iterator[FakeStaffUnit]:
        yield FakeStaffUnit(self, deepcopy(self.rows), writes=True)


@dataclass
class FakeStaffUnit:
    """One transaction on a copy of the rows."""

    store: FakeStaffStore
    rows: Rows
    writes: bool

    def account(self, reference: str) -> Account | None:
        return self.rows.accounts.get(reference)

    def account_by_login(self, login: str, face: str) -> Account | None:
        found = (a for a in self.rows.accounts.values() if (a.login, a.face) == (login, face))
        return next(found, None)

    def account_by_rpps(self, rpps: str) -> Account | None:
        return next((a for a in self.rows.accounts.values() if a.rpps == rpps), None)

    def accounts(self) -> tuple[Account, ...]:
        return tuple(sorted(self.rows.accounts.values(), key=lambda a: a.login))

    def add_account(self, account: Account, now: datetime) -> None:
        for known in self.rows.accounts.values():
            if known.login == account.login or (account.rpps and known.rpps == account.rpps):
                raise NotAllowedError("taken already")
        self.rows.accounts[account.reference] = account

    def set_state(self, account: str, state: AccountState, now: datetime) -> None:
        self.rows.accounts[account] = replace(self.rows.accounts[account], state=state)

    def credentials(self, account: str, kind: Kind | None = None) -> tuple[Credential, ...]:
        found = [c for c in self.rows.credentials.values() if c.account == account]
        wanted = [c for c in found if kind is None or c.kind is kind]
        return tuple(sorted(wanted, key=lambda c: (c.created_at, c.reference)))

    def activation(self, digest: bytes) -> Credential | None:
        for one in self.rows.credentials.values():
            if one.kind is Kind.ACTIVATION and one.secret == digest:
                return one
        return None

    def bound(self, identity: bytes) -> Credential | None:
        for one in self.rows.credentials.values():
            if one.kind is Kind.PROVIDER and one.handle == identity:
                return one
        return None

    def put_credential(self, credential: Credential) -> None:
        for one in list(self.rows.credentials.values()):
            same = one.account == credential.account and one.kind is credential.kind
            twice = credential.handle is not None and one.handle == credential.handle
            if twice or (same and one.kind is Kind.PROVIDER):
                raise NotAllowedError("registered already")
            if same and one.kind is not Kind.PASSKEY:
                del self.rows.credentials[one.reference]
        self.rows.credentials[credential.reference] = credential

    def count_passkey(self, reference: str, seen: int, counter: int) -> None:
        found = self.rows.credentials.get(reference)
        if found is None or found.counter != seen:
            raise NotAllowedError("used elsewhere")
        self.rows.credentials[reference] = replace(found, counter=counter)

    def drop_credential(self, reference: str) -> None:
        if self.rows.credentials.pop(reference, None) is None:
            raise NotAllowedError("gone")

    def drop_credentials(self, account: str) -> None:
        for one in self.credentials(account):
            del self.rows.credentials[one.reference]

    def session(self, digest: bytes) -> Session | None:
        return self.rows.sessions.get(digest)

    def sessions(self, account: str) -> tuple[Session, ...]:
        found = (s for s in self.rows.sessions.values() if s.account == account)
        return tuple(sorted(found, key=lambda s: s.started_at))

    def add_session(self, session: Session) -> None:
        self.rows.sessions[session.digest] = session

    def lock(self, digest: bytes, *, locked: bool) -> None:
        self.rows.sessions[digest] = replace(self.rows.sessions[digest], locked=locked)

    def choose(self, digest: bytes, place: Place) -> None:
        self.rows.sessions[digest] = replace(self.rows.sessions[digest], place=place)

    def end_session(self, digest: bytes) -> None:
        self.rows.sessions.pop(digest, None)

    def end_sessions(self, account: str, keep: bytes | None = None) -> int:
        ended = [s.digest for s in self.sessions(account) if s.digest != keep]
        for digest in ended:
            del self.rows.sessions[digest]
        return len(ended)

    def provided(self, provider: bytes) -> tuple[Session, ...]:
        found = (s for s in self.rows.sessions.values() if s.provider == provider)
        return tuple(sorted(found, key=lambda s: s.started_at))

    def grant(self, reference: str) -> Grant | None:
        return self.rows.grants.get(reference)

    def grants(self, account: str | None = None) -> tuple[Grant, ...]:
        found = (g for g in self.rows.grants.values() if account in (None, g.account))
        return tuple(sorted(found, key=lambda g: (g.start, g.reference)))

    def add_grant(self, grant: Grant) -> None:
        self.rows.grants[grant.reference] = grant

    def set_grant(self, grant: Grant) -> None:
        known = self.rows.grants[grant.reference]
        changed = replace(known, start=grant.start, end=grant.end, ended=grant.ended)
        self.rows.grants[grant.reference] = changed

    def add_review(self, review: Review) -> None:
        self.rows.reviews.append(review)

    def reviews(self) -> tuple[Review, ...]:
        return tuple(sorted(self.rows.reviews, key=lambda r: (r.day, r.reference)))

    def add_fallback(self, one: Fallback) -> None:
        self.rows.fallbacks.append(one)

    def open_fallback(self, account: str, now: datetime) -> Fallback | None:
        mine = [f for f in self.rows.fallbacks if f.account in (None, account) and f.is_open(now)]
        return max(mine, key=lambda f: f.until, default=None)

    def close_fallbacks(self, now: datetime) -> int:
        still = [f for f in self.rows.fallbacks if f.until > now]
        self.rows.fallbacks = [
            replace(f, until=now) if f in still else f for f in self.rows.fallbacks
        ]
        return len(still)

    def acknowledged(self, account: str, version: str) -> bool:
        return (account, version) in self.rows.notices

    def acknowledge(self, account: str, version: str, now: datetime) -> None:
        self.rows.notices.setdefault((account, version), now)

    def commit(self, event: AuditEvent) -> None:
        if not self.writes:
            raise NotAllowedError("A reading unit of staff has nothing to commit.")
        self.store.rows = self.rows
        self.store.events.append(event)


@dataclass
class FakeStaffHousekeeping:
    """Counts, last-seen, spent steps and challenges."""

    tallies: dict[bytes, Tally] = field(default_factory=dict)
    last: dict[bytes, datetime] = field(default_factory=dict)
    steps: dict[str, int] = field(default_factory=dict)
    challenges: dict[bytes, tuple[str, datetime]] = field(default_factory=dict)

    def tally(self, key: bytes) -> Tally:
        return self.tallies.get(key, Tally())

    def count(self, key: bytes, now: datetime, *, success: bool) -> Tally:
        second = int(now.timestamp())
        before = self.tallies.get(key, Tally(since=second, last=second))
        self.tallies[key] = succeeded(before) if success else failed(before, second)
        return self.tallies[key]

    def last_seen(self, digest: bytes) -> datetime | None:
        return self.last.get(digest)

    def seen(self, digest: bytes, now: datetime) -> None:
        self.last[digest] = now

    def spend(self, account: str, step: int) -> bool:
        fresh = self.steps.get(account, -1) < step
        if fresh:
            self.steps[account] = step
        return fresh

    def keep_challenge(self, digest: bytes, challenge: str, now: datetime) -> None:
        self.challenges[digest] = (challenge, now)

    def take_challenge(self, digest: bytes, now: datetime) -> str | None:
        challenge, at = self.challenges.pop(digest, ("", now))
        return challenge if challenge and (now - at).total_seconds() <= 300 else None


class NobodysProvider:
    """A provider of identities that knows nobody."""

    def begin(self) -> Departure:
        return Departure("https://id.example/auth", Transaction("s", "n", "v", 0))

    def finish(self, transaction: Transaction, answer: Mapping[str, str]) -> Identity:
        raise IdentityRefusedError(Refusal.DENIED)

    def read_notice(self, token: str) -> LogoutNotice:
        raise IdentityRefusedError(Refusal.MALFORMED)

    def leaving(self) -> str:
        return "https://id.example/logout"
