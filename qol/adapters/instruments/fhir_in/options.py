"""The options of a choice: where they stand, their labels, and the number of each."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from qol.adapters.instruments.fhir_in.extensions import ORDINALS, named, value
from qol.adapters.instruments.fhir_in.imported import Source, shown
from qol.adapters.instruments.fhir_in.numbers import whole
from qol.adapters.instruments.fhir_in.reading import Node, nodes
from qol.adapters.instruments.fhir_in.valuesets import listed
from qol.adapters.instruments.fhir_in.words import OWN, Words, words_of
from qol.adapters.instruments.fhir_terms import LOINC

_LARGEST_CODE = 99_999
_IDENTIFIERS = "snomed.info"
_LOINC_ANSWER = re.compile(r"LA\d{1,7}-\d")
_BY_POSITION = "its options are numbered by position, from 1"
_FOLLOWING = "options without a number of their own follow after the last one"
NUMBERED_HERE = (_BY_POSITION, _FOLLOWING)
"""How a note ends that tells of numbers which the file does not give."""


@dataclass(frozen=True, slots=True)
class Option:
    """One selectable answer: its number, its labels and what conditions may call it.

    ``numbers`` holds every number that the file itself gives it; a number by position is
    not among them.
    """

    number: int
    words: Words
    key: object
    system: str | None
    loinc: str | None = None
    numbers: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class _Raw:
    words: Words
    key: object
    system: str | None
    weight: int | None
    weighed: bool
    integer: int | None
    code: int | None

    @property
    def numbers(self) -> tuple[int, ...]:
        found = (self.weight, self.integer, self.code)
        return tuple(dict.fromkeys(number for number in found if number is not None))


def options_of(
    item: Node, root: Node, link: str, source: Source
) -> tuple[tuple[Option, ...], list[str]]:
    """Return a choice's options in their order, and notes on how they were numbered."""
    given = nodes(item, "answerOption")
    if given is None:
        raise source.refusal(link, "its answerOption is not a list of options")
    reference = item.get("answerValueSet")
    if given and reference is not None:
        raise source.refusal(link, "it has both an answerOption and an answerValueSet")
    if reference is not None:
        found = [_coded(one, one, link, source) for one in listed(reference, root, link, source)]
    else:
        found = [_option(one, link, source) for one in given]
    if not found:
        raise source.refusal(link, "its answer list is not in the file")
    numbers, notes = _numbers(found, link)
    if len(set(numbers)) != len(numbers):
        twice = next(number for number in numbers if numbers.count(number) > 1)
        raise source.refusal(link, f"two of its options have the same number {twice}")
    if len(found) == 1:
        notes.append(f"item {shown(link)} has only one option")
    made = [
        Option(number, raw.words, raw.key, raw.system, _answer_code(raw, source), raw.numbers)
        for number, raw in zip(numbers, found, strict=True)
    ]
    if source.ours:
        _refuse_other_numbers(found, made, link, source)
    return tuple(made), notes


def _answer_code(raw: _Raw, source: Source) -> str | None:
    if not isinstance(raw.key, str) or raw.system is None:
        return None
    if source.ours:
        return raw.key if raw.system == LOINC else None
    return raw.key if "loinc.org" in raw.system and _LOINC_ANSWER.fullmatch(raw.key) else None


def _refuse_other_numbers(
    found: Sequence[_Raw], made: Sequence[Option], link: str, source: Source
) -> None:
    for raw, option in zip(found, made, strict=True):
        if raw.weight is None or (option.loinc is None and raw.key != str(raw.weight)):
            raise source.refusal(link, f"its option {shown(raw.key)} is not numbered as we do")


