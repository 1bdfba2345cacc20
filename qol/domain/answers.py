"""What was answered, item by item, and what is wrong with it.

An answer is an integer code, or a state that says why there is none.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from qol.domain.instrument import Instrument, Item

By = Literal["line", "number"]


class State(StrEnum):
    """Why an item carries no code (design section 6)."""

    DECLINED = "declined"
    UNANSWERED = "unanswered"
    NOT_APPLICABLE = "not_applicable"
    TWO_BOXES = "two_boxes"
    ILLEGIBLE = "illegible"


@dataclass(frozen=True, slots=True)
class Code:
    """A selected code; ``by`` says how a visual analogue was given."""

    value: int
    by: By | None = None


Answer = Code | State
Answers = Mapping[str, Answer]
PATIENT_STATES = frozenset({State.DECLINED, State.NOT_APPLICABLE})
PAPER_STATES = frozenset({State.UNANSWERED, State.TWO_BOXES, State.ILLEGIBLE, State.NOT_APPLICABLE})


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with one item; carries the item's code, never what was posted."""

    item: str
    reason: Literal["unknown_item", "not_a_code", "open", "missing", "not_allowed"]


def is_open(item: Item, answers: Answers, instrument: Instrument) -> bool:
    """Say whether the item's condition (and that of the item it leans on) holds."""
    condition = item.enable_when
    if condition is None:
        return True
    given = answers.get(condition.item)
    if not isinstance(given, Code) or given.value not in condition.codes:
        return False
    return is_open(instrument.item(condition.item), answers, instrument)


def problems(
    instrument: Instrument, answers: Answers, states: frozenset[State] = frozenset(State)
) -> list[Problem]:
    """List what keeps these answers from being stored, in the instrument's order.

    ``open`` marks an item that should be answered or declined and is neither;
    everything else is a body no form of ours can send.
    """
    found = [Problem(code, "unknown_item") for code in answers if code not in instrument.by_code]
    for item in instrument.items:
        given = answers.get(item.code)
        if isinstance(given, Code) and not item.accepts(given.value):
            found.append(Problem(item.code, "not_a_code"))
        elif isinstance(given, State) and given not in states:
            found.append(Problem(item.code, "not_allowed"))
        elif given is None and is_open(item, answers, instrument):
            found.append(Problem(item.code, "open"))
    return found


def settled(instrument: Instrument, answers: Answers) -> dict[str, Answer]:
    """Return one answer for every item: open ones declined, closed ones not applicable."""
    result: dict[str, Answer] = {}
    for item in instrument.items:
        if not is_open(item, result, instrument):
            result[item.code] = State.NOT_APPLICABLE
        else:
            given = answers.get(item.code, State.DECLINED)
            result[item.code] = State.DECLINED if given is State.NOT_APPLICABLE else given
    return result


def to_plain(answer: Answer) -> int | dict[str, object]:
    """Give the answer's form in canonical JSON version 1 (design section 3.6)."""
    if isinstance(answer, State):
        return {"state": answer.value}
    if answer.by is None:
        return answer.value
    return {"code": answer.value, "by": answer.by}


def from_plain(plain: object) -> Answer:
    """Read an answer back from canonical JSON version 1; ValueError on anything else."""
    if type(plain) is int:
        return Code(plain)
    if isinstance(plain, dict) and set(plain) == {"state"}:
        return State(plain["state"])
    if isinstance(plain, dict) and set(plain) == {"code", "by"}:
        code, by = plain["code"], plain["by"]
        if type(code) is int and by in {"line", "number"}:
            return Code(code, by)
    raise ValueError("an answer is an integer code or a state")
