"""Report that a deposit may be another person's; the laboratory decides (T-19)."""

from __future__ import annotations

from dataclasses import dataclass

from qol.domain.audit import Act, AuditEvent
from qol.domain.errors import NotAllowedError
from qol.domain.follow_up import Mixup
from qol.domain.place import Place
from qol.usecases.hcp.ports import HcpStore, Said
from qol.usecases.hcp.sheets import sheet_of
from qol.usecases.ports import Clock


class NothingReceivedError(NotAllowedError):
    """Nothing was deposited at that timepoint."""


@dataclass(frozen=True, slots=True)
class ReportWrongPatient:
    """``ReportWrongPatient(...)(place, actor, sheet, timepoint, reason)`` keeps the report."""

    store: HcpStore
    clock: Clock

    def __call__(
        self, place: Place, actor: str, number: str, timepoint: str, reason: Mixup
    ) -> None:
        """Keep it; NothingReceivedError, or AlreadySaidError while one waits."""
        with self.store.writing() as unit:
            sheet = sheet_of(unit, place, number, self.clock)
            if timepoint not in {slot.timepoint for slot in sheet.known.received}:
                raise NothingReceivedError("Nothing was received at this visit.")
            said = Said(actor, self.clock.now())
            unit.report_mixup(sheet.subject.id, timepoint, reason, said)
            event = AuditEvent(
                Act.WRONG_PATIENT_REPORTED,
                actor,
                sheet.reference,
                {"timepoint": timepoint, "reason": reason.value},
            )
            unit.commit(event)
