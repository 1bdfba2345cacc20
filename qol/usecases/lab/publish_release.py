"""Publish an instrument in one language: from then on its bytes are frozen (design section 6)."""

from __future__ import annotations

from dataclasses import dataclass

from qol.domain.audit import Act, AuditEvent
from qol.domain.errors import NotAllowedError
from qol.usecases.lab.ports import LabStore, Publication


@dataclass(frozen=True, slots=True)
class PublishRelease:
    """Write a release row. Only a demonstration may publish what nobody approved."""

    store: LabStore
    demonstration: bool

    def __call__(self, publication: Publication, actor: str) -> int:
        """Publish and return the row's id; NotAllowedError without a decision (EA-7.3-b)."""
        if not publication.approved and not self.demonstration:
            raise NotAllowedError("An unapproved release may be published in a demonstration only.")
        complete = (
            publication.authority
            and publication.decision_reference
            and publication.decision_date is not None
        )
        if publication.approved and not complete:
            raise NotAllowedError(
                "An approved release names its authority, decision reference and decision date"
                " (EA-7.3-b)."
            )
        with self.store.writing() as unit:
            row = unit.publish(publication)
            unit.commit(_event(publication, row, actor))
        return row


def _event(publication: Publication, row: int, actor: str) -> AuditEvent:
    return AuditEvent(
        Act.RELEASE_PUBLISHED,
        actor,
        f"release:{row}",
        {
            "instrument": publication.instrument,
            "version": publication.version,
            "language": publication.language,
            "approved": int(publication.approved),
        },
    )
