"""Which languages a file holds whole, and which one it speaks when it does not say."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from qol.adapters.instruments.fhir_in.words import OWN, Words

YES_NO = {
    "bg": ("Да", "Не"), "cs": ("Ano", "Ne"), "da": ("Ja", "Nej"), "de": ("Ja", "Nein"),
    "el": ("Ναι", "Όχι"), "en": ("Yes", "No"), "es": ("Sí", "No"), "et": ("Jah", "Ei"),
    "fi": ("Kyllä", "Ei"), "fr": ("Oui", "Non"), "hr": ("Da", "Ne"), "hu": ("Igen", "Nem"),
    "it": ("Sì", "No"), "lt": ("Taip", "Ne"), "lv": ("Jā", "Nē"), "nb": ("Ja", "Nei"),
    "nl": ("Ja", "Nee"), "no": ("Ja", "Nei"), "pl": ("Tak", "Nie"), "pt": ("Sim", "Não"),
    "ru": ("Да", "Нет"), "tr": ("Evet", "Hayır"), "uk": ("Так", "Ні"),
    "ro": ("Da", "Nu"), "sk": ("Áno", "Nie"), "sl": ("Da", "Ne"), "sv": ("Ja", "Nej"),
}  # fmt: skip
"""Labels of a boolean's codes 1 and 0, which FHIR leaves to the screen."""

_COMMON = {
    "en": "the of you have how and to your with is are do not at in been yes no",
    "fr": "le la les des du vous avez votre et un une est que pas au avec oui non",
    "de": "der die das und sie haben ist nicht ein eine wie oft ihre ihr mit oder am ja nein",
    "es": "el los las usted y con su se una ha por cómo qué sí",
    "it": "il di che con sua le ha non lei e nella sì",
    "nl": "het een u van en uw heeft niet hoe met ja nee",
    "pt": "os as você com sua não uma em foi sim",
}
_SPOKEN_BY = {
    word: [language for language, words in _COMMON.items() if word in words.split()]
    for common in _COMMON.values()
    for word in common.split()
}
_LETTERS = {
    "ß": "de",
    "ä": "de",
    "ü": "de",
    "è": "fr",
    "ê": "fr",
    "ç": "fr",
    "ñ": "es",
    "¿": "es",
    "ã": "pt",
}
_SCRIPTS = {
    "CYRILLIC": "ru",
    "GREEK": "el",
    "ARABIC": "ar",
    "HEBREW": "he",
    "HANGUL": "ko",
    "CJK": "zh",
}
_KNOWN = (*_COMMON, *_SCRIPTS.values())
_FEWEST, _TIMES = 6, 4  # common words before a language is contradicted, against its own
_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Spoken:
    """One text that must stand in every language kept, and where it stands in the file."""

    where: str
    words: Words


def own_language(declared: str | None, spoken: Sequence[Spoken]) -> tuple[str, str | None]:
    """Return the language of the file's own texts, and a note when the file does not name it."""
    if declared:
        return declared, None
    same = Counter(
        language
        for one in spoken
        for language, text in one.words.items()
        if language != OWN and text == one.words.get(OWN) and _WORD.search(text)
    )
    if same:
        best = max(sorted(same), key=lambda language: same[language])
        return (
            best,
            f"the file names no language; its own texts are those of its {best} translation",
        )
    points = _points(one.words.get(OWN, "") for one in spoken)
    best = max(_KNOWN, key=lambda language: points[language])
    return best, f"the file names no language; by its words it was taken for {best}"


def complete(own: str, spoken: Sequence[Spoken]) -> tuple[list[str], list[str]]:
    """Return the languages that have every text, the file's own first, and why others have not."""
    found = {language for one in spoken for language in one.words if language != OWN} | {own}
    kept: list[str] = []
    left: list[str] = []
    for language in sorted(found, key=lambda one: (one != own, one)):
        gap = next((one for one in spoken if in_language(one.words, language, own) is None), None)
        if gap is None:
            kept.append(language)
        else:
            left.append(f"the language {language}: {gap.where} has no text in it")
    return kept, left


def in_language(words: Words, language: str, own: str) -> str | None:
    """Return the text in a language, None when it has none; a bare number serves them all."""
    if language in words:
        return words[language]
    text = words.get(OWN)
    if text is not None and (language == own or not _WORD.search(text)):
        return text
    return None


def other_language(language: str, texts: Iterable[str]) -> str | None:
    """Return the language that the texts plainly speak when it is another than they claim.

    None where the words are too few or where one of the two is not known by its words.
    """
    points = _points(texts)
    best = max(_KNOWN, key=lambda one: points[one])
    plain = points[best] >= max(_FEWEST, _TIMES * points[language])
    return best if language in _KNOWN and best != language and plain else None


def _points(texts: Iterable[str]) -> Counter[str]:
    points: Counter[str] = Counter()
    for text in texts:
        plain = text.casefold()
        for word in _WORD.findall(plain):
            points.update(_SPOKEN_BY.get(word, ()))
        for letter in plain:
            if letter.isascii():
                continue
            points[_LETTERS.get(letter, "")] += 1
            points[_SCRIPTS.get(unicodedata.name(letter, "").split(" ")[0], "")] += 1
    return points
