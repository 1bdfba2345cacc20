"""Print a questionnaire for its holder's approval, before anybody publishes it."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256

from qol.domain.audit import Act, AuditEvent
from qol.usecases.lab.paper import FormPrinter, Printed, Review
from qol.usecases.lab.ports import LabStore


@dataclass(frozen=True, slots=True)
class PrintReview:
    """What the holder approves is what these hashes stand for."""

    store: LabStore
    printer: FormPrinter

    def __call__(self, review: Review, actor: str) -> Printed:
        """Return the PDF; PrintingError when it cannot be printed."""
        printed = self.printer.print_review(review)
        with self.store.writing() as unit:
            unit.commit(_event(review, printed, actor))
        return printed


def _event(review: Review, printed: Printed, actor: str) -> AuditEvent:
    instrument = review.questionnaires[0].instrument
    return AuditEvent(
        Act.REVIEW_PRINTED,
        actor,
        f"instrument:{instrument.id}",
        {
            "version": instrument.version,
            "languages": " ".join(one.wording.language for one in review.questionnaires),
            "pages": printed.pages,
            "sha256": sha256(printed.pdf).hexdigest(),
        },
    )
