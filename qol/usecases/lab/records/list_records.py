"""List a programme's records: what is in the clear of each, and never an answer."""

from __future__ import annotations

from dataclasses import dataclass

from qol.domain.audit import Act, AuditEvent
from qol.usecases.lab.records.ports import LINES_A_PAGE, Line, RecordsStore, Wanted


@dataclass(frozen=True, slots=True)
class RecordList:
    """One page of a list. ``timepoints`` and ``instruments`` are what one may ask for."""

    lines: tuple[Line, ...]
    total: int
    page: int
    timepoints: dict[str, dict[str, str]]
    instruments: tuple[str, ...]

    @property
    def pages(self) -> int:
        """How many pages there are, one at least."""
        return max(1, -(-self.total // LINES_A_PAGE))


@dataclass(frozen=True, slots=True)
class ListRecords:
    """``ListRecords(store)(programme, actor, wanted, page)`` gives one page and its event."""

    store: RecordsStore

    def __call__(self, programme: str, actor: str, wanted: Wanted, page: int) -> RecordList:
        """List; the event says what was asked for and how many lines were seen."""
        with self.store.reading() as unit:
            versions = [one.programme for one in unit.versions(programme)]
            lines, total = unit.lines(programme, wanted, page)
            detail: dict[str, str | int] = {"page": page, "count": len(lines)}
            if wanted.timepoint:
                detail["timepoint"] = wanted.timepoint
            if wanted.instrument:
                detail["instrument"] = wanted.instrument
            if wanted.state:
                detail["state"] = wanted.state.value
            unit.commit(AuditEvent(Act.RECORDS_LISTED, actor, f"programme:{programme}", detail))
        timepoints = {one.code: one.labels for version in versions for one in version.timepoints}
        named = {name for version in versions for name in version.releases}
        return RecordList(lines, total, page, timepoints, tuple(sorted(named)))
