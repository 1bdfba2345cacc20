"""Open a visit on a device that a professional hands over (SC 3.3.8's other way in).

The ticket stands for the professional's own sign-in of a moment ago. Unknown, old and spent
tickets give one same answer.
"""

from __future__ import annotations

from dataclasses import dataclass

from qol.domain.administration import Mode
from qol.domain.audit import Act, AuditEvent
from qol.usecases.patient.open_visit import NothingDue, NotOffered, Unusable, begun
from qol.usecases.patient.visit import Visit
from qol.usecases.ports import Clock, Digests, PatientStore

_LONGEST = 64


@dataclass(frozen=True, slots=True)
class OpenOnDevice:
    """``OpenOnDevice(...)(ticket)`` gives a Visit or the reason there is none."""

    store: PatientStore
    digests: Digests
    clock: Clock

    def __call__(self, ticket: str) -> Visit | Unusable | NothingDue | NotOffered:
        """Spend the ticket and begin its visit; a ticket that opens nothing is not spent."""
        digest, now = self.digests.ticket(ticket[:_LONGEST]), self.clock.now()
        with self.store.reading() as unit:
            found = unit.ticket(digest)
            subject = unit.subject(found.subject_id) if found and found.opens(now) else None
            if found is None or subject is None or not subject.live:
                return Unusable()
            visit = begun(unit, subject, Mode.HANDED_DEVICE, found.visit, self.clock)
        if isinstance(visit, NothingDue | NotOffered) or found.spent_at is not None:
            return visit
        with self.store.writing() as unit:
            if not unit.spend(digest, now):
                return visit  # its double was quicker, by less than a double tap
            event = AuditEvent(Act.DEVICE_OPENED, "patient", f"subject:{subject.reference}")
            unit.commit(event)
        return visit
