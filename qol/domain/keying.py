"""Two people's readings of one sheet: where they differ, and what is decided there.

A value stands when two people stand for it. So a third person chooses one of the two values,
or says that the mark is illegible; one of the two may only take the other's.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from qol.domain.administration import Body, Respondent
from qol.domain.answers import Answer, State, is_open
from qol.domain.errors import NotAllowedError
from qol.domain.instrument import Instrument

ON = "on"
RESPONDENT = "respondent"
PREFIX = "q."
"""Before an item's code, so that no item is taken for the day or the respondent."""

DECIDED_TURN = 3
"""After the two readings: what was decided where they differ."""

Value = Answer | Respondent | date | None
"""None: no day on the paper."""


class Choice(StrEnum):
    """Whose reading stands for one part."""

    FIRST = "first"
    SECOND = "second"
    ILLEGIBLE = "illegible"


class Cause(StrEnum):
    """Why two readings differ."""

    MISTYPED = "mistyped"
    MISREAD = "misread"
    UNCLEAR_MARK = "unclear_mark"
    CORRECTED_MARK = "corrected_mark"


@dataclass(frozen=True, slots=True)
class Difference:
    """One part that two people read differently. ``part`` is ``on``, ``respondent`` or q.<item>."""

    part: str
    first: Value
    second: Value

    @property
    def choices(self) -> tuple[Choice, ...]:
        """What may be chosen: of an item, also that nobody can read it."""
        both = (Choice.FIRST, Choice.SECOND)
        return (*both, Choice.ILLEGIBLE) if self.part.startswith(PREFIX) else both


class UndecidedError(NotAllowedError):
    """A part that differs is not decided, or its decision goes against another's."""

    def __init__(self, part: str) -> None:
        """Name the part, never what was read there."""
        super().__init__(f"{part} is not decided")
        self.part = part


class OwnKeyingError(NotAllowedError):
    """Somebody decided for what they had typed themselves, or alone against both."""


def _parts(body: Body) -> dict[str, Value]:
    items = {PREFIX + code: answer for code, answer in body.answers.items()}
    return {ON: body.answered_on, RESPONDENT: body.respondent, **items}


def differences(first: Body, second: Body) -> tuple[Difference, ...]:
    """List the parts that differ: day, respondent, then items in the instrument's order.

    Both bodies are settled: each holds every item.
    """
    one, other = _parts(first), _parts(second)
    return tuple(
        Difference(part, value, other.get(part))
        for part, value in one.items()
        if value != other[part]
    )


def decided(
    instrument: Instrument, first: Body, second: Body, choices: Mapping[str, Choice]
) -> Body:
    """Give the body in which each difference is decided; UndecidedError names one that is not.

    An item that a decision closes is not applicable, whatever was chosen for it.
    """
    made: dict[str, Choice] = {}
    for one in differences(first, second):
        choice = choices.get(one.part)
        if choice not in one.choices:
            raise UndecidedError(one.part)
        made[one.part] = choice
    day, who = (made.get(part, Choice.FIRST) for part in (ON, RESPONDENT))
    return Body(
        _answers(instrument, first, second, made),
        first.language,
        (first if who is Choice.FIRST else second).respondent,
        (first if day is Choice.FIRST else second).answered_on,
    )


def _answers(
    instrument: Instrument, first: Body, second: Body, made: Mapping[str, Choice]
) -> dict[str, Answer]:
    answers: dict[str, Answer] = {}
    for item in instrument.items:
        choice = made.get(PREFIX + item.code, Choice.FIRST)
        read = {Choice.FIRST: first.answers, Choice.SECOND: second.answers}.get(choice, {})
        value = read.get(item.code, State.ILLEGIBLE)
        if not is_open(item, answers, instrument):
            value = State.NOT_APPLICABLE
        elif value is State.NOT_APPLICABLE:
            raise UndecidedError(PREFIX + item.code)
        answers[item.code] = value
    return answers


def check_decider(actor: str, typists: tuple[str, ...], choices: Mapping[str, Choice]) -> None:
    """Refuse who decides for their own keying (OwnKeyingError); a third person may decide all."""
    others = {typists[0]: Choice.SECOND, typists[1]: Choice.FIRST}
    if actor in others and any(choice is not others[actor] for choice in choices.values()):
        raise OwnKeyingError("Nobody decides alone on what they typed themselves.")
