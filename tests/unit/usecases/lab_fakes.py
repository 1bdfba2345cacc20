"""Twins of the laboratory's ports in memory."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from random import Random

from qol.domain.administration import Context
from qol.domain.audit import AuditEvent
from qol.domain.errors import EnvelopeError, NotAllowedError
from qol.domain.instrument import Release
from qol.domain.opening import State
from qol.domain.programme import Programme
from qol.domain.publishing import Approval, Particulars, Standing
from qol.domain.schedule import InForce
from qol.domain.site import Site
from qol.usecases.lab.batches.key_file import Recipient
from qol.usecases.lab.ports import (
    Fingerprint,
    NewBatch,
    NewPseudonym,
    NewSubject,
    Publication,
    Replacement,
    StoredRecord,
)
from qol.usecases.ports import SubjectState
from tests import builders


@dataclass
class LabState:
    """What a commit keeps."""

    published: list[Publication] = field(default_factory=list)
    approvals: list[tuple[int, Approval]] = field(default_factory=list)
    approved: set[int] = field(default_factory=set)
    releases: tuple[Release, ...] = ()
    versions: list[InForce] = field(default_factory=list)
    sites: dict[tuple[str, str], Site] = field(default_factory=dict)
    openings: dict[str, State] = field(default_factory=dict)
    subjects: list[NewSubject] = field(default_factory=list)
    states: dict[int, str] = field(default_factory=dict)
    days: dict[int, date] = field(default_factory=dict)
    keys: list[Fingerprint] = field(default_factory=list)
    records: list[StoredRecord] = field(default_factory=list)
    batches: list[NewBatch] = field(default_factory=list)
    recipients: dict[str, Recipient] = field(default_factory=dict)
    replacements: list[Replacement] = field(default_factory=list)
    events: list[AuditEvent] = field(default_factory=list)


@dataclass
class FakeLabStore:
    """Units work on a copy; commit makes the copy the state."""

    state: LabState = field(default_factory=LabState)

    @contextmanager
    def writing(self) -> Iterator[FakeLabUnit]:
        yield FakeLabUnit(self, deepcopy(self.state))

    reading = writing


def open_to(*sites: str) -> LabState:
    """A laboratory whose programme is open to patients, with contracts for these sites."""
    state = LabState(versions=[InForce(builders.programme(), date(2026, 1, 1))])
    state.sites = {("demo", code): builders.site(code) for code in sites}
    state.openings["demo"] = State.OPEN
    return state


@dataclass
class FakeLabUnit:
    """One transaction."""

    store: FakeLabStore
    work: LabState

    def publish(self, publication: Publication) -> int:
        self.work.published.append(publication)
        return len(self.work.published)

    def published(self, publication: Publication) -> Standing | None:
        for number, one in enumerate(self.work.published, 1):
            if _hashes(one) == _hashes(publication):
                return self.standing(number)
        return None

    def standing(self, release: int) -> Standing:
        if not 0 < release <= len(self.work.published):
            raise NotAllowedError(f"There is no release {release}.")
        row = self.work.published[release - 1]
        approvals = tuple(one for number, one in self.work.approvals if number == release)
        approved = release in self.work.approved
        return Standing(release, *_hashes(row)[:2], row.particulars, approved, approvals)

    def restate(self, release: int, particulars: Particulars) -> None:
        row = self.work.published[release - 1]
        self.work.published[release - 1] = replace(row, particulars=particulars)

    def add_approval(self, release: int, approval: Approval) -> None:
        self.work.approvals.append((release, approval))

    def mark_approved(self, release: int) -> Standing:
        self.work.approved.add(release)
        return self.standing(release)

    def releases(self, programme: str | None = None) -> tuple[Release, ...]:
        return self.work.releases

    def load_programme(self, programme: Programme, since: date, toml: str) -> None:
        self.work.versions.append(InForce(programme, since))

    def versions(self, programme: str) -> tuple[InForce, ...]:
        return tuple(v for v in self.work.versions if v.programme.id == programme)

    def programmes(self) -> tuple[str, ...]:
        return tuple({v.programme.id for v in self.work.versions})

    def sites(self, programme: str) -> tuple[Site, ...]:
        found = sorted(self.work.sites.items())
        return tuple(site for (where, _), site in found if where == programme)

    def put_site(self, site: Site, now: datetime) -> None:
        self.work.sites[(site.programme, site.code)] = site

    def end_site(self, programme: str, code: str, day: date) -> None:
        found = self.work.sites[(programme, code)]
        self.work.sites[(programme, code)] = replace(found, ended=day)

    def opening(self, programme: str) -> State:
        return self.work.openings.get(programme, State.DRAFT)

    def set_opening(self, programme: str, state: State, now: datetime) -> None:
        self.work.openings[programme] = state

    def add_subjects(self, subjects: list[NewSubject]) -> None:
        self.work.subjects += subjects

    def add_batch(self, batch: NewBatch) -> None:
        self.work.batches.append(batch)

    def recipient(self, programme: str, reference: str) -> Recipient | None:
        return self.work.recipients.get(reference)

    def batch_of(self, attempt: str) -> str | None:
        return next((b.reference for b in self.work.batches if b.attempt == attempt), None)

    def sheets_of(self, site: str) -> frozenset[str]:
        carried = {one.sheet_number for one in self.work.subjects if one.site == site}
        return frozenset(carried | {one.old for one in self.work.replacements})

    def replacement(self, attempt: str) -> str | None:
        return next((r.new for r in self.work.replacements if r.attempt == attempt), None)

    def keep_replacement(self, replacement: Replacement) -> None:
        self.work.replacements.append(replacement)

    def subject_by_sheet(self, programme: str, site: str, sheet_number: str) -> SubjectState | None:
        for place, one in enumerate(self.work.subjects):
            if (one.programme, one.site, one.sheet_number) == (programme, site, sheet_number):
                live = place if self.work.states.get(place) == "live" else None
                day = self.work.days.get(place)
                return SubjectState(place, one.reference, programme, site, day, live)
        return None

    def activate(self, subject_id: int, day_zero: date, now: datetime) -> None:
        if self.work.states.get(subject_id):
            raise NotAllowedError("not issued")
        self.work.states[subject_id] = "live"
        self.work.days[subject_id] = day_zero

    def revoke(self, subject_id: int, now: datetime) -> None:
        self.work.states[subject_id] = "revoked"

    def replace(
        self, subject_id: int, pseudonym: NewPseudonym, sheet_number: str, now: datetime
    ) -> None:
        old = self.work.subjects[subject_id]
        self.work.subjects[subject_id] = replace(
            old, pseudonym=pseudonym, sheet_number=sheet_number
        )

    def register_key(self, fingerprint: Fingerprint) -> None:
        self.work.keys.append(fingerprint)

    def fingerprints(self) -> tuple[Fingerprint, ...]:
        return tuple(self.work.keys)

    def records(self, programme: str) -> Iterator[StoredRecord]:
        yield from self.work.records

    def commit(self, event: AuditEvent) -> None:
        self.work.events.append(event)
        self.store.state = self.work


def _hashes(publication: Publication) -> tuple[str, str, str]:
    return (
        publication.definition_sha256,
        publication.wording_sha256,
        publication.scoring_sha256,
    )


class PlainSlips:
    """A slip sealer that turns the code round."""

    def seal(self, pseudonym: str, subject: str) -> bytes:
        return f"{subject}:{pseudonym[::-1]}".encode()

    def open(self, sealed: bytes, subject: str) -> str:
        return sealed.decode().split(":")[1][::-1]


class PlainPacker:
    """A packer that closes nothing."""

    def fingerprint(self, key: str) -> str:
        return key.rjust(40, "0")

    def packed(self, key: str, content: bytes) -> bytes:
        return f"for {key}\n".encode() + content


@dataclass
class PlainOpener:
    """Opens what ``KeepingSealer`` closed; what says broken does not open."""

    asked: list[Context] = field(default_factory=list)

    def open(self, envelope: bytes, context: Context) -> bytes:
        self.asked.append(context)
        if envelope == b"broken":
            raise EnvelopeError("broken")
        return envelope


@dataclass
class SeededDice:
    """Dice that repeat from one test to the next and not within one."""

    random: Random = field(default_factory=lambda: Random(7))  # noqa: S311 - a test repeats

    def below(self, bound: int) -> int:
        return self.random.randrange(bound)

    def reference(self) -> str:
        return f"{self.random.getrandbits(80):026d}"
