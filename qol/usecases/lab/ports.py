"""What the laboratory may ask of the store inside one transaction."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from qol.domain.administration import Administration
from qol.domain.audit import AuditEvent
from qol.domain.instrument import Release
from qol.domain.opening import State
from qol.domain.programme import Programme
from qol.domain.publishing import NOT_STATED, Approval, Particulars, Standing
from qol.domain.schedule import InForce
from qol.domain.site import Site
from qol.usecases.lab.batches.key_file import Recipient
from qol.usecases.ports import SubjectState


@dataclass(frozen=True, slots=True)
class Publication:
    """A release row before it has an id (design section 6)."""

    instrument: str
    version: str
    language: str
    definition: bytes
    wording: bytes
    definition_sha256: str
    wording_sha256: str
    scoring_sha256: str
    published_at: datetime
    particulars: Particulars = NOT_STATED


@dataclass(frozen=True, slots=True)
class NewPseudonym:
    """A code as it is stored: its digest and its sealed slip copy; never the code."""

    digest: bytes
    slip: bytes | None


@dataclass(frozen=True, slots=True)
class NewSubject:
    """A subject of a batch, with its first pseudonym."""

    reference: str
    programme: str
    site: str
    batch: str
    sheet_number: str
    pseudonym: NewPseudonym


@dataclass(frozen=True, slots=True)
class NewPackage:
    """A key file, closed for its recipient, that waits for a second person."""

    recipient: str
    content: bytes


@dataclass(frozen=True, slots=True)
class NewBatch:
    """What is kept of an issuing. ``attempt`` is the random number of the page it came from."""

    reference: str
    programme: str
    site: str
    issued_at: datetime
    attempt: str
    actor: str
    package: NewPackage | None = None


@dataclass(frozen=True, slots=True)
class Replacement:
    """That a sheet took the place of another: the old number stands on a stub somewhere."""

    subject_id: int
    old: str
    new: str
    attempt: str
    actor: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """A public deposit key that the laboratory stands for."""

    key_id: str
    programme: str
    year: int
    purpose: str
    sha256: str


@dataclass(frozen=True, slots=True)
class StoredRecord:
    """A stored administration with what an export says of its subject."""

    administration: Administration
    subject_reference: str
    site: str


class LabUnit(Protocol):
    """Reading and writing as the laboratory. ``commit`` has no form without an event."""

    def publish(self, publication: Publication) -> int:
        """Insert a release row and return its id; the same hashes return the existing id."""

    def published(self, publication: Publication) -> Standing | None:
        """Find the release of the same hashes."""

    def standing(self, release: int) -> Standing:
        """Say how a release stands; NotAllowedError when there is none of that number."""

    def restate(self, release: int, particulars: Particulars) -> None:
        """Give a release other particulars; its bytes and hashes never change."""

    def add_approval(self, release: int, approval: Approval) -> None:
        """Write one person's approval; two at once see each other."""

    def mark_approved(self, release: int) -> Standing:
        """Open a release to patients, and say how it stands now."""

    def releases(self, programme: str | None = None) -> tuple[Release, ...]:
        """List releases, each checked against its hashes."""

    def load_programme(self, programme: Programme, since: date, toml: str) -> None:
        """Append a version; ProgrammeError when its number is not the next."""

    def versions(self, programme: str) -> tuple[InForce, ...]:
        """List a programme's versions, oldest first."""

    def programmes(self) -> tuple[str, ...]:
        """List the ids of all programmes."""

    def sites(self, programme: str) -> tuple[Site, ...]:
        """List a programme's sites by code."""

    def put_site(self, site: Site, now: datetime) -> None:
        """Write a site, or another contract of one that is there."""

    def end_site(self, programme: str, code: str, day: date) -> None:
        """Write the day on which a site's contract was ended early."""

    def opening(self, programme: str) -> State:
        """Say whether a programme is open; a draft until something was said of it."""

    def set_opening(self, programme: str, state: State, now: datetime) -> None:
        """Write whether a programme is open."""

    def add_subjects(self, subjects: list[NewSubject]) -> None:
        """Insert a batch, in issued state: not yet usable."""

    def add_batch(self, batch: NewBatch) -> None:
        """Keep an issuing, and its key file."""

    def recipient(self, programme: str, reference: str) -> Recipient | None:
        """Find whom a key file may be for, as it stands now."""

    def batch_of(self, attempt: str) -> str | None:
        """Return the reference of the batch that was issued from that page, if there is one."""

    def sheets_of(self, site: str) -> frozenset[str]:
        """List the sheet numbers that the site's sheets carry or carried."""

    def replacement(self, attempt: str) -> str | None:
        """Return the new sheet number of the replacement from that page, if there was one."""

    def keep_replacement(self, replacement: Replacement) -> None:
        """Keep which sheet took the place of which (EA-ÉCH-5-i)."""

    def subject_by_sheet(self, programme: str, site: str, sheet_number: str) -> SubjectState | None:
        """Find a subject by its sheet number, unique in a site."""

    def activate(self, subject_id: int, day_zero: date, now: datetime) -> None:
        """Make the subject's newest pseudonym live; NotAllowedError when it is not issued."""

    def revoke(self, subject_id: int, now: datetime) -> None:
        """Kill every pseudonym of the subject."""

    def replace(
        self, subject_id: int, pseudonym: NewPseudonym, sheet_number: str, now: datetime
    ) -> None:
        """Kill the old code at once and give the subject a new one, live if the old was."""

    def register_key(self, fingerprint: Fingerprint) -> None:
        """Write a public key's fingerprint; NotAllowedError when the id stands for another."""

    def fingerprints(self) -> tuple[Fingerprint, ...]:
        """List all registered fingerprints."""

    def records(self, programme: str) -> Iterator[StoredRecord]:
        """Stream a programme's current administrations by arrival; frozen ones are left out."""

    def commit(self, event: AuditEvent) -> None:
        """Write the event and commit, in one transaction."""


class LabStore(Protocol):
    """Opens the laboratory's units."""

    def reading(self) -> AbstractContextManager[LabUnit]:
        """Open a snapshot; reading row-level data commits its own event at the end."""

    def writing(self) -> AbstractContextManager[LabUnit]:
        """Open a write transaction; rolled back unless committed."""
