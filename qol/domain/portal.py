"""What an installation says about itself before any code is typed; names no programme."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SafetyNumber:
    """A telephone number and what it reaches."""

    label: str
    number: str


@dataclass(frozen=True, slots=True)
class Safety:
    """The sentence that stands at the same place on every page, and its numbers."""

    sentence: str
    numbers: tuple[SafetyNumber, ...]


@dataclass(frozen=True, slots=True)
class Portal:
    """One installation (``instance/portal.toml``).

    ``names``, ``operator``, ``safety`` and ``accessibility`` have one entry for each of
    ``languages``, whose first is the default. ``hosts`` are the names that the faces
    answer to; ``hospital_ranges`` are networks in CIDR form whose many patients share
    one address (design section 7, throttle).
    """

    languages: tuple[str, ...]
    names: dict[str, str]
    operator: dict[str, str]
    safety: dict[str, Safety]
    accessibility: dict[str, str]
    hosts: tuple[str, ...]
    hospital_ranges: tuple[str, ...] = ()
