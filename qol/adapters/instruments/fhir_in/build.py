"""From the items kept to the definition and its wordings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from qol.adapters.instruments.fhir_in.drafts import Draft, Group
from qol.adapters.instruments.fhir_in.imported import Source, shown
from qol.adapters.instruments.fhir_in.languages import YES_NO, Spoken, in_language
from qol.adapters.instruments.fhir_in.names import safe
from qol.adapters.instruments.fhir_in.words import Words
from qol.adapters.instruments.fhir_terms import OURS, SECTION
from qol.domain.instrument import (
    Condition,
    Item,
    ItemWording,
    ResponseSet,
    Section,
    SectionWording,
)


@dataclass(slots=True)
class Parts:
    """Sections and response sets as they are found, and which item has which."""

    codes: Mapping[str, str]
    sections: dict[str, list[Draft]] = field(default_factory=dict)
    sets: dict[str, Draft] = field(default_factory=dict)
    section_of: dict[str, str] = field(default_factory=dict)
    set_of: dict[str, str] = field(default_factory=dict)


def parts(drafts: Sequence[Draft], codes: Mapping[str, str], source: Source) -> Parts:
    """Sort the items into sections and give every different answer list one name.

    A section is a run of items under the same groups. Lists that agree in numbers and in
    every label are one response set; a file that we wrote names both itself.
    """
    made = Parts(codes)
    lists: dict[object, str] = {}
    previous: tuple[str, ...] | None = None
    section = ""
    for draft in drafts:
        around = tuple(group.link for group in draft.groups)
        if around != previous:
            section = _free(_section(around, draft, source), made.sections)
            made.sections[section] = []
            previous = around
        made.sections[section].append(draft)
        made.section_of[draft.link] = section
        if source.ours:
            _own_set(draft, made, source)
        elif draft.options:
            labels = tuple((o.number, tuple(sorted(o.words.items()))) for o in draft.options)
            key = (draft.type_, labels)
            if key not in lists:
                name = "yes-no" if draft.type_ == "boolean" else f"{codes[draft.link]}-options"
                lists[key] = _free(name, made.sets)
                made.sets[lists[key]] = draft
            made.set_of[draft.link] = lists[key]
    return made


def _section(around: tuple[str, ...], draft: Draft, source: Source) -> str:
    if not source.ours:
        return safe(around[-1], "section") if around else "main"
    if len(around) != 1 or not around[0].startswith(SECTION):
        raise source.refusal(draft.link, f"it stands in no one group {SECTION}CODE")
    return around[0].removeprefix(SECTION)


def _own_set(draft: Draft, made: Parts, source: Source) -> None:
    name = draft.response_set
    if draft.type_ == "number":
        return
    if name is None:
        raise source.refusal(draft.link, f"it names no {OURS}response-set")
    if made.sets.setdefault(name, draft).options != draft.options:
        raise source.refusal(draft.link, f"its options are not those of {shown(name)} elsewhere")
    made.set_of[draft.link] = name


def _free(name: str, taken: Mapping[str, object]) -> str:
    chosen, number = name, 1
    while chosen in taken:
        number += 1
        chosen = f"{name}-{number}"
    return chosen


def items_of(
    drafts: Sequence[Draft], made: Parts, opened: Mapping[str, Condition | None]
) -> tuple[Item, ...]:
    """Return the definition's items in their order."""
    return tuple(
        Item(
            code=made.codes[draft.link],
            kind=draft.kind,
            section=made.section_of[draft.link],
            response_set=made.set_of.get(draft.link),
            codes=tuple(option.number for option in draft.options),
            minimum=draft.minimum,
            maximum=draft.maximum,
            display=draft.display,
            enable_when=opened[draft.link],
            loinc=draft.loinc,
            cdisc=draft.cdisc,
            also=draft.also,
        )
        for draft in drafts
    )


def sections_of(made: Parts) -> tuple[Section, ...]:
    """Return the sections with the codes of their items."""
    return tuple(
        Section(code, tuple(made.codes[draft.link] for draft in drafts))
        for code, drafts in made.sections.items()
    )


