"""Hand the next code of the site's batch over, with the information note attested.

No code lives without its attestation (EA-10.2-b, HV-8.7): both are one commit.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from qol.domain.audit import Act, AuditEvent
from qol.domain.errors import NotAllowedError
from qol.domain.follow_up import likely_day_zero, likely_note_day
from qol.domain.place import Place
from qol.domain.schedule import InForce
from qol.usecases.hcp.ports import Attested, HcpStore, Said
from qol.usecases.ports import Clock


class NoSpareError(NotAllowedError):
    """The site's batch is used up."""


class NotAttestedError(NotAllowedError):
    """What was attested cannot be; ``field`` names what to look at again."""

    def __init__(self, field: str, sentence: str) -> None:
        """Name the field and say the sentence."""
        super().__init__(sentence)
        self.field = field


@dataclass(frozen=True, slots=True)
class HandOver:
    """``HandOver(...)(place, actor, attested, day_zero)`` gives the sheet number."""

    store: HcpStore
    clock: Clock

    def __call__(self, place: Place, actor: str, attested: Attested, day_zero: date) -> str:
        """Make a code live; the same attempt again is the same sheet.

        NotAttestedError names what is wrong; NoSpareError when the batch is used up.
        """
        with self.store.writing() as unit:
            before = unit.handed_over(place, attested.attempt)
            if before is not None:
                return before
            versions = unit.versions(place.programme)
            today = self.clock.today(versions[-1].programme.time_zone)
            _check(versions, attested, day_zero, today)
            spare = unit.next_spare(place)
            if spare is None:
                raise NoSpareError("This site has no code left: ask the laboratory for a batch.")
            unit.hand_over(spare, attested, day_zero, Said(actor, self.clock.now()))
            event = AuditEvent(
                Act.PSEUDONYM_HANDED_OVER,
                actor,
                f"subject:{spare.reference}",
                {
                    "site": place.site,
                    "note": attested.note_version,
                    "variant": attested.variant.value,
                },
            )
            unit.commit(event)
        return spare.sheet_number


def _check(versions: tuple[InForce, ...], attested: Attested, day_zero: date, today: date) -> None:
    notice = versions[-1].programme.notices.get(attested.note_language)
    if notice is None or notice.version != attested.note_version:
        raise NotAttestedError("note", "This is not the note in force: give the present one.")
    if not likely_note_day(attested.given_on, today):
        raise NotAttestedError("given_on", "The note was given today or within the last year.")
    if not likely_day_zero(day_zero, today):
        raise NotAttestedError("day_zero", "Day zero is more than a year away: check the date.")
