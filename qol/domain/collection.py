"""How a programme collects answers, in the text's order of preference (EA-ÉCH-5-a).

Reading answers again later is the text's second way; no face offers it, so it has no code here.
"""

from __future__ import annotations

from enum import StrEnum


class Way(StrEnum):
    """A way of collecting; the order of the members is the text's, post as its last sentence."""

    ONLINE = "online"
    PAPER = "paper"
    PROFESSIONAL = "professional"
    POST = "post"


FIRST = Way.ONLINE
"""Always open; every other way needs its reason."""


class Justification(StrEnum):
    """Why a programme opens a way that the text prefers less."""

    NO_DEVICE = "no_device"
    NO_CONNECTION = "no_connection"
    NEEDS_HELP = "needs_help"
    READING_OR_SIGHT = "reading_or_sight"
    FAR_FROM_SITE = "far_from_site"
    ASKED_BY_AUTHORITY = "asked_by_authority"


def ways(modes: dict[str, str]) -> tuple[tuple[Way, Justification | None], ...]:
    """List the open ways with their reasons, in the text's order; the first has none."""
    lower = ((way, Justification(modes[way])) for way in Way if way in modes)
    return ((FIRST, None), *lower)