def sets_of(drafts: Sequence[Draft], made: Parts) -> tuple[tuple[ResponseSet, ...], list[str]]:
    """Return the different answer lists, and notes on LOINC answer codes left out.

    Items of a foreign file may share a list and disagree on the LOINC code of an answer: one
    of them is wrong, nobody knows which, and none is kept.
    """
    result: list[ResponseSet] = []
    notes: list[str] = []
    for code, first in made.sets.items():
        found: dict[int, set[str]] = {}
        for draft in (first, *(one for one in drafts if made.set_of.get(one.link) == code)):
            for option in draft.options:
                if option.loinc:
                    found.setdefault(option.number, set()).add(option.loinc)
        sure = {number: min(answers) for number, answers in found.items() if len(answers) == 1}
        every = [answer for answers in found.values() for answer in answers]
        kept = {number: one for number, one in sure.items() if every.count(one) == 1}
        result.append(ResponseSet(code, tuple(option.number for option in first.options), kept))
        notes += [
            f"the answer {number} of {shown(code)} has LOINC codes that contradict, and keeps none"
            for number in found
            if number not in kept
        ]
    return tuple(result), notes


def spoken_of(drafts: Sequence[Draft], made: Parts, source: Source) -> list[Spoken]:
    """Return every text that a language must have to be kept, with the place it stands in."""
    if source.ours:
        units = [Spoken(f"the unit of item {d.link}", d.unit) for d in drafts if d.unit]
        return [*spoken_items(drafts), *units, *_spoken_sets(made)]
    return spoken_items(drafts)


def _spoken_sets(made: Parts) -> list[Spoken]:
    return [
        Spoken(f"the option {option.number} of {shown(code)}", option.words)
        for code, draft in made.sets.items()
        for option in draft.options
    ]


def spoken_items(drafts: Sequence[Draft]) -> list[Spoken]:
    """Return the texts of the items, their ends, options and groups, with their places."""
    result: list[Spoken] = []
    for draft in drafts:
        where = f"item {draft.link}"
        result.append(Spoken(where, draft.words))
        result += [Spoken(f"an end of {where}", end) for end in (draft.low, draft.high) if end]
        result += [Spoken(f"an option of {where}", o.words) for o in draft.options if o.words]
        for group in draft.groups:
            texts = (group.words, group.instruction, group.period)
            result += [Spoken(f"group {group.link}", words) for words in texts if words]
        if draft.short:
            result.append(Spoken(f"the short form of {where}", draft.short))
    return result


@dataclass(frozen=True, slots=True)
class Tongue:
    """A language to be written, and the language of the file's own texts."""

    language: str
    own: str

    def of(self, words: Words) -> str:
        """Return the words in this language, empty where the file has none."""
        return in_language(words, self.language, self.own) or ""

    def or_own(self, words: Words) -> str:
        """Return the words in this language, or else as the file has them."""
        return self.of(words) or Tongue(self.own, self.own).of(words)


def section_words(made: Parts, tongue: Tongue) -> dict[str, SectionWording]:
    """Return each section's heading: the outermost group's text; inner groups instruct."""
    result: dict[str, SectionWording] = {}
    for code, drafts in made.sections.items():
        texts = [text for group in drafts[0].groups if (text := tongue.of(group.words))]
        own = drafts[0].groups[-1] if drafts[0].groups else Group("", {})
        result[code] = SectionWording(
            " ".join(texts[:1]),
            tongue.of(own.instruction) or " – ".join(texts[1:]),
            tongue.of(own.period),
        )
    return result


def item_words(drafts: Sequence[Draft], made: Parts, tongue: Tongue) -> dict[str, ItemWording]:
    """Return each item's text, ends and unit in one language."""
    return {
        made.codes[draft.link]: ItemWording(
            text=tongue.of(draft.words),
            low=tongue.of(draft.low),
            high=tongue.of(draft.high),
            unit=tongue.or_own(draft.unit),
            short=tongue.of(draft.short),
        )
        for draft in drafts
    }


def option_words(made: Parts, tongue: Tongue) -> dict[str, dict[int, str]]:
    """Return each response set's labels by number in one language."""
    result: dict[str, dict[int, str]] = {}
    for code, draft in made.sets.items():
        if draft.type_ == "boolean":
            result[code] = dict(zip((1, 0), YES_NO[tongue.language], strict=True))
        else:
            result[code] = {option.number: tongue.of(option.words) for option in draft.options}
    return result
