"""A code catches every slip of the finger, forgives every way of writing, and hides itself."""

import random
import re
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qol.domain.errors import PseudonymError
from qol.domain.pseudonym import (
    _PRODUCTS,
    _WEIGHTS,
    ALPHABET,
    LENGTH,
    Pseudonym,
    WrongLengthError,
    WrongSymbolError,
    _sum,
    _times,
    draw,
    parse,
)

PLACES = range(LENGTH)
VALUES = range(32)


def codes(count: int, seed: int = 1) -> list[Pseudonym]:
    dice = random.Random(seed)  # noqa: S311 – repeatable, and guards nothing
    return [draw(dice.randrange) for _ in range(count)]


def unfit(symbols: str) -> bool:
    try:
        Pseudonym(symbols)
    except WrongSymbolError:
        return True
    return False


def test_multiplication_is_that_of_a_field() -> None:
    for a in VALUES:
        assert _times(a, 1) == a
        assert _times(a, 0) == 0
        assert not a or sorted(_times(a, b) for b in VALUES) == list(VALUES)
        for b in VALUES:
            assert _times(a, b) == _times(b, a)


def test_weights_are_distinct_and_not_zero() -> None:
    assert len(set(_WEIGHTS)) == LENGTH
    assert 0 not in _WEIGHTS
    assert _WEIGHTS[-1] == 1


def test_the_sum_is_linear() -> None:
    for place in PLACES:
        for a in VALUES:
            for b in VALUES:
                assert _PRODUCTS[place][a] ^ _PRODUCTS[place][b] == _PRODUCTS[place][a ^ b]


def test_every_single_substitution_changes_the_sum() -> None:
    # The sum is linear, so what a change does depends on place and difference alone.
    for place in PLACES:
        for difference in VALUES[1:]:
            changed = [0] * LENGTH
            changed[place] = difference
            assert _sum(changed) != 0


def test_every_transposition_anywhere_changes_the_sum() -> None:
    for one, two in combinations(PLACES, 2):
        for difference in VALUES[1:]:
            changed = [0] * LENGTH
            changed[one] = changed[two] = difference
            assert _sum(changed) != 0


def test_random_codes_catch_every_slip() -> None:
    for code in codes(60):
        symbols = code.reveal()
        for place in PLACES:
            for symbol in ALPHABET:
                if symbol != symbols[place]:
                    assert unfit(symbols[:place] + symbol + symbols[place + 1 :])
        for one, two in combinations(PLACES, 2):
            swapped = list(symbols)
            swapped[one], swapped[two] = swapped[two], swapped[one]
            assert symbols[one] == symbols[two] or unfit("".join(swapped))


def test_codes_are_spread_evenly() -> None:
    drawn = codes(100_000)
    assert len({code.reveal() for code in drawn}) == len(drawn)
    expected = len(drawn) / 32
    for place in PLACES:
        counts = dict.fromkeys(ALPHABET, 0)
        for code in drawn:
            counts[code.reveal()[place]] += 1
        spread = sum((count - expected) ** 2 / expected for count in counts.values())
        assert 8 < spread < 75  # chi-squared, 31 degrees of freedom: one in 100 000 each side


def test_sixty_bits_are_drawn() -> None:
    asked: list[int] = []

    def lowest(bound: int) -> int:
        asked.append(bound)
        return 0

    draw(lowest)
    assert asked == [32] * 12


@pytest.mark.parametrize("code", codes(20, seed=2))
def test_printing_and_typing_agree(code: Pseudonym) -> None:
    printed = code.printed()
    assert [len(group) for group in printed.split()] == [4, 4, 5]
    forgiven = (
        printed,
        printed.lower(),
        code.reveal(),
        printed.replace(" ", "-"),
        printed.replace(" ", "\u00a0–\u202f"),
        f"\ufeff {printed}.\n",
        "_".join(printed),
        printed.replace("0", "o").replace("1", "l"),
        printed.replace("0", "O").replace("1", "I"),
    )
    for typed in forgiven:
        assert parse(typed) == code


@given(st.text(max_size=40))
def test_whatever_is_typed_is_a_code_or_a_refusal_that_hides_it(typed: str) -> None:
    try:
        parse(typed)
    except PseudonymError as error:
        said = str(error)
    else:
        return
    assert re.fullmatch(r"a code has 13 symbols, not \d+|one symbol of the code seems wrong", said)


@pytest.mark.parametrize(("typed", "count"), [("", 0), (" - ", 0), ("ABCD", 4), ("1" * 14, 14)])
def test_a_wrong_length_is_told_apart(typed: str, count: int) -> None:
    with pytest.raises(WrongLengthError) as caught:
        parse(typed)
    assert caught.value.typed == count
    assert isinstance(caught.value, PseudonymError)


@pytest.mark.parametrize("symbol", ["U", "é", "٣", "!", "\x00"])
def test_a_symbol_no_code_has_is_refused(symbol: str) -> None:
    with pytest.raises(WrongSymbolError):
        parse("0" * 12 + symbol)


def test_a_code_hides_itself() -> None:
    code = codes(1)[0]
    for shown in (repr(code), str(code), f"{code}", f"{[code]}", f"{code!r}"):
        assert code.reveal() not in shown
        assert code.printed() not in shown


def test_codes_compare_by_symbols() -> None:
    one, two = codes(2)
    assert one == parse(one.printed())
    assert hash(one) == hash(parse(one.printed()))
    assert one != two
    assert one != one.reveal()
