"""Print note, slip and stub together, once.

The slip copy is deleted in the same transaction as the event, before anything is drawn: a
print that failed is a lost slip and costs one code, never two slips of one code.
"""

from __future__ import annotations

from dataclasses import dataclass

from qol.domain.audit import Act, AuditEvent
from qol.domain.errors import NotAllowedError
from qol.domain.place import Place
from qol.domain.portal import Portal
from qol.domain.programme import Notice
from qol.domain.pseudonym import Pseudonym
from qol.domain.schedule import InForce, dated, followed
from qol.usecases.hcp.ports import Attested, HcpStore
from qol.usecases.hcp.printing import HandOverSheet, PlannedWindow, Printer
from qol.usecases.hcp.sheets import Sheet, sheet_of
from qol.usecases.ports import Clock, SlipSealer


class PrintedAlreadyError(NotAllowedError):
    """The slip was printed: its code is nowhere any more."""


@dataclass(frozen=True, slots=True)
class PrintSheet:
    """``PrintSheet(...)(place, actor, sheet)`` gives a PDF.

    ``address`` is the patient face's, the same for everybody.
    """

    store: HcpStore
    slips: SlipSealer
    printer: Printer
    portal: Portal
    address: str
    clock: Clock

    def __call__(self, place: Place, actor: str, sheet: str) -> bytes:
        """Print; PrintedAlreadyError when that was done, PrintingError when it fails."""
        with self.store.writing() as unit:
            found = sheet_of(unit, place, sheet, self.clock)
            attested = unit.attested(found.subject.id)
            sealed = unit.take_slip(found.subject.id)
            if sealed is None or attested is None:
                raise PrintedAlreadyError(
                    "This slip was printed already: replace it if it is lost."
                )
            code = Pseudonym(self.slips.open(sealed, found.subject.reference))
            event = AuditEvent(Act.SLIPS_PRINTED, actor, found.reference, {"count": 1})
            unit.commit(event)
        return self.printer.print_hand_over(self._drawn(found, attested, code))

    def _drawn(self, sheet: Sheet, attested: Attested, code: Pseudonym) -> HandOverSheet:
        language = attested.note_language
        return HandOverSheet(
            language=language,
            pseudonym=code,
            sheet_number=sheet.number,
            portal_name=self.portal.names[language],
            address=f"{self.address}/{language}/",
            safety=self.portal.safety[language],
            notice=_notice(sheet.versions, attested),
            variant=attested.variant,
            given_on=attested.given_on,
            windows=_windows(sheet, language),
            demonstration=sheet.versions[-1].programme.demonstration,
        )


def _notice(versions: tuple[InForce, ...], attested: Attested) -> Notice:
    """Give the note that was attested, though the programme may have a newer one by now."""
    notices = [version.programme.notices.get(attested.note_language) for version in versions]
    kept = [notice for notice in notices if notice and notice.version == attested.note_version]
    return kept[-1]


def _windows(sheet: Sheet, language: str) -> tuple[PlannedWindow, ...]:
    day_zero = sheet.followed.day_zero
    planned = []
    for _, timepoint in followed(sheet.versions, day_zero):
        window = dated(timepoint, day_zero)
        label = timepoint.labels.get(language) or next(iter(timepoint.labels.values()))
        planned.append(PlannedWindow(label, window.opens, window.closes))
    return tuple(planned)