def _option(option: Node, link: str, source: Source) -> _Raw:
    keys = [key for key in option if key.startswith("value")]
    if sorted(keys) == ["valueInteger", "valueString"] and isinstance(option["valueString"], str):
        number, words = whole(option["valueInteger"]), words_of(option, "valueString", link, source)
        if number is not None and words:
            return _Raw(words, number, None, None, weighed=False, integer=number, code=None)
    if len(keys) != 1:
        raise source.refusal(link, "an option has not exactly one value")
    raw = option[keys[0]]
    if keys[0] == "valueCoding" and isinstance(raw, dict):
        return _coded(raw, option, link, source)
    if keys[0] == "valueInteger" and (number := whole(raw)) is not None:
        weight, weighed = _weight(option)
        return _Raw({OWN: str(number)}, number, None, weight, weighed, number, None)
    if keys[0] == "valueString" and isinstance(raw, str):
        words = words_of(option, "valueString", link, source)
        weight, weighed = _weight(option, option.get("_valueString"))
        if words:
            return _Raw(words, raw, None, weight, weighed, None, _code_number(raw, None))
        raise source.refusal(link, "an option has no text")
    raise source.refusal(link, f"an option has a {shown(keys[0])} that cannot be kept")


def _coded(coding: Node, option: Node, link: str, source: Source) -> _Raw:
    code, system = coding.get("code"), coding.get("system")
    words = words_of(coding, "display", link, source)
    for name in coding.get("designation"), option.get("designation"):
        words = _with_designations(words, name, link, source)
    number = _code_number(code, system)
    if not words and number is not None and not source.ours:
        words = {OWN: str(number)}
    if not words and not source.ours:
        raise source.refusal(link, f"its option {shown(code)} has no text")
    weight, weighed = _weight(option, coding)
    key = code if isinstance(code, str) else words.get(OWN)
    return _Raw(
        words, key, system if isinstance(system, str) else None, weight, weighed, None, number
    )


def _with_designations(words: Words, found: object, link: str, source: Source) -> Words:
    result = dict(words)
    for one in found if isinstance(found, list) else ():
        if isinstance(one, dict) and isinstance(one.get("value"), str):
            made: Node = {
                "_word": {
                    "extension": [
                        {
                            "url": "translation",
                            "extension": [
                                {"url": "lang", "valueCode": one.get("language")},
                                {"url": "content", "valueString": one["value"]},
                            ],
                        }
                    ]
                }
            }
            result = words_of(made, "word", link, source) | result
    return result


def _weight(*holders: object) -> tuple[int | None, bool]:
    for holder in holders:
        for extension in named(holder, *ORDINALS):
            return whole(value(extension)), True
    return None, False


def _code_number(code: object, system: object) -> int | None:
    if isinstance(system, str) and _IDENTIFIERS in system:
        return None
    if not isinstance(code, str):
        return None
    bare = code.strip().strip("'\"")
    if not bare.removeprefix("-").isascii() or not bare.removeprefix("-").isdigit():
        return None
    number = int(bare) if len(bare) <= len(str(_LARGEST_CODE)) + 1 else None
    return number if number is not None and abs(number) <= _LARGEST_CODE else None


def _numbers(found: Sequence[_Raw], link: str) -> tuple[list[int], list[str]]:
    name, notes = shown(link), []
    sources: tuple[Callable[[_Raw], int | None], ...] = (
        lambda one: one.weight,
        lambda one: one.integer,
        lambda one: one.code,
    )
    if any(one.weighed and one.weight is None for one in found):
        notes.append(f"item {name}: an option's weight is no whole number and is not its number")
    for number_of in sources:
        if None not in (numbers := [number_of(one) for one in found]):
            return [number for number in numbers if number is not None], notes
    weights = [one.weight for one in found]
    if any(weight is not None for weight in weights) and len(notes) == 0:
        following = max(weight for weight in weights if weight is not None) + 1
        numbered: list[int] = []
        for weight in weights:
            numbered.append(following if weight is None else weight)
            following += weight is None
        notes.append(f"item {name}: {_FOLLOWING}")
        return numbered, notes
    notes.append(f"item {name}: {_BY_POSITION}")
    return list(range(1, len(found) + 1)), notes
