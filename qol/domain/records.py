"""What may become of a record: corrected, frozen, lifted, given to its right subject.

Nothing is ever edited (EA-11.1): a correction is a new version with a reason and a source from
closed lists, the old one stays, and the trail of changes lives as long as the record.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from qol.domain.administration import Body, Mode, Respondent
from qol.domain.answers import Answer, Answers, Code, State, is_open, settled
from qol.domain.instrument import Instrument


class RecordState(StrEnum):
    """Where a version stands. A frozen one keeps its slot and leaves no other trace outside."""

    CURRENT = "current"
    CORRECTED = "corrected"
    FROZEN = "frozen"


class ChangeKind(StrEnum):
    """What was done to a version."""

    CORRECTED = "corrected"
    REASSIGNED = "reassigned"
    FROZEN = "frozen"
    LIFTED = "lifted"


class CorrectionReason(StrEnum):
    """Why answers are given anew."""

    TRANSCRIPTION_ERROR = "transcription_error"
    ENTRY_ERROR = "entry_error"
    RECTIFICATION = "rectification"


class Source(StrEnum):
    """What a correction rests on (F-14.3)."""

    PAPER_ORIGINAL = "paper_original"
    PROFESSIONAL_CONFIRMED = "professional_confirmed"
    PATIENT_REQUEST = "patient_request"


class FreezeReason(StrEnum):
    """Why a record is limited (GDPR 18.1), or may be another person's (T-19)."""

    ACCURACY_CONTESTED = "accuracy_contested"
    UNLAWFUL = "unlawful"
    LEGAL_CLAIM = "legal_claim"
    OBJECTION = "objection"
    MIXUP_SUSPECTED = "mixup_suspected"


class LiftReason(StrEnum):
    """Why a limitation ends."""

    ACCURACY_CONFIRMED = "accuracy_confirmed"
    TO_CORRECT = "to_correct"
    REQUEST_WITHDRAWN = "request_withdrawn"
    CLAIM_SETTLED = "claim_settled"
    REPORT_DISMISSED = "report_dismissed"


class Decision(StrEnum):
    """What the laboratory decides on a report; ``frozen`` keeps it open."""

    REASSIGNED = "reassigned"
    EXCHANGED = "exchanged"
    FROZEN = "frozen"
    DISMISSED = "dismissed"


@dataclass(frozen=True, slots=True)
class Change:
    """One line of a record's trail.

    ``attempt`` is the number of the page it was asked on: a second click is the same change.
    ``successor`` is the version that stands since, of a correction or a reassignment.
    """

    attempt: str
    record: str
    kind: ChangeKind
    reason: str
    actor: str
    at: datetime
    source: Source | None = None
    successor: str | None = None


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known around the answers: the day they were given, by whom, how they came."""

    answered_on: date | None
    respondent: Respondent
    mode: Mode


UNDATED = frozenset({Mode.SELF_ONLINE, Mode.HANDED_DEVICE})
"""These were answered as they were received: no day of their own is kept."""
DATED = frozenset({Mode.INTERVIEW, Mode.PAPER_HCP})
"""These are never kept without the day; paper that came by post may bear none."""

ITEM = "q."
"""Before an item's code, so that no item is taken for a fact."""
Told = Answer | date | Respondent | Mode | None


@dataclass(frozen=True, slots=True)
class Altered:
    """One field of a correction: a fact's name or ``q.<item>``, before and after."""

    part: str
    before: Told
    after: Told


def facts_of(body: Body, mode: Mode) -> Facts:
    """Give the facts of a version."""
    return Facts(body.answered_on, body.respondent, mode)


def altered(
    items: Iterable[str], before: tuple[Body, Mode], after: tuple[Body, Mode]
) -> tuple[Altered, ...]:
    """List the fields in which two versions differ: facts first, then ``items`` in that order."""
    one, other = _fields(items, *before), _fields(items, *after)
    return tuple(Altered(part, one[part], other[part]) for part in one if one[part] != other[part])


def _fields(items: Iterable[str], body: Body, mode: Mode) -> dict[str, Told]:
    facts: dict[str, Told] = {
        "answered_on": body.answered_on,
        "respondent": body.respondent,
        "mode": mode,
    }
    return facts | {ITEM + code: body.answers.get(code) for code in items}


def frozen_for(trail: tuple[Change, ...], record: str) -> str | None:
    """Say for which reason a frozen version is frozen; ``trail`` is oldest first."""
    frozen = [one for one in trail if (one.record, one.kind) == (record, ChangeKind.FROZEN)]
    return frozen[-1].reason if frozen else None


def changed_items(before: Answers, given: Answers) -> dict[str, Answer]:
    """Keep what really differs: the same code typed again leaves how it was given as it was."""
    return {code: one for code, one in given.items() if not _same(before.get(code), one)}


def corrected(instrument: Instrument, before: Answers, given: Answers) -> dict[str, Answer]:
    """Give the whole answers of the new version: what is not given anew stays as it was."""
    return settled(instrument, {**before, **changed_items(before, given)})


def newly_open(instrument: Instrument, before: Answers, given: Answers) -> list[str]:
    """List the items that this correction opens and that it must therefore answer too."""
    merged: Mapping[str, Answer] = {**before, **given}
    return [
        item.code
        for item in instrument.items
        if is_open(item, merged, instrument) and merged.get(item.code) in {None, _CLOSED}
    ]


_CLOSED = State.NOT_APPLICABLE


def _same(one: Answer | None, other: Answer) -> bool:
    if isinstance(one, Code) and isinstance(other, Code):
        return one.value == other.value
    return one == other
