"""Open a visit with a typed code.

Parse first (a slip of the finger is told at once and costs nothing), then the throttle,
then one lookup by keyed digest. Unknown, revoked, replaced and not activated give one
same answer by one same path (design section 3.1; EA-AUT-5).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from qol.domain.administration import Mode
from qol.domain.pseudonym import parse
from qol.domain.schedule import due, upcoming
from qol.usecases.patient.visit import Visit
from qol.usecases.ports import (
    Clock,
    Dice,
    Digests,
    Housekeeping,
    PatientStore,
    PatientUnit,
    SubjectState,
)
from qol.usecases.recording import due_forms


@dataclass(frozen=True, slots=True)
class Waits:
    """The source has tried too often; nothing was looked up."""

    seconds: int


@dataclass(frozen=True, slots=True)
class Unusable:
    """The code is well formed and opens nothing; why is not said."""


@dataclass(frozen=True, slots=True)
class NothingDue:
    """A live code outside every window; only the next opening is told."""

    opens: date | None


@dataclass(frozen=True, slots=True)
class NotOffered:
    """Something is due and none of it may begin: no approval, or a licence that ended."""


@dataclass(frozen=True, slots=True)
class OpenVisit:
    """``OpenVisit(...)(typed, source, allowance)`` gives a Visit or the reason there is none."""

    store: PatientStore
    housekeeping: Housekeeping
    digests: Digests
    clock: Clock
    dice: Dice

    def __call__(
        self, typed: str, source: bytes, allowance: int
    ) -> Visit | Waits | Unusable | NothingDue | NotOffered:
        """Raise PseudonymError for a slip of the finger; write nothing for a right code."""
        pseudonym = parse(typed)
        now = self.clock.now()
        wait = self.housekeeping.waiting(source, now)
        if wait:
            return Waits(wait)
        with self.store.reading() as unit:
            subject = unit.subject_by_digest(self.digests.lookup(pseudonym.reveal()))
            if subject is not None and subject.live and subject.day_zero:
                return begun(unit, subject, Mode.SELF_ONLINE, self.dice.reference(), self.clock)
        wait = self.housekeeping.wrong(source, now, allowance)
        return Waits(wait) if wait else Unusable()


def begun(
    unit: PatientUnit, subject: SubjectState, mode: Mode, number: str, clock: Clock
) -> Visit | NothingDue | NotOffered:
    """Begin a visit of a live subject, in that mode and under that number."""
    if subject.day_zero is None or subject.pseudonym is None:
        return NothingDue(None)
    versions = unit.versions(subject.programme)
    today = clock.today(versions[-1].programme.time_zone)
    found = due(versions, subject.day_zero, unit.deposited(subject.id), today)
    forms = due_forms(found, unit.releases(subject.programme), today)
    if found and not forms:
        return NotOffered()
    if not forms:
        later = upcoming(versions, subject.day_zero, today)
        return NothingDue(later[0].opens if later else None)
    return Visit(
        number=number,
        subject=subject.id,
        pseudonym=subject.pseudonym,
        programme=subject.programme,
        mode=mode,
        begun=clock.now(),
        forms=forms,
    )
