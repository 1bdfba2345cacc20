"""One early-access authorisation and its protocol, in one append-only version."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True)
class Offset:
    """A distance from day zero: months are added first, clamped, then days."""

    months: int = 0
    days: int = 0


@dataclass(frozen=True, slots=True)
class Window:
    """When answers count: both days included."""

    opens: Offset
    closes: Offset


@dataclass(frozen=True, slots=True)
class Timepoint:
    """A planned occasion and the instruments given together at it, in order."""

    code: str
    labels: dict[str, str]
    window: Window
    battery: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Notice:
    """What a patient is told before answering, in one language."""

    version: str
    who: str
    why: str
    rights: str
    contact: str
    adverse: str


@dataclass(frozen=True, slots=True)
class Postal:
    """Where envelopes come back to, and what pays for them (EA-ÉCH-5-h).

    ``address`` has two to six lines of at most 38 characters, the last one the town: nothing
    in it may name a disease or a medicine. ``licence`` is the number of the prepaid-reply
    licence, in digits; ``reason`` is the coded justification of the last of the ways (EA-ÉCH-5-a).
    """

    address: tuple[str, ...]
    licence: str
    reason: str


@dataclass(frozen=True, slots=True)
class Programme:
    """A programme version.

    ``releases`` maps an instrument's id to the version of it that this protocol names;
    ``proxy`` lists the instruments that somebody else may answer; ``modes`` maps each way of
    collecting below the first to its coded reason (EA-ÉCH-5-a). Without ``postal`` nothing goes
    by post.
    """

    id: str
    version: int
    labels: dict[str, str]
    time_zone: str
    languages: tuple[str, ...]
    timepoints: tuple[Timepoint, ...]
    releases: dict[str, str]
    notices: dict[str, Notice]
    legal_frame: str
    decision_reference: str
    decision_date: date
    suppression_threshold: int = 11
    demonstration: bool = False
    proxy: tuple[str, ...] = ()
    modes: dict[str, str] = field(default_factory=dict)
    postal: Postal | None = None

    def timepoint(self, code: str) -> Timepoint:
        """Return the timepoint of that code; KeyError when there is none."""
        for timepoint in self.timepoints:
            if timepoint.code == code:
                return timepoint
        raise KeyError(code)
