"""How a programme collects answers, in the text's order of preference (EA-ÉCH-5-a).

Reading answers again later is the text's second way; no face offers it, so it has no code here.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from enum import StrEnum

from qol.domain.programme import Programme
from qol.domain.schedule import InForce, in_force_on


class Way(StrEnum):
    """A way of collecting; the order of the members is the text's, post as its last sentence."""

    ONLINE = "online"
    PAPER = "paper"
    PROFESSIONAL = "professional"
    POST = "post"


FIRST = Way.ONLINE
"""Always open; every other way needs its reason."""
JUSTIFIED = (Way.PAPER, Way.PROFESSIONAL)
"""The ways of ``Programme.modes``; the post is opened with all that it needs, its reason too."""


class Justification(StrEnum):
    """Why a programme opens a way that the text prefers less."""

    NO_DEVICE = "no-device"
    NO_INTERNET = "no-internet"
    DISABILITY = "disability"
    NEEDS_HELP = "needs-help"
    FAR_FROM_SITE = "far-from-site"
    PATIENT_CHOICE = "patient-choice"
    ASKED_BY_AUTHORITY = "asked-by-authority"


def ways(programme: Programme) -> tuple[tuple[Way, Justification | None], ...]:
    """List the open ways with their reasons, in the text's order; the first has none."""
    reasons = {way: programme.modes[way] for way in JUSTIFIED if way in programme.modes}
    if programme.postal:
        reasons[Way.POST] = programme.postal.reason
    return ((FIRST, None), *((way, Justification(reason)) for way, reason in reasons.items()))


def is_open(way: Way, versions: Sequence[InForce], day: date) -> bool:
    """Say whether a version of that day collects that way; ``versions`` are oldest first.

    The day is the one on which somebody answered: paper that was filled in while its way was
    open is typed after it was closed, and never before it was opened.
    """
    return any(way in dict(ways(programme)) for programme in in_force_on(versions, day))


def was_ever_open(way: Way, versions: Sequence[InForce]) -> bool:
    """Say whether one version or another collects that way."""
    return any(way in dict(ways(version.programme)) for version in versions)
