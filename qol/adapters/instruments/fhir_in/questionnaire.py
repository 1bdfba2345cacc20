"""A FHIR R4 Questionnaire becomes a definition and its wordings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePath

from qol.adapters.instruments.fhir_in import build, names, ours
from qol.adapters.instruments.fhir_in.conditions import conditions, known
from qol.adapters.instruments.fhir_in.drafts import Draft
from qol.adapters.instruments.fhir_in.imported import Imported, Source, shown
from qol.adapters.instruments.fhir_in.items import Walk
from qol.adapters.instruments.fhir_in.languages import YES_NO, Spoken, complete, own_language
from qol.adapters.instruments.fhir_in.names import (
    as_written,
    instrument_id,
    unique_codes,
    version,
)
from qol.adapters.instruments.fhir_in.reading import Node, parse_questionnaire
from qol.adapters.instruments.fhir_in.shape import refuse_foreign_file
from qol.adapters.instruments.fhir_in.words import OWN, Words, clean, language_code, words_of
from qol.adapters.instruments.reading import CODE, IDENTIFIER, LANGUAGE, VERSION
from qol.domain.errors import InstrumentError
from qol.domain.instrument import Instrument, Wording

_WHOLE = "the questionnaire"


def read_questionnaire(
    text: str, source: Source, given_id: str | None, drop: frozenset[str]
) -> Imported:
    """Return what a Questionnaire's JSON text holds; InstrumentError when it is refused."""
    root = parse_questionnaire(text, source)
    refuse_foreign_file(root, source)
    source = replace(source, ours=ours.marked(root, source))
    walk = Walk(root, source, drop)
    walk.run()
    codes = _codes(walk.kept, source)
    opened = conditions(known(walk.kept, codes, walk.dropped), source)
    for draft in walk.kept:
        if draft.computed_text:
            raise source.refusal(draft.link, "its text is computed and is not in the file")
    made = build.parts(walk.kept, codes, source)
    if source.ours:
        made.sets = ours.response_sets(root, made.sets, source)
    response_sets, doubts = build.sets_of(walk.kept, made)
    instrument = Instrument(
        id=_id(root, given_id, source),
        version=_version(root, source),
        sections=build.sections_of(made),
        items=build.items_of(walk.kept, made, opened),
        scales=(),
        response_sets=response_sets,
    )
    if source.ours:
        instrument = ours.completed(instrument, root, source)
    wordings, left, notes = _wordings(root, walk.kept, made, source)
    if source.ours:
        ours.refuse_loose(instrument, wordings, source)
    dropped = [f"item {shown(link)} is left out: {why}" for link, why in walk.dropped.items()]
    return Imported(
        instrument,
        wordings,
        tuple(dropped + [f"{one}, so it is left out" for one in left]),
        tuple(walk.notes + _renamed(codes) + doubts + notes),
    )


def _codes(drafts: Sequence[Draft], source: Source) -> dict[str, str]:
    links = [draft.link for draft in drafts]
    if source.ours:
        return {link: as_written(link, CODE, "linkId", source) for link in links}
    return unique_codes(links, "item")


def _id(root: Node, given: str | None, source: Source) -> str:
    if source.ours and given is None:
        return as_written(root.get("id"), IDENTIFIER, "id", source)
    candidates = (root.get("id"), root.get("name"), root.get("title"), PurePath(source.name).stem)
    return instrument_id(given, candidates, source)


def _version(root: Node, source: Source) -> str:
    if source.ours:
        return as_written(root.get("version"), VERSION, "version", source)
    return version(root.get("version"))


def _wordings(
    root: Node, drafts: Sequence[Draft], made: build.Parts, source: Source
) -> tuple[tuple[Wording, ...], list[str], list[str]]:
    spoken = build.spoken_of(drafts, made, source)
    if source.ours:
        spoken += _own_head(root, source)
        if root.get("language") is None:
            _refuse_words(root, spoken, source)
            return (), [], []
        own, note = as_written(root.get("language"), LANGUAGE, "language", source), None
    else:
        own, note = own_language(language_code(root.get("language")), spoken)
    languages, left = complete(own, spoken)
    if any(draft.type_ == "boolean" for draft in drafts):
        for language in [one for one in languages if one not in YES_NO]:
            languages.remove(language)
            left.append(f"the language {language}: the words for yes and no are not known in it")
    if not languages:
        raise source.whole(f"no language has every text: {shown('; '.join(left), 200)}")
    head = Head.of(root, next(iter(made.sections)), source)
    wordings = tuple(_wording(language, own, head, drafts, made) for language in languages)
    notes = [one for one in (note, head.note) if one]
    untitled = [one for one in languages if not build.Tongue(one, own).of(head.title)]
    if head.title and untitled:
        notes.append(f"the title has no text in {', '.join(untitled)} and stands as it is")
    return wordings, left, notes


def _own_head(root: Node, source: Source) -> list[Spoken]:
    instruction = ours.words(root, "instruction", _WHOLE, source)
    titled = Spoken("the title", words_of(root, "title", _WHOLE, source))
    return [titled, *([Spoken("the instruction", instruction)] if instruction else [])]


def _refuse_words(root: Node, spoken: Sequence[Spoken], source: Source) -> None:
    where = next((one.where for one in spoken if one.words), None)
    if where is None and root.get("copyright") is not None:
        where = "the copyright"
    if where is not None:
        raise source.whole(f"{shown(where)} has words, and the file names no language")


@dataclass(frozen=True, slots=True)
class Head:
    """The questionnaire's title and its holder's notice."""

    title: Words
    instruction: Words
    copyright: str
    note: str | None

    @classmethod
    def of(cls, root: Node, untitled: str, source: Source) -> Head:
        """Read both; ``untitled`` stands in for a title. The notice is Markdown in FHIR."""
        title = words_of(root, "title", _WHOLE, source) or words_of(root, "name", _WHOLE, source)
        notice, note = root.get("copyright"), None
        held = ""
        if isinstance(notice, str):
            try:
                held = clean(notice, _WHOLE, source)
            except InstrumentError:
                if source.ours:
                    raise
                note = "the copyright notice carries markup and is left out; enter it by hand"
        instruction = ours.words(root, "instruction", _WHOLE, source)
        return cls(title or {OWN: untitled}, instruction, held, note)


def _wording(
    language: str, own: str, head: Head, drafts: Sequence[Draft], made: build.Parts
) -> Wording:
    tongue = build.Tongue(language, own)
    return Wording(
        language=language,
        title=tongue.or_own(head.title) or next(iter(head.title.values())),
        sections=build.section_words(made, tongue),
        items=build.item_words(drafts, made, tongue),
        options=build.option_words(made, tongue),
        instruction=tongue.of(head.instruction),
        copyright=head.copyright,
    )


def _renamed(codes: Mapping[str, str]) -> list[str]:
    return [
        f"item {shown(link)} is called {code}, because another has its name already"
        for link, code in codes.items()
        if code != names.code(link, "item")
    ]
