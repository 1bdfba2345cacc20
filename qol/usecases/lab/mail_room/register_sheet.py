"""File a sheet that came by post, under the next number of the register (EA-ÉCH-5-h).

The code on the paper is looked up by its keyed digest and kept nowhere.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from qol.domain.audit import Act, AuditEvent
from qol.domain.errors import NotAllowedError
from qol.domain.mail_room import TO_IDENTIFY, Incident, SheetMovedError, likely_received
from qol.domain.pseudonym import parse
from qol.usecases.lab.mail_room.ports import MailStore, MailUnit, NewSheet, Said
from qol.usecases.ports import Clock, Digests, SubjectState

_TRIES = 8


class UnknownCodeError(NotAllowedError):
    """The code is well formed, and no follow-up of this programme has it."""


class UnlikelyDayError(NotAllowedError):
    """The day is to come, over a year ago, or before the sheet was posted."""


@dataclass(frozen=True, slots=True)
class Envelope:
    """What the person who opens an envelope types.

    ``code`` is what the paper shows; empty with one of ``TO_IDENTIFY`` among the incidents.
    """

    code: str
    release_id: int
    received_on: date
    posted_on: date | None
    incidents: frozenset[Incident]
    attempt: str


def found(unit: MailUnit, digests: Digests, programme: str, code: str) -> SubjectState:
    """Find whose code it is; PseudonymError for a slip of the finger, UnknownCodeError."""
    subject = unit.by_code(programme, digests.lookup(parse(code).reveal()))
    if subject is None:
        raise UnknownCodeError("No follow-up of this programme has this code.")
    return subject


@dataclass(frozen=True, slots=True)
class RegisterSheet:
    """``RegisterSheet(...)(programme, actor, envelope)`` files it and gives its number."""

    store: MailStore
    digests: Digests
    clock: Clock

    def __call__(self, programme: str, actor: str, envelope: Envelope) -> int:
        """File it; PseudonymError, UnknownCodeError, UnlikelyDayError.

        The same attempt is the same sheet; of two people at once each gets a number.
        """
        for _ in range(_TRIES):
            try:
                return self._filed(programme, actor, envelope)
            except SheetMovedError:
                continue
        raise SheetMovedError("Too many sheets are being filed at this moment.")

    def _filed(self, programme: str, actor: str, envelope: Envelope) -> int:
        with self.store.reading() as unit:
            again = unit.filed_as(programme, envelope.attempt)
            if again is not None:
                return again
            zone = unit.versions(programme)[-1].programme.time_zone
            today = self.clock.today(zone)
            if not likely_received(envelope.received_on, envelope.posted_on, today):
                raise UnlikelyDayError("Check the days of the post.")
            if envelope.release_id not in {one.id for one in unit.releases(programme)}:
                raise NotAllowedError("The programme has no such questionnaire.")
            incidents = set(envelope.incidents)
            subject = None
            if not incidents & TO_IDENTIFY:
                subject = found(unit, self.digests, programme, envelope.code)
                incidents |= set() if subject.live else {Incident.CODE_DEAD}
        with self.store.writing() as unit:
            number = unit.last_number(programme) + 1
            new = NewSheet(
                programme=programme,
                number=number,
                subject_id=subject.id if subject else None,
                release_id=envelope.release_id,
                received_on=envelope.received_on,
                posted_on=envelope.posted_on,
                incidents=tuple(sorted(incidents)),
                attempt=envelope.attempt,
            )
            unit.file(new, Said(actor, self.clock.now()))
            detail: dict[str, str | int] = {"incidents": ",".join(new.incidents)}
            reference = f"sheet:{programme}/{number}"
            unit.commit(AuditEvent(Act.SHEET_REGISTERED, actor, reference, detail))
        return number
