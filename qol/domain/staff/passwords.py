"""Passwords of 15 characters or more, any composition, with a deny-list (EA-AUT-3, F-01).

Strength is counted in bits as somebody guesses who knows words and habits: a word, a run
(``12345``, ``azerty``) or a repeat is one choice, however long it is.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from math import log2

from qol.domain.errors import NotAllowedError
from qol.domain.staff.words import COMMON, KEYBOARDS

SHORTEST = 15
LONGEST = 1024
ENOUGH_BITS = 50
"""With growing delays and a second factor: case 2 of the recommendation (F-01.1)."""
WORD_BITS = 11.0
CONTEXT_BITS = 1.0
RUN_BITS = 6.0
_SHORT_WORD = 3
_POOLS = ((str.islower, 26), (str.isupper, 26), (str.isdecimal, 10), (str.isspace, 1))
_OTHER_POOL = 32


class PasswordError(NotAllowedError):
    """A password that is refused; ``key`` names the reason, never the password."""

    def __init__(self, key: str, sentence: str) -> None:
        super().__init__(sentence)
        self.key = key


def normal(password: str) -> str:
    """Give a password as it is hashed: composed, so that two keyboards write the same."""
    return unicodedata.normalize("NFC", password)


def _plain(text: str) -> str:
    """Give small letters without accents, for looking words up."""
    spread = unicodedata.normalize("NFKD", text.casefold())
    return "".join(sign for sign in spread if not unicodedata.combining(sign))


def _pool(password: str) -> int:
    found = sum(size for kind, size in _POOLS if any(kind(sign) for sign in password))
    known = any(not any(kind(sign) for kind, _ in _POOLS) for sign in password)
    return max(2, found + (_OTHER_POOL if known else 0))


def _word_at(text: str, at: int, words: frozenset[str]) -> int:
    """Give the length of the longest known word that begins here; 0 for none."""
    longest = max(map(len, words), default=0)
    for length in range(min(longest, len(text) - at), _SHORT_WORD - 1, -1):
        if text[at : at + length] in words:
            return length
    return 0


def _run_at(text: str, at: int) -> int:
    """Give how far a keyboard's row, an alphabet or one sign repeated goes from here."""
    best = 0
    for row in (*KEYBOARDS, text[at] * len(text)):
        for line in (row, row[::-1]):
            length = 0
            while at + length < len(text) and text[at : at + length + 1] in line:
                length += 1
            best = max(best, length)
    return best if best > _SHORT_WORD else 0


def _repeat_at(text: str, at: int) -> int:
    """Give the length of what was already said before this place, three signs or more."""
    length = 0
    while at + length < len(text) and text[at : at + length + 1] in text[:at]:
        length += 1
    return length if length >= _SHORT_WORD else 0


def strength(password: str, context: Iterable[str] = ()) -> int:
    """Estimate a password's strength in whole bits; ``context`` are words tied to the person."""
    text = _plain(password)
    near = frozenset(part for word in context for part in _plain(word).split() if len(part) > 1)
    each, bits, at = log2(_pool(password)), 0.0, 0
    while at < len(text):
        steps = (
            (_word_at(text, at, near), CONTEXT_BITS),
            (_repeat_at(text, at), CONTEXT_BITS),
            (_run_at(text, at), RUN_BITS),
            (_word_at(text, at, COMMON), WORD_BITS),
        )
        length, cost = max(steps, key=lambda step: step[0])
        if length and cost < length * each:
            bits, at = bits + cost, at + length
        else:
            bits, at = bits + each, at + 1
    return int(bits)


def check(password: str, context: Iterable[str] = ()) -> int:
    """Give the strength in bits; PasswordError when too short, too long or too easy."""
    if len(password) < SHORTEST:
        raise PasswordError(
            "password.short", f"A password has {SHORTEST} characters or more; spaces count."
        )
    if len(password) > LONGEST:
        raise PasswordError("password.long", f"A password has at most {LONGEST} characters.")
    bits = strength(password, context)
    if bits < ENOUGH_BITS:
        raise PasswordError(
            "password.easy",
            f"This password is too easy to guess ({bits} bits, {ENOUGH_BITS} are needed): "
            "add words that have nothing to do with you or with the portal.",
        )
    return bits
