"""The whole mapping and the wordings that it makes, before anything is written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from qol.adapters.instruments.consistency import check_wording
from qol.adapters.instruments.fhir_in.build import Tongue
from qol.adapters.instruments.fhir_in.imported import Source, shown
from qol.adapters.instruments.fhir_in.languages import Spoken, complete, other_language
from qol.adapters.instruments.fhir_in.reading import read_text
from qol.adapters.instruments.fhir_in.words import OWN, Words
from qol.adapters.instruments.installing.mapfile import read_map
from qol.adapters.instruments.installing.matching import Match, match
from qol.adapters.instruments.installing.offered import Offered
from qol.adapters.instruments.installing.offered_csv import offered_table
from qol.adapters.instruments.installing.offered_fhir import offered_questionnaire
from qol.adapters.instruments.installing.placing import Placed, place
from qol.adapters.instruments.loading import Definition
from qol.domain.instrument import Instrument, ItemWording, Wording


@dataclass(frozen=True, slots=True)
class Installation:
    """The wordings that a file gives a definition; nothing is written yet.

    ``mapping`` holds one line for each item, option and text, ``left`` one for each thing
    left out and why, ``notes`` one for each thing that a person should know.
    """

    definition: Definition
    wordings: tuple[Wording, ...]
    mapping: tuple[str, ...]
    left: tuple[str, ...]
    notes: tuple[str, ...]


def plan_installation(
    definition: Definition, path: Path, map_path: Path | None = None
) -> Installation:
    """Fit a holder's file to a definition; InstrumentError names what does not fit.

    A name that ends in ``.csv`` is read as a table, any other as a FHIR R4 Questionnaire.
    """
    instrument = definition.instrument
    source, text = Source(path.name), read_text(path)
    table = path.suffix.lower() == ".csv"
    offered = offered_table(text, source) if table else offered_questionnaire(text, source)
    if offered.version not in {None, instrument.version}:
        what = f"the table is for version {shown(offered.version)}"
        raise source.whole(f"{what}, and the definition's version is {instrument.version}")
    if not offered.title:
        raise source.whole("it has no title, and a wording needs one")
    matches = match(instrument, offered, read_map(map_path, instrument, offered))
    placed = place(instrument, offered, matches)
    languages, incomplete = _languages(offered, matches, placed)
    wordings = tuple(_wording(instrument, offered, matches, placed, one) for one in languages)
    for wording in wordings:
        check_wording(instrument, wording, shown(source.name))
    tongue = Tongue(languages[0], offered.own)
    return Installation(
        definition,
        wordings,
        (*_mapping(matches, tongue), *placed.lines(lambda one: tongue.of(one.words))),
        tuple(_left(offered, placed, incomplete)),
        (*offered.notes, *_notes(offered, matches, languages), *_unled(placed)),
    )


def _languages(
    offered: Offered, matches: Mapping[str, Match], placed: Placed
) -> tuple[list[str], list[str]]:
    """Return the languages that have every text, and why the others are left out."""
    spoken = list(_spoken(offered, matches, placed))
    languages, left = complete(offered.own, spoken)
    if not languages:
        raise offered.source.whole(f"no language has every text: {shown('; '.join(left), 200)}")
    for language in languages:
        tongue = Tongue(language, offered.own)
        if other := other_language(language, (tongue.of(one.words) for one in spoken)):
            raise offered.source.whole(
                f"its texts in the language {language} are by their words in {other}:"
                " correct the language that the file names"
            )
    return languages, left


def _spoken(offered: Offered, matches: Mapping[str, Match], placed: Placed) -> Iterator[Spoken]:
    for match_ in matches.values():
        question, where = match_.question, f"item {shown(match_.question.link)}"
        yield Spoken(where, question.words)
        for matched in match_.choices.values():
            yield Spoken(f"option {shown(matched.choice.called)} of {where}", matched.choice.words)
        for words in (question.low, question.high, question.short):
            if words:
                yield Spoken(f"a further text of {where}", words)
        yield from _named("the unit of " + where, question.unit)
    for passage in placed.every():
        yield Spoken(f"the text of {shown(passage.name)}", passage.words)
    yield from _named("the title", offered.title)
    yield from _named("the copyright notice", offered.copyright)


def _named(where: str, words: Words) -> Iterator[Spoken]:
    """A text without a language of its own serves all; one that names its languages does not."""
    if words and OWN not in words:
        yield Spoken(where, words)


def _wording(
    instrument: Instrument,
    offered: Offered,
    matches: Mapping[str, Match],
    placed: Placed,
    language: str,
) -> Wording:
    tongue = Tongue(language, offered.own)
    return Wording(
        language=language,
        title=tongue.or_own(offered.title),
        sections={
            section.code: placed.section(section.code, lambda one: tongue.of(one.words))
            for section in instrument.sections
        },
        items={code: _item_wording(match_, tongue) for code, match_ in matches.items()},
        options=_labels(offered, matches, tongue),
        instruction=" ".join(tongue.of(one.words) for one in placed.top),
        copyright=tongue.or_own(offered.copyright),
    )


def _item_wording(found: Match, tongue: Tongue) -> ItemWording:
    question = found.question
    return ItemWording(
        text=tongue.of(question.words),
        low=tongue.of(question.low),
        high=tongue.of(question.high),
        unit=tongue.or_own(question.unit),
        short=tongue.of(question.short),
    )


def _labels(
    offered: Offered, matches: Mapping[str, Match], tongue: Tongue
) -> dict[str, dict[int, str]]:
    """Return the labels by response set; its items must agree in every one of them."""
    result: dict[str, dict[int, str]] = {}
    first: dict[str, str] = {}
    for found in matches.values():
        name = found.item.response_set
        if name is None:
            continue
        labels = {code: tongue.of(one.choice.words) for code, one in found.choices.items()}
        other = shown(first.setdefault(name, found.question.link))
        for code, label in result.setdefault(name, labels).items():
            if labels[code] != label:
                reason = (
                    f"option {code} has other words than in item {other}, and in the definition"
                    f" both are the list {name}: make them the same ({tongue.language})"
                )
                raise offered.source.refusal(found.question.link, reason)
    return result


def _mapping(matches: Mapping[str, Match], tongue: Tongue) -> Iterator[str]:
    for code, found in matches.items():
        asked = found.question
        yield f"item {code} <- {shown(asked.link)}, by {found.rule}: {tongue.of(asked.words)}"
        for number, matched in found.choices.items():
            yield f"  option {number} <- {tongue.of(matched.choice.words)}, by {matched.rule}"
        if asked.low:
            yield f"  ends <- {tongue.of(asked.low)} … {tongue.of(asked.high)}"


def _left(offered: Offered, placed: Placed, incomplete: list[str]) -> list[str]:
    kept = {passage.name for passage in placed.every()}
    reasons = {name: why for name, why in offered.left.items() if name not in kept}
    for name, why in placed.left.items():
        reasons[name] = f"{reasons[name]}, and {why}" if name in reasons else why
    return [f"{shown(name)}: {why}" for name, why in reasons.items()] + incomplete


def _notes(offered: Offered, matches: Mapping[str, Match], languages: list[str]) -> Iterator[str]:
    title = offered.title
    untitled = [one for one in languages if one not in title and one != offered.own]
    if untitled:
        yield f"the title has no text in {', '.join(untitled)} and stands as it is"
    if [one.link for one in offered.questions] != [m.question.link for m in matches.values()]:
        yield "the file has its questions in another order; the definition's order holds"
    for code, found in matches.items():
        if found.choices and list(found.question.choices) != [
            matched.choice for matched in found.choices.values()
        ]:
            yield f"item {code}: the file has its options in another order; the definition's holds"
        if found.question.gated:
            what = "under the definition's condition" if found.item.enable_when else "always"
            yield f"item {code}: the file's condition is not taken; it is asked {what}"
        elif found.item.enable_when:
            yield f"item {code}: the file asks it always, the definition under its condition"


def _unled(placed: Placed) -> Iterator[str]:
    """The words that lead to questions are part of a validated wording: say where none are."""
    for code, parts in placed.sections.items():
        if not placed.top and not parts.keys() & {"instruction", "period"}:
            yield (
                f"section {code}: the file has no instruction and no recall period for it;"
                " compare it with the holder's form"
            )
