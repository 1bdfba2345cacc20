"""The random code a patient types (SEC-ÉCH-5 case 1, EA-ÉCH-5-b).

Twelve symbols of five random bits and one check symbol, in Crockford's alphabet.
The check is a weighted sum over GF(32): weight ``a**i`` at place ``i`` with ``a`` a
generator of the field's 31 non-zero elements. Thirteen places have thirteen distinct
non-zero weights, so every single substitution and every transposition of two different
symbols, anywhere, changes the sum (proved exhaustively in the tests).
"""

from __future__ import annotations

from collections.abc import Callable

from qol.domain.errors import PseudonymError

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 13
_RANDOM_SYMBOLS = 12
_FORGIVEN = str.maketrans({"O": "0", "I": "1", "L": "1"})
_SPACES = "\t\r\n \u00a0\u202f\u2009\u200b\u200c\u200d\u2060\ufeff"
_DASHES = "-_.\u2010\u2011\u2012\u2013\u2014\u2212"
_IGNORED = frozenset(_SPACES + _DASHES)
_REDUCTION = 0b100101  # x^5 + x^2 + 1, primitive over GF(2)


class WrongLengthError(PseudonymError):
    """Too few or too many symbols; ``typed`` is how many there were."""

    def __init__(self, typed: int) -> None:
        """Keep the count only, never the symbols."""
        super().__init__(f"a code has {LENGTH} symbols, not {typed}")
        self.typed = typed


class WrongSymbolError(PseudonymError):
    """A symbol that no code has, or a check symbol that does not fit."""


def _times(left: int, right: int) -> int:
    product = 0
    while right:
        if right & 1:
            product ^= left
        left <<= 1
        if left & 0b100000:
            left ^= _REDUCTION
        right >>= 1
    return product


def _weights() -> tuple[int, ...]:
    powers = [1]
    while len(powers) < LENGTH:
        powers.append(_times(powers[-1], 2))
    return tuple(powers)


# The check symbol's own weight is one, so that it is the sum of the others.
_WEIGHTS = tuple(reversed(_weights()))
_PRODUCTS = tuple(tuple(_times(w, v) for v in range(32)) for w in _WEIGHTS)


def _sum(values: list[int]) -> int:
    total = 0
    for place, value in zip(_PRODUCTS, values, strict=False):
        total ^= place[value]
    return total


class Pseudonym:
    """A well-formed code. Its ``repr`` hides it; only ``reveal`` and ``printed`` show it."""

    __slots__ = ("_symbols",)

    def __init__(self, symbols: str) -> None:
        """Take thirteen symbols of the alphabet whose check fits; PseudonymError otherwise."""
        if len(symbols) != LENGTH:
            raise WrongLengthError(len(symbols))
        values = [ALPHABET.find(symbol) for symbol in symbols]
        if min(values) < 0 or _sum(values) != 0:
            raise WrongSymbolError("one symbol of the code seems wrong")
        self._symbols = symbols

    def __repr__(self) -> str:
        """Hide the code from logs and tracebacks."""
        return "Pseudonym(…)"

    def __eq__(self, other: object) -> bool:
        """Compare by symbols."""
        return isinstance(other, Pseudonym) and other._symbols == self._symbols

    def __hash__(self) -> int:
        """Hash by symbols."""
        return hash(self._symbols)

    def reveal(self) -> str:
        """Give the thirteen symbols, for the keyed digest and the sealed slip only."""
        return self._symbols

    def printed(self) -> str:
        """Give the code as slips show it: 4-4-5."""
        return f"{self._symbols[:4]} {self._symbols[4:8]} {self._symbols[8:]}"


def draw(below: Callable[[int], int]) -> Pseudonym:
    """Draw a code from ``below(32)``, a source of system randomness (EA-7.2-a1)."""
    values = [below(32) for _ in range(_RANDOM_SYMBOLS)]
    check = _sum(values)
    return Pseudonym("".join(ALPHABET[value] for value in (*values, check)))


def parse(typed: str) -> Pseudonym:
    """Read what a person typed: spaces, dashes, case, O/0 and I/L/1 are forgiven.

    Raises WrongLengthError or WrongSymbolError; neither carries what was typed.
    """
    symbols = "".join(c for c in typed.upper() if c not in _IGNORED).translate(_FORGIVEN)
    return Pseudonym(symbols)
