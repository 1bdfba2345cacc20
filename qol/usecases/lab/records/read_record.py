"""Read one record whole: answers, scores with where they come from, and its trail."""

from __future__ import annotations

from dataclasses import dataclass

from qol.domain.audit import Act, AuditEvent
from qol.domain.instrument import Release
from qol.domain.records import Altered, Change, ChangeKind, RecordState, altered
from qol.domain.scoring import Scoring
from qol.usecases.lab.opened_record import OpenedRecord, open_record, release_of
from qol.usecases.lab.ports import StoredRecord
from qol.usecases.lab.records.ports import (
    Entry,
    Letter,
    Named,
    RecordsStore,
    RecordsUnit,
    UnknownRecordError,
)
from qol.usecases.ports import Dice, Opener


@dataclass(frozen=True, slots=True)
class RecordShown:
    """A record as its page shows it. ``attempt`` numbers what may be asked on that page.

    ``fields`` says of a correction, by the version that it made, what it changed; one that is
    not there cannot be read any more. ``proxy``: somebody else may answer this questionnaire.
    """

    opened: OpenedRecord
    entry: Entry | None
    trail: tuple[Change, ...]
    timepoint: dict[str, str]
    attempt: str
    fields: dict[str, tuple[Altered, ...]]
    proxy: bool
    letters: tuple[Letter, ...]
    named: dict[str, Named]

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
            fields, others = self._fields(unit, programme, opened, trail)
            letters = unit.letters(chain(record, trail))
            actors = [one.actor for one in trail] + ([entry.actor] if entry else [])
            named = unit.named(programme, actors)
            versions = [one.programme for one in unit.versions(programme)]
            detail: dict[str, str | int] = {"record": row.id, "state": row.state}
            detail["opened"] = int(opened.body is not None)
            if others:
                detail["versions"] = others
            reference = f"subject:{stored.subject_reference}"
            unit.commit(AuditEvent(Act.RECORD_READ, actor, reference, detail))
        labels = {one.code: one.labels for version in versions for one in version.timepoints}
        proxy = [one.proxy for one in versions if one.version == row.programme_version]
        return RecordShown(
            opened=opened,
            entry=entry,
            trail=trail,
            timepoint=labels.get(row.timepoint, {}),
            attempt=self.dice.reference(),
            fields=fields,
            proxy=any(row.instrument in one for one in proxy),
            letters=letters,
            named=named,
        )

    def _fields(
        self, unit: RecordsUnit, programme: str, shown: OpenedRecord, trail: tuple[Change, ...]
    ) -> tuple[dict[str, tuple[Altered, ...]], int]:
        """Say what each correction of the trail changed, and how many other versions opened."""
        opened = {shown.stored.administration.id: shown}

        def version(record: str) -> OpenedRecord:
            if record not in opened:
                stored, release = found(unit, programme, record)
                scoring = Scoring(release.instrument)
                opened[record] = open_record(self.opener, stored, release, scoring)
            return opened[record]

        told: dict[str, tuple[Altered, ...]] = {}
        for change in trail:
            if change.kind is not ChangeKind.CORRECTED or change.successor is None:
                continue
            before, after = version(change.record), version(change.successor)
            if before.body is not None and after.body is not None:
                told[change.successor] = altered(
                    after.release.instrument.by_code,
                    (before.body, before.stored.administration.mode),
                    (after.body, after.stored.administration.mode),
                )
        others = sum(one.body is not None for one in opened.values())
        return told, others - int(shown.body is not None)


def found(unit: RecordsUnit, programme: str, record: str) -> tuple[StoredRecord, Release]:
    """Find a record of the programme and its release; UnknownRecordError."""
    stored = unit.record(programme, record)
    if stored is None:
        raise UnknownRecordError("This programme has no such record.")
    releases = {one.id: one for one in unit.releases(programme)}
    return stored, release_of(releases, stored)


def chain(record: str, trail: tuple[Change, ...]) -> tuple[str, ...]:
    """Name a version and every other one of its trail."""
    names = [record, *(one.record for one in trail), *(one.successor or record for one in trail)]
    return tuple(dict.fromkeys(names))


def versions_of(record: str, trail: tuple[Change, ...]) -> tuple[str, ...]:
    """Name a version and those that it came from, newest first."""
    before = {one.successor: one.record for one in trail if one.successor}
    names = [record]
    while names[-1] in before:
        names.append(before[names[-1]])
    return tuple(names)
