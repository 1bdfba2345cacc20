"""Revoke a subject's pseudonym: it opens nothing any more; what was deposited stays."""

from __future__ import annotations

from dataclasses import dataclass

from qol.domain.audit import Act, AuditEvent
from qol.domain.revoking import RevokeReason
from qol.usecases.lab.ports import LabStore
from qol.usecases.lab.pseudonyms import Place
from qol.usecases.ports import Clock


@dataclass(frozen=True, slots=True)
class RevokePseudonym:
    """Kill every code of the subject."""

    store: LabStore
    clock: Clock

    def __call__(self, place: Place, actor: str, reason: RevokeReason = RevokeReason.LOST) -> None:
        """Revoke by sheet number; NotAllowedError when the site has no such sheet."""
        with self.store.writing() as unit:
            subject = place.subject(unit)
            unit.revoke(subject.id, self.clock.now())
            event = AuditEvent(
                Act.PSEUDONYM_REVOKED,
                actor,
                f"subject:{subject.reference}",
                {"site": place.site, "reason": reason.value},
            )
            unit.commit(event)
