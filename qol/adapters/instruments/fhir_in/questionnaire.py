"""A FHIR R4 Questionnaire becomes a definition and its wordings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePath

from qol.adapters.instruments.fhir_in import build
from qol.adapters.instruments.fhir_in.conditions import conditions, known
from qol.adapters.instruments.fhir_in.drafts import Draft
from qol.adapters.instruments.fhir_in.imported import Imported, Source, shown
from qol.adapters.instruments.fhir_in.items import Walk
from qol.adapters.instruments.fhir_in.languages import YES_NO, complete, own_language
from qol.adapters.instruments.fhir_in.names import instrument_id, safe, unique_codes, version
from qol.adapters.instruments.fhir_in.reading import Node, parse_questionnaire
from qol.adapters.instruments.fhir_in.shape import refuse_foreign_file
from qol.adapters.instruments.fhir_in.words import OWN, Words, clean, language_code, words_of
from qol.domain.errors import InstrumentError
from qol.domain.instrument import Instrument, Wording

_WHOLE = "the questionnaire"


def read_questionnaire(
    text: str, source: Source, given_id: str | None, drop: frozenset[str]
) -> Imported:
    """Return what a Questionnaire's JSON text holds; InstrumentError when it is refused."""
    root = parse_questionnaire(text, source)
    refuse_foreign_file(root, source)
    walk = Walk(root, source, drop)
    walk.run()
    codes = unique_codes([draft.link for draft in walk.kept], "item")
    opened = conditions(known(walk.kept, codes, walk.dropped), source)
    for draft in walk.kept:
        if draft.computed_text:
            raise source.refusal(draft.link, "its text is computed and is not in the file")
    made = build.parts(walk.kept, codes)
    candidates = (root.get("id"), root.get("name"), root.get("title"), PurePath(source.name).stem)
    instrument = Instrument(
        id=instrument_id(given_id, candidates, source),
        version=version(root.get("version")),
        sections=build.sections_of(made),
        items=build.items_of(walk.kept, made, opened),
        scales=(),
        response_sets=build.sets_of(made),
    )
    wordings, left, notes = _wordings(root, walk.kept, made, source)
    dropped = [f"item {shown(link)} is left out: {why}" for link, why in walk.dropped.items()]
    return Imported(
        instrument,
        wordings,
        tuple(dropped + [f"{one}, so it is left out" for one in left]),
        tuple(walk.notes + _renamed(codes) + notes),
    )


def _wordings(
    root: Node, drafts: Sequence[Draft], made: build.Parts, source: Source
) -> tuple[tuple[Wording, ...], list[str], list[str]]:
    spoken = build.spoken_of(drafts)
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


@dataclass(frozen=True, slots=True)
class Head:
    """The questionnaire's title and its holder's notice."""

    title: Words
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
                note = "the copyright notice carries markup and is left out; enter it by hand"
        return cls(title or {OWN: untitled}, held, note)


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
        copyright=head.copyright,
    )


def _renamed(codes: Mapping[str, str]) -> list[str]:
    return [
        f"item {shown(link)} is called {code}, because another has its name already"
        for link, code in codes.items()
        if code != safe(link, "item")
    ]
