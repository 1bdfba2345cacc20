"""Read the posted form of one instrument, strictly.

A body that no form of ours can send is a WrongBodyError; a number that a hand mistyped is
told beside its field. What was posted is never repeated in an error (EA-7.3-c).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from werkzeug.datastructures import MultiDict

from qol.domain.administration import Respondent
from qol.domain.answers import Answer, By, Code, State, problems
from qol.domain.instrument import Instrument, Item

PREFIX = "q."
CONTROLS = frozenset({"csrf_token", "release", "asked", "respondent", "code"})
DECLINE = frozenset({State.DECLINED})
_WHOLE = re.compile(r"-?[0-9]{1,6}")
_KEPT_NAME = re.compile(r"q\.[A-Za-z0-9_.-]{1,90}")
_KEPT_VALUE = re.compile(r"-?[0-9]{1,6}|declined|line|number")
MOST_FIELDS = 1000


class WrongBodyError(Exception):
    """The body is not one that a form of ours can send."""


@dataclass(frozen=True, slots=True)
class Posted:
    """What was posted: answers, items mistyped by hand, who answered, asked already."""

    answers: dict[str, Answer]
    mistyped: dict[str, str]
    respondent: Respondent
    asked: bool


def read_posted(
    instrument: Instrument,
    fields: MultiDict[str, str],
    *,
    proxy: bool,
    states: frozenset[State] = DECLINE,
    controls: frozenset[str] = CONTROLS,
) -> Posted:
    """Read every field of the form; WrongBodyError when one is not ours.

    ``states`` are those that this form offers; ``controls`` its fields besides the items.
    """
    values = {name: _only(fields, name) for name in fields}
    expected = set(controls)
    for item in instrument.items:
        expected |= _names(item)
    if not set(values) <= expected:
        raise WrongBodyError
    posted = Posted({}, {}, _respondent(values, proxy=proxy), values.get("asked") == "1")
    for item in instrument.items:
        _read_item(item, values, posted, states)
    return posted


def kept_fields(fields: MultiDict[str, str]) -> list[tuple[str, str]]:
    """Pick the codes of a late Send that may be carried through the code page.

    Only names and values of the shape that our forms send; everything else is left out.
    """
    kept = []
    for name, value in list(fields.items(multi=True))[:MOST_FIELDS]:
        ours = _KEPT_NAME.fullmatch(name) and _KEPT_VALUE.fullmatch(value)
        release = name == "release" and re.fullmatch("[0-9a-f]{64}", value)
        who = name == "respondent" and value in {"self", "proxy"}
        if ours or release or who or (name, value) == ("asked", "1"):
            kept.append((name, value))
    return kept if any(name == "release" for name, _ in kept) else []


def given_fields(posted: Posted) -> dict[str, str]:
    """Give what a redrawn form shows as chosen: read answers only, never a mistyped value."""
    given = {}
    for code, answer in posted.answers.items():
        given[code] = str(answer.value) if isinstance(answer, Code) else answer.value
    return given


@dataclass(frozen=True, slots=True)
class Trouble:
    """What a redrawn form tells: which items, why, and what was already chosen."""

    said: str
    items: Mapping[str, str]
    given: Mapping[str, str]
    asked: bool = False
    respondent: str = "self"

    def shown(self) -> dict[str, object]:
        """Give what the form's template says of it."""

        def why(item: Item) -> str:
            return self.items[item.code]

        return {
            "trouble": self.said,
            "troubled": list(self.items),
            "trouble_for": why,
            "given": self.given,
            "asked": self.asked,
            "respondent": self.respondent,
        }


NONE = Trouble("", {}, {})


def trouble_of(instrument: Instrument, posted: Posted, states: frozenset[State]) -> Trouble | None:
    """Say what keeps a posted form from being stored; open items are asked about once."""
    given = given_fields(posted)
    if posted.mistyped:
        return Trouble("form.mistyped", posted.mistyped, given, posted.asked, posted.respondent)
    found = problems(instrument, posted.answers, states)
    open_items = {problem.item: "form.open" for problem in found}
    if open_items and not posted.asked:
        return Trouble("form.ask_once", open_items, given, asked=True, respondent=posted.respondent)
    return None


def _only(fields: MultiDict[str, str], name: str) -> str:
    values = fields.getlist(name)
    if len(values) != 1:
        raise WrongBodyError
    return values[0]


def _typed(item: Item) -> bool:
    return item.display != "options" and item.kind != "single_choice"


def _names(item: Item) -> set[str]:
    name = PREFIX + item.code
    return {name, f"{name}.by", f"{name}.state"} if _typed(item) else {name}


def _respondent(values: dict[str, str], *, proxy: bool) -> Respondent:
    who = values.get("respondent", "self")
    if who not in {"self", "proxy"} or (who == "proxy" and not proxy):
        raise WrongBodyError
    return Respondent(who)


def _read_item(
    item: Item, values: dict[str, str], posted: Posted, states: frozenset[State]
) -> None:
    value = values.get(PREFIX + item.code, "")
    if _typed(item):
        _read_typed(item, value.strip(), values, posted, states)
    elif value in states:
        posted.answers[item.code] = State(value)
    elif value:
        if not _WHOLE.fullmatch(value) or not item.accepts(int(value)):
            raise WrongBodyError
        posted.answers[item.code] = Code(int(value))


def _read_typed(
    item: Item, value: str, values: dict[str, str], posted: Posted, states: frozenset[State]
) -> None:
    state = values.get(f"{PREFIX}{item.code}.state", "")
    by = values.get(f"{PREFIX}{item.code}.by", "")
    if (state and state not in states) or by not in {"", "line", "number"}:
        raise WrongBodyError
    if state and value:
        posted.mistyped[item.code] = "form.both"
    elif state:
        posted.answers[item.code] = State(state)
    elif value and _WHOLE.fullmatch(value) and item.accepts(int(value)):
        given_by: By = "line" if by == "line" else "number"
        posted.answers[item.code] = Code(int(value), given_by if item.display == "line" else None)
    elif value:
        posted.mistyped[item.code] = "form.bounds"
