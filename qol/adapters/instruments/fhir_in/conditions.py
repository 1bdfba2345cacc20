"""Conditions: one earlier item and a set of its codes, or a refusal that says why not."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from qol.adapters.instruments.fhir_in.drafts import Draft, Gate
from qol.adapters.instruments.fhir_in.imported import Source, shown
from qol.adapters.instruments.fhir_in.numbers import whole
from qol.adapters.instruments.fhir_in.reading import Node
from qol.domain.instrument import Condition


@dataclass(frozen=True, slots=True)
class Known:
    """The items that are kept, by linkId, their places and their codes; and those left out."""

    drafts: Mapping[str, Draft]
    places: Mapping[str, int]
    codes: Mapping[str, str]
    dropped: Mapping[str, str]


def known(drafts: Sequence[Draft], codes: Mapping[str, str], dropped: Mapping[str, str]) -> Known:
    """Return the items as conditions look them up."""
    return Known(
        {draft.link: draft for draft in drafts},
        {draft.link: place for place, draft in enumerate(drafts)},
        codes,
        dropped,
    )


def conditions(items: Known, source: Source) -> dict[str, Condition | None]:
    """Return each kept item's one condition by linkId; InstrumentError on any other kind."""
    _refuse_circles(items, source)
    result: dict[str, Condition | None] = {}
    by_code: dict[str, Condition | None] = {}
    for link, draft in items.drafts.items():
        found: list[Condition] = []
        for gate in draft.gates:
            one = _condition(gate, draft, items, source)
            if one not in found:
                found.append(one)
        merged = _merged(found, by_code, link, source)
        result[link] = by_code[items.codes[link]] = merged
    return result


def _refuse_circles(items: Known, source: Source) -> None:
    edges = {link: set(_questions(draft.gates)) for link, draft in items.drafts.items()}
    for link, place in items.places.items():
        if all(items.places.get(other, -1) < place for other in edges[link]):
            continue
        seen: set[str] = set()
        waiting = sorted(edges[link])
        while waiting:
            other = waiting.pop()
            if other == link:
                raise source.refusal(link, "its condition is circular: it leads back to the item")
            if other not in seen:
                seen.add(other)
                waiting += sorted(edges.get(other, ()))


def _questions(gates: Iterable[Gate]) -> list[str]:
    return [
        question
        for gate in gates
        for rule in gate.rules or ()
        if isinstance(question := rule.get("question"), str)
    ]


def _condition(gate: Gate, draft: Draft, items: Known, source: Source) -> Condition:
    link = draft.link
    if gate.rules is None:
        raise source.refusal(gate.link, "its enableWhen is not a list of conditions")
    if gate.expression:
        raise source.refusal(link, f"the condition of {_who(gate, link)} is an expression")
    questions = {str(rule.get("question")) for rule in gate.rules}
    if len(questions) > 1:
        raise source.refusal(link, f"the condition of {_who(gate, link)} leans on several items")
    codes = [_codes(rule, gate, link, items, source) for rule in gate.rules]
    if gate.behaviour != "any" and any(one != codes[0] for one in codes):
        reason = f"the condition of {_who(gate, link)} asks for several answers at once"
        raise source.refusal(link, reason)
    return Condition(items.codes[questions.pop()], frozenset().union(*codes))


def _codes(rule: Node, gate: Gate, link: str, items: Known, source: Source) -> frozenset[int]:
    who, question, operator = _who(gate, link), rule.get("question"), rule.get("operator")
    if "hasAnswer" in rule or operator is None:
        raise source.refusal(link, f"the condition of {who} has the shape before FHIR R4")
    if not isinstance(question, str) or question not in items.drafts:
        if isinstance(question, str) and question in items.dropped:
            reason = f"the condition of {who} leans on {shown(question)}, which is left out"
        else:
            reason = f"the condition of {who} leans on {shown(question)}, which is no question"
        raise source.refusal(link, reason)
    if operator != "=":
        reason = f"the condition of {who} uses {shown(operator)}, and only = can be kept"
        raise source.refusal(link, reason)
    if items.places[question] >= items.places[link]:
        reason = f"the condition of {who} leans on {shown(question)}, which comes later"
        raise source.refusal(link, reason)
    answers = [key for key in rule if key.startswith("answer")]
    found = _matching(items.drafts[question], rule[answers[0]]) if len(answers) == 1 else None
    if not found:
        reason = f"the condition of {who} names no answer that {shown(question)} has"
        raise source.refusal(link, reason)
    return found


def _matching(draft: Draft, answer: object) -> frozenset[int]:
    if draft.type_ == "number":
        number = whole(answer.get("value") if isinstance(answer, dict) else answer)
        if number is None:
            return frozenset()
        inside = draft.minimum <= number <= draft.maximum or number in draft.also
        return frozenset({number}) if inside else frozenset()
    system: object = None
    if isinstance(answer, dict):
        system = answer.get("system")
        answer = answer.get("code", answer.get("display"))
    return frozenset(
        option.number
        for option in draft.options
        if type(option.key) is type(answer)
        and option.key == answer
        and (not system or not option.system or option.system == system)
    )


def _merged(
    found: list[Condition], earlier: Mapping[str, Condition | None], link: str, source: Source
) -> Condition | None:
    if len({one.item for one in found}) <= 1:
        if not found:
            return None
        codes = frozenset.intersection(*(one.codes for one in found))
        if not codes:
            raise source.refusal(link, "its conditions can never hold together")
        return Condition(found[0].item, codes)
    for one in found:
        implied = _chain(one, earlier)
        if all(any(_implies(step, other) for step in implied) for other in found):
            return one
    raise source.refusal(link, "it stands under conditions on several items")


def _chain(condition: Condition, earlier: Mapping[str, Condition | None]) -> list[Condition]:
    result: list[Condition] = []
    step: Condition | None = condition
    while step is not None:
        result.append(step)
        step = earlier[step.item]
    return result


def _implies(step: Condition, other: Condition) -> bool:
    return step.item == other.item and step.codes <= other.codes


def _who(gate: Gate, link: str) -> str:
    return "this item" if gate.link == link else shown(gate.link)
