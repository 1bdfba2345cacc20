"""What the laboratory may ask of the database. The patient process never imports this."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection

from qol.adapters.db import batches, key_files
from qol.adapters.db import lab_records as records
from qol.adapters.db import lab_releases as releases
from qol.adapters.db import lab_sites as sites
from qol.adapters.db import lab_subjects as subjects
from qol.adapters.db.checkpoints import LedgerBook
from qol.adapters.db.documents import Decode, Versions, drawn_from
from qol.adapters.db.engine import Database
from qol.adapters.db.housekeeping import SqlHousekeeping, open_housekeeping
from qol.adapters.db.ledger import Recorder
from qol.adapters.db.starting import open_database
from qol.adapters.db.transactions import SqlDrawingStore, SqlDrawingUnit
from qol.config import Config
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
from qol.usecases.ports import Clock, Dice, SubjectState


class SqlLabUnit(SqlDrawingUnit["SqlLabStore"]):
    """One transaction of the laboratory."""

    def publish(self, publication: Publication) -> int:
        """Insert a release row and return its id; the same hashes return the existing id."""
        return releases.publish(self._connection, publication)

    def published(self, publication: Publication) -> Standing | None:
        """Find the release of the same hashes."""
        return releases.published(self._connection, publication)

    def standing(self, release: int) -> Standing:
        """Say how a release stands; NotAllowedError when there is none of that number."""
        return releases.standing(self._connection, release)

    def restate(self, release: int, particulars: Particulars) -> None:
        """Give a release other particulars; its bytes and hashes never change."""
        releases.restate(self._connection, release, particulars)

    def add_approval(self, release: int, approval: Approval) -> None:
        """Write one person's approval; two at once see each other."""
        releases.add_approval(self._connection, release, approval)

    def mark_approved(self, release: int) -> Standing:
        """Open a release to patients, and say how it stands now."""
        return releases.mark_approved(self._connection, release)

    def releases(self, programme: str | None = None) -> tuple[Release, ...]:
        """List releases in order of publication, each checked against its hashes."""
        wanted = None if programme is None else drawn_from(self.versions(programme))
        return self._store.known_releases.read(self._connection, wanted)

    def load_programme(self, programme: Programme, since: date, toml: str) -> None:
        """Append a version; ProgrammeError when its number is not the next."""
        records.load_programme(self._connection, programme, since, toml)

    def versions(self, programme: str) -> tuple[InForce, ...]:
        """List a programme's versions, oldest first; read anew, for one may be undone here."""
        return Versions().read(self._connection, programme)

    def programmes(self) -> tuple[str, ...]:
        """List the ids of all programmes."""
        return records.programmes(self._connection)

    def sites(self, programme: str) -> tuple[Site, ...]:
        """List a programme's sites by code."""
        return sites.sites(self._connection, programme)

    def put_site(self, site: Site, now: datetime) -> None:
        """Write a site, or another contract of one that is there."""
        sites.put(self._connection, site, now)

    def end_site(self, programme: str, code: str, day: date) -> None:
        """Write the day on which a site's contract was ended early."""
        sites.end(self._connection, programme, code, day)

    def opening(self, programme: str) -> State:
        """Say whether a programme is open; a draft until something was said of it."""
        return sites.opening(self._connection, programme)

    def set_opening(self, programme: str, state: State, now: datetime) -> None:
        """Write whether a programme is open."""
        sites.set_opening(self._connection, programme, state, now)

    def add_subjects(self, subjects_: list[NewSubject]) -> None:
        """Insert a batch, in issued state: not yet usable."""
        subjects.add(self._connection, subjects_)

    def add_batch(self, batch: NewBatch) -> None:
        """Keep an issuing, and its key file."""
        batches.add(self._connection, batch)

    def recipient(self, programme: str, reference: str) -> Recipient | None:
        """Find whom a key file may be for, as it stands now."""
        known = key_files.recipients(self._connection, programme)
        return next((one for one in known if one.reference == reference), None)

    def batch_of(self, attempt: str) -> str | None:
        """Return the reference of the batch that was issued from that page, if there is one."""
        return batches.of_attempt(self._connection, attempt)

    def sheets_of(self, site: str) -> frozenset[str]:
        """List the sheet numbers that the site's sheets carry or carried."""
        return batches.sheets_of(self._connection, site)

    def replacement(self, attempt: str) -> str | None:
        """Return the new sheet number of the replacement from that page, if there was one."""
        return batches.replacement(self._connection, attempt)

    def keep_replacement(self, replacement: Replacement) -> None:
        """Keep which sheet took the place of which."""
        batches.keep_replacement(self._connection, replacement)

    def subject_by_sheet(self, programme: str, site: str, sheet_number: str) -> SubjectState | None:
        """Find a subject by its sheet number, unique in a site."""
        return subjects.by_sheet(self._connection, programme, site, sheet_number)

    def activate(self, subject_id: int, day_zero: date, now: datetime) -> None:
        """Make the subject's newest pseudonym live; NotAllowedError when it is not issued."""
        subjects.activate(self._connection, subject_id, day_zero, now)

    def revoke(self, subject_id: int, now: datetime) -> None:
        """Kill every pseudonym of the subject."""
        subjects.revoke(self._connection, subject_id, now)

    def replace(
        self, subject_id: int, pseudonym: NewPseudonym, sheet_number: str, now: datetime
    ) -> None:
        """Kill the old code at once and give the subject a new one, live if the old was."""
        subjects.replace(self._connection, subject_id, pseudonym, sheet_number, now)

    def register_key(self, fingerprint: Fingerprint) -> None:
        """Write a fingerprint; NotAllowedError when the id stands for another key."""
        records.register_key(self._connection, fingerprint)

    def fingerprints(self) -> tuple[Fingerprint, ...]:
        """List all registered fingerprints."""
        return records.fingerprints(self._connection)

    def records(self, programme: str) -> Iterator[StoredRecord]:
        """Stream the current administrations of a programme in order of arrival, none frozen."""
        return records.stream(self._connection, programme)


class SqlLabStore(SqlDrawingStore[SqlLabUnit]):
    """Opens the laboratory's units."""

    def _unit(self, connection: Connection, *, writes: bool) -> SqlLabUnit:
        return SqlLabUnit(self, connection, writes=writes)


@dataclass(frozen=True, slots=True)
class LabStores:
    """What the laboratory's face and commands are given."""

    records: SqlLabStore
    ledger: LedgerBook
    housekeeping: SqlHousekeeping
    database: Database


def open_lab(config: Config, decode: Decode, clock: Clock, dice: Dice) -> LabStores:
    """Open the laboratory's stores; StoreUnavailableError says why it may not start."""
    database = open_database(config)
    recorder = Recorder(clock, dice)
    return LabStores(
        SqlLabStore(database, decode, recorder),
        LedgerBook(database, recorder),
        open_housekeeping(database, config.volatile),
        database,
    )
