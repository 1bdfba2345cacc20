"""Forms to be printed: shipped wordings, and placeholders of our own where none ships."""

from __future__ import annotations

import random
from dataclasses import replace
from functools import cache

from qol.adapters.instruments import canonical
from qol.domain.instrument import Instrument, ItemWording, SectionWording, Wording
from qol.domain.programme import Postal
from qol.domain.pseudonym import draw
from qol.usecases.lab.paper import Form, Questionnaire, Readiness
from tests import sheets
from tests.builders import definition

POSTAL = Postal(
    ("Libre réponse 00000", "Service des questionnaires", "75000 Paris"), "00000", "no-internet"
)
CODE = draw(random.Random(7).randrange)  # noqa: S311 - printed on a form of the tests
LANGUAGES = ("fr", "en")
SHIPPED = ("demo-qol", "pain-nrs", "lasa")
PLACEHELD = ("qlq-c30", "sf-36", "hads", "eq-5d-5l")
EVERY = (*SHIPPED, *PLACEHELD)

# Words of ours that say nothing: only their lengths are like those of a real questionnaire.
_SAID = {
    "fr": (
        "Essai {n}. Cette phrase tient la place d’une question.",
        "Essai {n}. Cette phrase plus longue tient la place d’une question qui prend deux lignes.",
        "Réponse {n}",
        "Au cours d’une *durée d’essai*",
        "Partie d’essai {n}",
        ("Le bas de l’essai", "Le haut de l’essai"),
        "Réponse d’essai numéro {n}, écrite en toutes lettres sur sa ligne",
    ),
    "en": (
        "Trial {n}. This sentence stands where a question would.",
        "Trial {n}. This longer sentence stands where a question of two lines would stand.",
        "Answer {n}",
        "Over a *trial period*",
        "Trial part {n}",
        ("The low end of the trial", "The high end of the trial"),
        "Trial answer number {n}, written out in full on a line of its own",
    ),
}


def placeholder(instrument: Instrument, language: str) -> Wording:
    """Make a wording of the right lengths that asks nothing."""
    short, long, answer, period, part, ends, sentence = _SAID[language]
    shared = len(instrument.response_sets) * 3 <= len(instrument.items)
    label = answer if shared else sentence
    return Wording(
        language=language,
        title=f"{instrument.id} ({language})",
        instruction=short.format(n=0),
        sections={
            one.code: SectionWording(part.format(n=n), "", period)
            for n, one in enumerate(instrument.sections, 1)
        },
        items={
            one.code: ItemWording((long if n % 3 == 0 else short).format(n=n), *ends)
            for n, one in enumerate(instrument.items, 1)
        },
        options={
            one.code: {code: label.format(n=n) for n, code in enumerate(one.codes, 1)}
            for one in instrument.response_sets
        },
    )


@cache
def questionnaire(
    name: str, language: str = "fr", readiness: Readiness = Readiness.RELEASED
) -> Questionnaire:
    """Give a questionnaire that ships, worded."""
    loaded = definition(name)
    wording = loaded.wordings.get(language) or placeholder(loaded.instrument, language)
    return worded(loaded.instrument, wording, readiness)


def worded(
    instrument: Instrument, wording: Wording, readiness: Readiness = Readiness.RELEASED
) -> Questionnaire:
    """Give an instrument in that wording."""
    return Questionnaire(
        instrument,
        wording,
        canonical.definition_sha256(instrument),
        canonical.wording_sha256(wording),
        readiness,
        proxy=instrument.layout.proxy,
    )


def form(name: str, language: str = "fr", *, coded: bool = False) -> Form:
    """Give a form of it, with a pseudonym or with boxes for one."""
    safety = sheets.sheet(language).safety
    return Form(questionnaire(name, language), safety, CODE if coded else None)


def hostile(text: str) -> Form:
    """Put the same text wherever a holder's wording has its own."""
    given = form("demo-qol")
    asked = given.questionnaire
    said = replace(
        asked.wording,
        title=text,
        instruction=text,
        copyright=text,
        sections={code: SectionWording(text, text, text) for code in asked.wording.sections},
        items={code: ItemWording(text, text, text, text) for code in asked.wording.items},
        options={
            name: dict.fromkeys(labels, text) for name, labels in asked.wording.options.items()
        },
    )
    return replace(given, questionnaire=replace(asked, wording=said))


def lengthened(text: str) -> Form:
    """Put a long text into the one instruction of a short form."""
    given = form("pain-nrs")
    asked = given.questionnaire
    said = replace(asked.wording, instruction=text)
    return replace(given, questionnaire=replace(asked, wording=said))
