"""Which option of the file is which number: by its number, its LOINC answer code or the map."""

from __future__ import annotations

from dataclasses import dataclass

from qol.adapters.instruments.fhir_in.imported import Source, shown
from qol.adapters.instruments.installing.mapfile import Map
from qol.adapters.instruments.installing.offered import Choice, Question
from qol.domain.instrument import Item, ResponseSet

NUMBER, ANSWER, MAP = "number", "LOINC answer code", "map"


@dataclass(frozen=True, slots=True)
class Matched:
    """An option of the file and the rules that say its number."""

    choice: Choice
    rule: str


def match_choices(
    item: Item, entry: ResponseSet, question: Question, given: Map, source: Source
) -> dict[int, Matched]:
    """Match every option of a choice; InstrumentError names the option that does not fit."""
    found: dict[int, Matched] = {}
    for choice in question.choices:
        rules = _claims(entry, question, choice, given)
        called = shown(choice.called)
        try:
            number = _number(item, entry, choice, rules)
        except _ChoiceError as problem:
            raise source.refusal(question.link, f"its option {called}: {problem}") from None
        if number in found:
            other = shown(found[number].choice.called)
            reason = f"its options {other} and {called} are both option {number}: keep one of them"
            raise source.refusal(question.link, reason)
        found[number] = Matched(choice, " and ".join(rules))
    missing = [str(code) for code in item.codes if code not in found]
    if missing:
        reason = f"it has no option {', '.join(missing)} of item {item.code}: complete the file"
        raise source.refusal(question.link, reason)
    return {code: found[code] for code in item.codes}


class _ChoiceError(Exception):
    """What is wrong with one option."""


def _claims(
    entry: ResponseSet, question: Question, choice: Choice, given: Map
) -> dict[str, set[int]]:
    """Return the numbers that each rule says; a rule that says nothing is left out."""
    mapped = given.option(question, choice)
    numbers = set(choice.numbers)
    # The file may carry a weight beside its own code; the map may then say which one counts.
    if mapped in numbers:
        numbers = {mapped}
    by_answer = {answer: code for code, answer in entry.loinc.items()}
    claims = {
        NUMBER: numbers,
        ANSWER: {by_answer[choice.answer]} if choice.answer in by_answer else set(),
        MAP: set() if mapped is None else {mapped},
    }
    return {rule: said for rule, said in claims.items() if said}


def _number(item: Item, entry: ResponseSet, choice: Choice, rules: dict[str, set[int]]) -> int:
    said = set().union(*rules.values())
    if not said:
        raise _ChoiceError(_nameless(choice, entry))
    if len(said) > 1:
        each = [
            f"its {rule} says {' and '.join(map(str, sorted(numbers)))}"
            for rule, numbers in rules.items()
        ]
        raise _ChoiceError(f"{', '.join(each)}: they disagree, so correct the file or the map")
    number = said.pop()
    if number not in item.codes:
        codes = ", ".join(map(str, item.codes))
        raise _ChoiceError(f"{number} is no option of item {item.code} ({codes})")
    known = entry.loinc.get(number)
    if known is not None and choice.answer not in {None, known}:
        raise _ChoiceError(
            f"its LOINC answer code {choice.answer} is not that of option {number} of item"
            f" {item.code} ({known}): correct the file"
        )
    return number


def _nameless(choice: Choice, entry: ResponseSet) -> str:
    if choice.answer is not None and entry.loinc:
        return f"its LOINC answer code {choice.answer} is none of the definition's: correct it"
    return (
        "it has no number and no LOINC answer code that the definition knows, and its position"
        " says nothing: give it an ordinalValue, or name it in a map (item,linkid,option,code)"
    )
