"""Twins of the ports that keep everything in memory, and a clock and dice that repeat."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from qol.domain.administration import Administration, Context
from qol.domain.audit import AuditEvent
from qol.domain.errors import AlreadyReceivedError, StoreUnavailableError
from qol.domain.instrument import Release
from qol.domain.schedule import InForce, Slot
from qol.usecases.ports import Sealed, SubjectState, Ticket


@dataclass
class FixedClock:
    """A clock that stands until it is told to move."""

    at: datetime = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)

    def now(self) -> datetime:
        return self.at

    def today(self, time_zone: str) -> date:
        return self.at.astimezone(ZoneInfo(time_zone)).date()

    def move(self, **by: float) -> None:
        self.at += timedelta(**by)


@dataclass
class CountingDice:
    """References that count up, and numbers that cycle."""

    drawn: int = 0

    def below(self, bound: int) -> int:
        self.drawn += 1
        return (self.drawn * 7) % bound

    def reference(self) -> str:
        self.drawn += 1
        return f"{self.drawn:026d}"


class PlainDigests:
    """A digest that is the code itself: only for tests without a database."""

    def lookup(self, pseudonym: str) -> bytes:
        return pseudonym.encode()

    def ticket(self, ticket: str) -> bytes:
        return b"ticket " + ticket.encode()


@dataclass
class KeepingSealer:
    """A sealer whose envelopes are the body, kept so that a test can look."""

    bodies: list[tuple[Context, bytes]] = field(default_factory=list)

    def seal(self, programme: str, year: int, body: bytes, context: Context) -> Sealed:
        self.bodies.append((context, body))
        return Sealed(body, f"{programme}-{year}", f"{programme}-{year}-escrow")


@dataclass
class FakeHousekeeping:
    """The throttle's rule in memory: so many free tries, then 1 minute doubling to 15."""

    counts: dict[bytes, tuple[int, datetime]] = field(default_factory=dict)

    def waiting(self, source: bytes, now: datetime) -> int:
        _, until = self.counts.get(source, (0, now))
        return max(0, round((until - now).total_seconds()))

    def wrong(self, source: bytes, now: datetime, allowance: int) -> int:
        count = self.counts.get(source, (0, now))[0] + 1
        wait = 0 if count < allowance else min(60 * 2 ** (count - allowance), 900)
        self.counts[source] = (count, now + timedelta(seconds=wait))
        return wait

    def purge(self, now: datetime) -> None:
        self.counts.clear()


@dataclass
class FakePatientStore:
    """Subjects, versions, releases and rows in dictionaries; ``down`` makes it unreachable."""

    subjects: dict[bytes, SubjectState] = field(default_factory=dict)
    versions: tuple[InForce, ...] = ()
    releases: tuple[Release, ...] = ()
    rows: list[Administration] = field(default_factory=list)
    tickets: dict[bytes, Ticket] = field(default_factory=dict)
    events: list[AuditEvent] = field(default_factory=list)
    down: bool = False

    @contextmanager
    def reading(self) -> Iterator[FakePatientUnit]:
        if self.down:
            raise StoreUnavailableError("down")
        yield FakePatientUnit(self)

    writing = reading


@dataclass
class FakePatientUnit:
    """One transaction on the dictionaries."""

    store: FakePatientStore
    pending: list[Administration] = field(default_factory=list)

    def subject_by_digest(self, digest: bytes) -> SubjectState | None:
        found = self.store.subjects.get(digest)
        return found if found is not None and found.live else None

    def subject(self, subject_id: int) -> SubjectState | None:
        return next((s for s in self.store.subjects.values() if s.id == subject_id), None)

    def versions(self, programme: str) -> tuple[InForce, ...]:
        return self.store.versions

    def releases(self, programme: str) -> tuple[Release, ...]:
        return self.store.releases

    def deposited(self, subject_id: int) -> frozenset[Slot]:
        rows = (row for row in self.store.rows if row.subject_id == subject_id)
        return frozenset(Slot(row.timepoint, row.instrument) for row in rows)

    def visit_of(self, subject_id: int, slot: Slot) -> str | None:
        for row in self.store.rows:
            if row.subject_id == subject_id and Slot(row.timepoint, row.instrument) == slot:
                return row.visit
        return None

    def ticket(self, digest: bytes) -> Ticket | None:
        return self.store.tickets.get(digest)

    def spend(self, digest: bytes, now: datetime) -> bool:
        found = self.store.tickets.get(digest)
        if found is None or found.spent_at is not None:
            return False
        self.store.tickets[digest] = replace(found, spent_at=now)
        return True

    def add(self, administration: Administration) -> None:
        slot = Slot(administration.timepoint, administration.instrument)
        if slot in self.deposited(administration.subject_id):
            raise AlreadyReceivedError("this questionnaire was already received")
        self.pending.append(administration)

    def commit(self, event: AuditEvent) -> None:
        self.store.rows += self.pending
        self.store.events.append(event)
