"""Read a programme's records, one by one; reading leaves its trace whatever happens."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from qol.domain.administration import Body, Context
from qol.domain.audit import Act, AuditEvent
from qol.domain.errors import EnvelopeError, NotAllowedError
from qol.domain.instrument import Release
from qol.domain.scoring import Score, Scoring
from qol.usecases.lab.ports import LabStore, LabUnit, StoredRecord
from qol.usecases.ports import Opener


class Purpose(StrEnum):
    """Why records leave (EA-5.2-a). Paying sites is not among them (EA-2.4-d)."""

    MONITORING = "monitoring"
    SUMMARY_REPORT = "summary-report"
    AUTHORITY_REQUEST = "authority-request"
    DATA_SUBJECT_REQUEST = "data-subject-request"
    QUALITY_CONTROL = "quality-control"


@dataclass(frozen=True, slots=True)
class OpenedRecord:
    """A record as it is exported. ``body`` is None when its envelope does not open."""

    stored: StoredRecord
    release: Release
    body: Body | None
    scores: tuple[Score, ...]


@dataclass(frozen=True, slots=True)
class Exported:
    """How many records were read, and which administrations did not open."""

    count: int
    unreadable: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ExportRecords:
    """Open, score and hand over each current record in order of arrival."""

    store: LabStore
    opener: Opener

    def __call__(
        self,
        programme: str,
        purpose: Purpose,
        actor: str,
        begin: Callable[[tuple[Release, ...]], Callable[[OpenedRecord], None]],
    ) -> Exported:
        """Give ``begin`` the releases and what it returns each record, as a stream.

        The event is committed with the count read so far even when writing fails: what
        was read was read.
        """
        with self.store.reading() as unit:
            if not unit.versions(programme):
                raise NotAllowedError(f"There is no programme {programme}.")
            releases = {release.id: release for release in unit.releases(programme)}
            scorings = {number: Scoring(one.instrument) for number, one in releases.items()}
            take = begin(tuple(releases.values()))
            read = 0
            unreadable: list[str] = []
            try:
                for stored in unit.records(programme):
                    read += 1
                    release = _release(releases, stored)
                    record = self._opened(stored, release, scorings[release.id])
                    if record.body is None:
                        unreadable.append(stored.administration.id)
                    take(record)
            except BaseException:
                self._trace(unit, programme, purpose, actor, (read, 0))
                raise
            self._trace(unit, programme, purpose, actor, (read, 1))
        return Exported(read, tuple(unreadable))

    def _opened(self, stored: StoredRecord, release: Release, scoring: Scoring) -> OpenedRecord:
        row = stored.administration
        context = Context(
            administration=row.id,
            subject=stored.subject_reference,
            programme=row.programme,
            timepoint=row.timepoint,
            release=release.hash,
        )
        try:
            body = Body.from_canonical(self.opener.open(row.envelope, context))
        except (EnvelopeError, ValueError, KeyError, TypeError, AttributeError):
            return OpenedRecord(stored, release, None, ())
        return OpenedRecord(stored, release, body, tuple(scoring(body.answers)))

    @staticmethod
    def _trace(
        unit: LabUnit, programme: str, purpose: Purpose, actor: str, read: tuple[int, int]
    ) -> None:
        count, complete = read
        unit.commit(
            AuditEvent(
                Act.RECORDS_EXPORTED,
                actor,
                f"programme:{programme}",
                {"purpose": purpose.value, "count": count, "complete": complete},
            )
        )


def _release(releases: dict[int, Release], stored: StoredRecord) -> Release:
    found = releases.get(stored.administration.release_id)
    if found is None:
        raise NotAllowedError(
            f"Administration {stored.administration.id} was answered on release"
            f" {stored.administration.release_id}, which no programme version names."
        )
    return found
