"""What may be shown to patients, and when a licence that runs out stops it.

The last day is a day of use. A visit that began before the end keeps its forms
(design section 3.4); only a new administration does not start.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from qol.domain.instrument import Release

TOLD_BEFORE = timedelta(days=60)


class Term(StrEnum):
    """How a licence stands on a day."""

    NO_END = "no end"
    RUNNING = "running"
    ENDING = "ending"
    ENDED = "ended"


def term(ends: date | None, today: date) -> Term:
    """Say how a licence stands whose last day is ``ends``; None has no end."""
    if ends is None:
        return Term.NO_END
    if ends < today:
        return Term.ENDED
    return Term.ENDING if ends - today <= TOLD_BEFORE else Term.RUNNING


def may_be_shown(release: Release, *, demonstration: bool) -> bool:
    """Say whether a programme may show the release at all (EA-7.3-b).

    ``demonstration`` is the programme's: it may show what nobody approved or confirmed.
    """
    instrument = release.instrument
    sure = release.approved and instrument.validated and instrument.status == "final"
    return (sure or demonstration) and not instrument.library


def may_start(release: Release, today: date, *, demonstration: bool) -> bool:
    """Say whether a new administration may start; ``today`` is in the programme's time zone."""
    shown = may_be_shown(release, demonstration=demonstration)
    return shown and term(release.licence_ends, today) is not Term.ENDED


@dataclass(frozen=True, slots=True)
class Licensed:
    """A release and the last day of its licence."""

    release: int
    instrument: str
    version: str
    language: str
    ends: date

    def warning(self, today: date) -> str:
        """Give the sentence that tells of an end that is near or past; else nothing."""
        name = f"{self.instrument} {self.version} in {self.language} (release {self.release})"
        match term(self.ends, today):
            case Term.ENDED:
                return f"The licence of {name} ended on {self.ends}: nobody can begin it any more."
            case Term.ENDING:
                return f"The licence of {name} ends on {self.ends}: renew it before that day."
        return ""
