"""A sheet that came by post: its states, what may be done to it, and by whom (EA-ÉCH-5-h, T-68).

Who opens the envelope does not key the sheet; two people key it, neither knows what the other
typed; nobody decides alone on what they typed themselves.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

from qol.domain.errors import NotAllowedError

OVERDUE_AFTER = timedelta(days=7)
"""A sheet that nobody finished within a week was forgotten: the post takes days, keying minutes,
and until the second keying the paper is the only copy (HV-10.BK-1)."""


class SheetState(StrEnum):
    """Where a sheet stands."""

    RECEIVED = "received"
    KEYED_ONCE = "keyed_once"
    KEYED_TWICE = "keyed_twice"
    RECONCILED = "reconciled"
    """Its one administration is deposited."""
    DUPLICATE = "duplicate"
    """Its slot held answers already; what was keyed stays sealed beside them."""
    SET_ASIDE = "set_aside"
    """It can never be keyed."""
    DESTROYED = "destroyed"


class Step(StrEnum):
    """What moves a sheet on."""

    KEY = "key"
    DEPOSIT = "deposit"
    FIND_DUPLICATE = "find_duplicate"
    SET_ASIDE = "set_aside"
    DESTROY = "destroy"


WAITING = frozenset({SheetState.RECEIVED, SheetState.KEYED_ONCE, SheetState.KEYED_TWICE})
KEYABLE = frozenset({SheetState.RECEIVED, SheetState.KEYED_ONCE})
_NEXT = {
    (SheetState.RECEIVED, Step.KEY): SheetState.KEYED_ONCE,
    (SheetState.KEYED_ONCE, Step.KEY): SheetState.KEYED_TWICE,
    (SheetState.KEYED_TWICE, Step.DEPOSIT): SheetState.RECONCILED,
    (SheetState.KEYED_TWICE, Step.FIND_DUPLICATE): SheetState.DUPLICATE,
    **{(state, Step.SET_ASIDE): SheetState.SET_ASIDE for state in WAITING},
    (SheetState.RECONCILED, Step.DESTROY): SheetState.DESTROYED,
    (SheetState.DUPLICATE, Step.DESTROY): SheetState.DESTROYED,
    (SheetState.SET_ASIDE, Step.DESTROY): SheetState.DESTROYED,
}


class SheetMovedError(NotAllowedError):
    """The sheet is not where this act finds it: somebody was quicker."""


def after(state: SheetState, step: Step) -> SheetState:
    """Give the state that follows; SheetMovedError when the step does not lead on from here."""
    found = _NEXT.get((state, step))
    if found is None:
        raise SheetMovedError(f"A sheet that is {state.value} does not take {step.value}.")
    return found


class Incident(StrEnum):
    """What is wrong with a sheet; a code, never a note."""

    IDENTITY = "identity"
    MARGIN_NOTE = "margin_note"
    DAMAGED = "damaged"
    CODE_UNREADABLE = "code_unreadable"
    CODE_UNKNOWN = "code_unknown"
    CODE_DEAD = "code_dead"
    """Replaced or revoked since: the sheet may be older than that, or somebody else's."""
    WRONG_FORM = "wrong_form"
    NO_VISIT = "no_visit"
    EMPTY = "empty"


TO_MASK = frozenset({Incident.IDENTITY, Incident.MARGIN_NOTE})
TO_IDENTIFY = frozenset({Incident.CODE_UNREADABLE, Incident.CODE_UNKNOWN})
TO_SETTLE = TO_MASK | TO_IDENTIFY | {Incident.CODE_DEAD}
"""Nobody keys a sheet before these are settled."""
NEVER_KEYED = frozenset({Incident.WRONG_FORM, Incident.NO_VISIT, Incident.EMPTY})
"""These set a sheet aside."""
SEEN_AT_OPENING = (Incident.IDENTITY, Incident.MARGIN_NOTE, Incident.DAMAGED)
SEEN_LATER = (*SEEN_AT_OPENING, Incident.WRONG_FORM, Incident.NO_VISIT, Incident.EMPTY)


class Duplicate(StrEnum):
    """What is decided of a sheet whose slot held answers already. None adds an answer."""

    FIRST_COUNTS = "first_counts"
    SENT_TWICE = "sent_twice"
    OTHER_PERSON = "other_person"
    ASK_CORRECTION = "ask_correction"


class Destruction(StrEnum):
    """How paper is destroyed."""

    SHREDDED = "shredded"
    INCINERATED = "incinerated"
    CONTRACTOR = "contractor"


class Refusal(StrEnum):
    """Why somebody may not key a sheet."""

    NOT_WAITING = "not_waiting"
    UNSETTLED = "unsettled"
    OPENED_IT = "opened_it"
    KEYED_IT = "keyed_it"


@dataclass(frozen=True, slots=True)
class ReceivedSheet:
    """A sheet by what is in the clear. ``number`` is written on the paper, by hand.

    ``incidents`` says of each whether it is settled; ``typists`` are the actors of the two
    keyings in order; ``decider`` that of what was decided where they differ.
    """

    number: int
    state: SheetState
    release_id: int
    received_on: date
    posted_on: date | None
    opener: str
    incidents: Mapping[Incident, bool] = field(default_factory=dict)
    typists: tuple[str, ...] = ()
    decider: str = ""
    duplicate: Duplicate | None = None
    batch: str = ""

    @property
    def unsettled(self) -> tuple[Incident, ...]:
        """The incidents that keep it from being keyed."""
        return tuple(one for one, done in self.incidents.items() if one in TO_SETTLE and not done)

    @property
    def dated_at_latest(self) -> date:
        """The day that stands for a missing date on the paper: posted, or else received."""
        return self.posted_on or self.received_on

    def refuses(self, actor: str) -> Refusal | None:
        """Say why the person may not key it; None when they may."""
        if self.state not in KEYABLE:
            return Refusal.NOT_WAITING
        if self.unsettled:
            return Refusal.UNSETTLED
        if actor == self.opener:
            return Refusal.OPENED_IT
        return Refusal.KEYED_IT if actor in self.typists else None

    def set_aside_by(self, incident: Incident) -> bool:
        """Say whether the incident ends the sheet: never to be keyed, or a code given up."""
        given_up = incident in self.unsettled and incident not in TO_MASK
        return self.state in WAITING and (incident in NEVER_KEYED or given_up)

    def overdue(self, today: date) -> bool:
        """Say whether it waits for its keying longer than it may."""
        return self.state in WAITING and today - self.received_on > OVERDUE_AFTER

    @property
    def destroyable(self) -> bool:
        """Say whether its paper has served: nothing waits for it, no batch holds it."""
        decided = self.state is not SheetState.DUPLICATE or self.duplicate is not None
        return not self.batch and decided and (self.state, Step.DESTROY) in _NEXT


def ranges(numbers: Iterable[int]) -> str:
    """Write numbers shortly and in order: ``1-4,7``."""
    runs: list[list[int]] = []
    for number in sorted(set(numbers)):
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    return ",".join(str(a) if a == b else f"{a}-{b}" for a, b in runs)


def likely_received(received: date, posted: date | None, today: date) -> bool:
    """Say whether a sheet may have been posted and received on these days."""
    in_order = posted is None or posted <= received
    oldest = min(received, posted or received)
    return in_order and received <= today and today - oldest <= timedelta(days=366)
