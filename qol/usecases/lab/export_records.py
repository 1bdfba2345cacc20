"""Read a programme's records, one by one; reading leaves its trace whatever happens."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from qol.domain.audit import Act, AuditEvent
from qol.domain.errors import NotAllowedError
from qol.domain.instrument import Release
from qol.domain.scoring import Scoring
from qol.usecases.lab.opened_record import OpenedRecord, open_record, release_of
from qol.usecases.lab.ports import LabStore, LabUnit
from qol.usecases.ports import Opener


class Purpose(StrEnum):
    """Why records leave (EA-5.2-a). Paying sites is not among them (EA-2.4-d)."""

    MONITORING = "monitoring"
    SUMMARY_REPORT = "summary-report"
    AUTHORITY_REQUEST = "authority-request"
    DATA_SUBJECT_REQUEST = "data-subject-request"
    QUALITY_CONTROL = "quality-control"


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
                    release = release_of(releases, stored)
                    record = open_record(self.opener, stored, release, scorings[release.id])
                    if record.body is None:
                        unreadable.append(stored.administration.id)
                    take(record)
            except BaseException:
                self._trace(unit, programme, purpose, actor, (read, 0))
                raise
            self._trace(unit, programme, purpose, actor, (read, 1))
        return Exported(read, tuple(unreadable))

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
