"""The leaflet's words are easy ones: what a machine can tell of the rules of FALC.

Easy to read and understand (Information for all, Inclusion Europe): short sentences with one
idea, the same word for the same thing, figures as figures, no sign that must be explained.
Whether people understand is for people to say.
"""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from qol.adapters.words import read_catalogues

MOST_WORDS, MOST_SENTENCES = 15, 3
# One word for one thing: slip, code, site, questionnaire, answer, team, laboratory.
OTHER = {
    "fr": r"identifiants?|pseudonymes?|portails?|plateformes?|formulaires?|tickets?|liens?"
    r"|mot de passe|données|patients?|soignants?|chiffrées?|transmis(?:es?)?|saisi\w*|valide[rz]",
    "en": r"identifiers?|pseudonyms?|portals?|platforms?|forms?|tickets?|links?|passwords?|data"
    r"|patients?|caregivers?|encrypted|transmitted|submit\w*|enter",
}
NUMBERS = {
    "fr": r"deux|trois|quatre|cinq|six|sept|huit|neuf|dix|treize",
    "en": r"two|three|four|five|six|seven|eight|nine|ten|thirteen",
}
LATER = {"fr": r"\w+r(?:a|ai|ont|ait|aient)", "en": r"will|would|might|shall"}
RULES: dict[str, Callable[[str, str], bool]] = {
    "a sentence is too long": lambda text, _: any(
        len(re.findall(r"[^\W\d_]+(?:[’-][^\W\d_]+)*|\d+", one)) > MOST_WORDS
        for one in sentences(text)
    ),
    "a paragraph has too many sentences": lambda text, _: len(sentences(text)) > MOST_SENTENCES,
    "another word for the same thing": lambda text, language: said(OTHER[language], text),
    "a number is written in letters": lambda text, language: said(NUMBERS[language], text),
    "a sign to be explained": lambda text, _: bool(re.search(r"[();/…&%]|\betc\b", text)),
    "capitals that are no word": lambda text, _: bool(re.search(r"[A-Z]{2,}", text)),
    "what will be or would be": lambda text, language: said(LATER[language], text),
}
SPOILT = {
    "a sentence is too long": "un mot " * 8,
    "a paragraph has too many sentences": "Un. Deux mots ? Trois ! Quatre.",
    "another word for the same thing": "Gardez votre identifiant et votre password.",
    "a number is written in letters": "Il a treize or thirteen signs.",
    "a sign to be explained": "Le code (sur la fiche).",
    "capitals that are no word": "Écrivez à la CNIL.",
    "what will be or would be": "Le site vous dira quand revenir.",
}


def sentences(text: str) -> list[str]:
    """Cut a paragraph at its full stops, questions and colons."""
    return [one for one in re.split(r"[.?!:]+\s*", text) if one.strip(" »”*\u00a0\u202f")]


def said(pattern: str, text: str) -> bool:
    """Say whether one of these words stands there, whole."""
    return bool(re.search(rf"\b(?:{pattern})\b", text.lower()))


def _texts(language: str) -> dict[str, str]:
    words = read_catalogues()[language]
    return {key: text for key, text in words.items() if key.startswith("paper.leaflet.")}


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("rule", RULES)
def test_the_leaflet_keeps_the_rule(rule: str, language: str) -> None:
    texts = _texts(language)
    assert len(texts) > 30
    assert [text for text in texts.values() if RULES[rule](text, language)] == []


@pytest.mark.parametrize("rule", RULES)
def test_the_rule_sees_what_breaks_it(rule: str) -> None:
    assert RULES[rule](SPOILT[rule], "fr")


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_whole_is_as_easy_as_a_book_for_children(language: str) -> None:
    """LIX: words a sentence and long words in a hundred; under 30 is very easy (Björnsson)."""
    texts = _texts(language).values()
    words = [word for text in texts for word in re.findall(r"[^\W\d_]+", text)]
    long = sum(len(word) > 6 for word in words)
    count = sum(len(sentences(text)) for text in texts)
    assert len(words) / count + 100 * long / len(words) < 30
