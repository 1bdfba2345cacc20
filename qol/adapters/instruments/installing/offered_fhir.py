"""What a FHIR R4 Questionnaire offers: the import's own reading, and the texts between items."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Literal

from qol.adapters.instruments.fhir_in import build
from qol.adapters.instruments.fhir_in.drafts import Draft
from qol.adapters.instruments.fhir_in.extensions import controls, is_hidden, named
from qol.adapters.instruments.fhir_in.imported import Source, shown
from qol.adapters.instruments.fhir_in.items import Walk
from qol.adapters.instruments.fhir_in.kinds import LOINC
from qol.adapters.instruments.fhir_in.languages import YES_NO, own_language
from qol.adapters.instruments.fhir_in.options import NUMBERED_HERE, Option
from qol.adapters.instruments.fhir_in.questionnaire import Head
from qol.adapters.instruments.fhir_in.reading import Node, nodes, parse_questionnaire
from qol.adapters.instruments.fhir_in.shape import refuse_foreign_file
from qol.adapters.instruments.fhir_in.words import OWN, Words, language_code, rendering, words_of
from qol.adapters.instruments.installing.offered import Choice, Offered, Passage, Question
from qol.domain.errors import InstrumentError

Where = Literal["top", "group", "elsewhere"]

_ANSWER = re.compile(r"LA\d{1,7}-\d")
# Texts at a scale's ends stay with their scale; the others are shown on request or beside a field.
_BESIDE = {"lower", "upper", "help", "flyover", "unit", "legal", "security"}
_UNNAMED = "the file names no code system for its item codes; they were compared with LOINC codes"


def offered_questionnaire(text: str, source: Source) -> Offered:
    """Read a Questionnaire; InstrumentError where the import would refuse it."""
    root = parse_questionnaire(text, source)
    refuse_foreign_file(root, source)
    tag = root.get("language")
    declared = language_code(tag)
    if tag is not None and declared is None:
        raise source.whole(f"its language {shown(tag)} is none")
    walk = Walk(root, source, frozenset())
    walk.run()
    for draft in walk.kept:
        if draft.computed_text:
            raise source.refusal(draft.link, "its text is computed and is not in the file")
    order = list(_in_order(root, "top", walk))
    coded = {str(node["linkId"]): _loinc(node) for node, _ in order}
    own, guessed = own_language(declared, build.spoken_items(walk.kept))
    head = Head.of(root, "", source)
    passages, told = _passages(order, walk, source)
    unnamed = any(coded[draft.link][1] for draft in walk.kept)
    notes = [note for note in walk.notes if not note.endswith(NUMBERED_HERE)] + told
    notes += [note for note in (guessed, head.note, _UNNAMED if unnamed else None) if note]
    return Offered(
        source=source,
        own=own,
        title={language: words for language, words in head.title.items() if words},
        copyright={OWN: head.copyright} if head.copyright else {},
        questions=_questions(walk.kept, own, {link: codes for link, (codes, _) in coded.items()}),
        passages=tuple(passages),
        left=dict(walk.dropped),
        notes=tuple(notes),
        ordered=True,
    )


def _in_order(holder: Node, where: Where, walk: Walk) -> Iterator[tuple[Node, Where]]:
    """Yield every item and whether a text there would stand between questions."""
    for node in nodes(holder, "item") or ():
        yield node, where
        outside = node.get("type") != "group" or node["linkId"] in walk.dropped
        below: Where = "elsewhere" if outside or where == "elsewhere" else "group"
        yield from _in_order(node, below, walk)


def _loinc(item: Node) -> tuple[tuple[str, ...], bool]:
    """Return the item's LOINC codes, and whether one of them names no code system."""
    found: dict[str, None] = {}
    unnamed = False
    for coding in nodes(item, "code") or []:
        code, system = coding.get("code"), coding.get("system")
        of_loinc = system is None or (isinstance(system, str) and "loinc.org" in system)
        if of_loinc and isinstance(code, str) and LOINC.fullmatch(code.strip()):
            found[code.strip()] = None
            unnamed = unnamed or system is None
    return tuple(found), unnamed


def _questions(
    drafts: Sequence[Draft], own: str, coded: dict[str, tuple[str, ...]]
) -> tuple[Question, ...]:
    spoken = {own} | {language for draft in drafts for language in draft.words} - {OWN}
    return tuple(
        Question(
            link=draft.link,
            words=draft.words,
            loinc=coded[draft.link],
            choices=tuple(_choice(draft, option, spoken) for option in draft.options),
            bounds=(draft.minimum, draft.maximum) if draft.type_ == "number" else (None, None),
            low=draft.low,
            high=draft.high,
            unit=draft.unit,
            gated=bool(draft.gates),
        )
        for draft in drafts
    )


def _choice(draft: Draft, option: Option, spoken: set[str]) -> Choice:
    if draft.type_ == "boolean":
        place = 0 if option.key else 1
        words = {language: YES_NO[language][place] for language in spoken if language in YES_NO}
        return Choice(str(option.key).lower(), option.numbers, None, words)
    called = str(option.key)
    of_loinc = option.system is None or "loinc.org" in option.system
    answer = called if of_loinc and _ANSWER.fullmatch(called) else None
    return Choice(called, option.numbers, answer, option.words)


def _passages(
    order: Sequence[tuple[Node, Where]], walk: Walk, source: Source
) -> tuple[list[Passage], list[str]]:
    """Return the texts between the questions in their order, and notes on them."""
    questions = {draft.link for draft in walk.kept}
    first = walk.kept[0].link
    found: list[Passage] = []
    notes: list[str] = []
    following: str | None = None
    for node, where in reversed(order):
        link = str(node["linkId"])
        if link in questions:
            following = link
        elif node.get("type") == "group" and link not in walk.dropped:
            if words := words_of(node, "text", link, source):
                found.append(Passage(f"group {shown(link)}", "title", words, following))
        elif where != "elsewhere" and _is_passage(node):
            words, refusal, note = _said(node, link, source)
            top = where == "top" and following == first
            if words or refusal:
                found.append(Passage(link, "instruction", words, following, top, refusal))
            notes += [f"item {shown(link)}: {note}"] if note else []
    return found[::-1], notes[::-1]


def _is_passage(node: Node) -> bool:
    shown_always = not is_hidden(node) and not node.get("enableWhen")
    return node.get("type") == "display" and shown_always and not controls(node) & _BESIDE


def _said(
    node: Node, link: str, source: Source
) -> tuple[Words, InstrumentError | None, str | None]:
    """Return a display's words, or why they cannot be kept, and a note."""
    try:
        note = rendering(node, link, source)
        words = words_of(node, "text", link, source)
    except InstrumentError as error:
        return {}, error, None
    if not words and any(named(node.get("_text"), "rendering-xhtml", "rendering-markdown")):
        reason = "its words are only in a rendering (XHTML or Markdown): write them as plain text"
        return {}, source.refusal(link, reason), None
    return words, None, note
