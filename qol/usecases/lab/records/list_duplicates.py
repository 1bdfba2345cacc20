"""List the sheets that came for a place already filled: what a correction may be asked for."""

from __future__ import annotations

from dataclasses import dataclass

from qol.domain.audit import Act, AuditEvent
from qol.usecases.lab.records.ports import Letter, RecordsStore


@dataclass(frozen=True, slots=True)
class ListDuplicates:
    """``ListDuplicates(store)(programme, actor)`` gives those that wait for a correction first."""

    store: RecordsStore

    def __call__(self, programme: str, actor: str) -> tuple[Letter, ...]:
        """List; the event counts them. Nothing that was keyed is opened."""
        with self.store.reading() as unit:
            listed = unit.duplicates(programme)
            waiting = sum(one.to_correct for one in listed)
            detail: dict[str, str | int] = {"count": len(listed), "to_correct": waiting}
            unit.commit(AuditEvent(Act.DUPLICATES_LISTED, actor, f"programme:{programme}", detail))
        return tuple(sorted(listed, key=lambda one: (not one.to_correct, -one.number)))
