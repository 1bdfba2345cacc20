"""Read one record whole: answers, scores with where they come from, and its trail."""

from __future__ import annotations

from dataclasses import dataclass

from qol.domain.audit import Act, AuditEvent
from qol.domain.instrument import Release
from qol.domain.records import Change, RecordState
from qol.domain.scoring import Scoring
from qol.usecases.lab.opened_record import OpenedRecord, open_record, release_of
from qol.usecases.lab.ports import StoredRecord
from qol.usecases.lab.records.ports import Entry, RecordsStore, RecordsUnit, UnknownRecordError
from qol.usecases.ports import Dice, Opener


@dataclass(frozen=True, slots=True)
class RecordShown:
    """A record as its page shows it. ``attempt`` numbers what may be asked on that page."""

    opened: OpenedRecord
    entry: Entry | None
    trail: tuple[Change, ...]
    timepoint: dict[str, str]
    attempt: str

    @property
    def state(self) -> RecordState:
        """Where this version stands."""
        return RecordState(self.opened.stored.administration.state)


@dataclass(frozen=True, slots=True)
class ReadRecord:
    """``ReadRecord(...)(programme, actor, record)`` opens it, in the laboratory's process only."""

    store: RecordsStore
    opener: Opener
    dice: Dice

    def __call__(self, programme: str, actor: str, record: str) -> RecordShown:
        """Read; the event is there whether it opens or not. UnknownRecordError."""
        with self.store.reading() as unit:
            stored, release = found(unit, programme, record)
            trail, row = unit.trail(record), stored.administration
            entry = next(
                (one for version in versions_of(record, trail) if (one := unit.entry(version))),
                None,
            )
            opened = open_record(self.opener, stored, release, Scoring(release.instrument))
            labels = {
                one.code: one.labels
                for version in unit.versions(programme)
                for one in version.programme.timepoints
            }
            event = AuditEvent(
                Act.RECORD_READ,
                actor,
                f"subject:{stored.subject_reference}",
                {"record": row.id, "state": row.state, "opened": int(opened.body is not None)},
            )
            unit.commit(event)
        timepoint = labels.get(row.timepoint, {})
        return RecordShown(opened, entry, trail, timepoint, self.dice.reference())


def found(unit: RecordsUnit, programme: str, record: str) -> tuple[StoredRecord, Release]:
    """Find a record of the programme and its release; UnknownRecordError."""
    stored = unit.record(programme, record)
    if stored is None:
        raise UnknownRecordError("This programme has no such record.")
    releases = {one.id: one for one in unit.releases(programme)}
    return stored, release_of(releases, stored)


def versions_of(record: str, trail: tuple[Change, ...]) -> tuple[str, ...]:
    """Name a version and those that it came from, newest first."""
    before = {one.successor: one.record for one in trail if one.successor}
    names = [record]
    while names[-1] in before:
        names.append(before[names[-1]])
    return tuple(names)
