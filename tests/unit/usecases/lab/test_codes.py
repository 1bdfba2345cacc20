"""A code depends on the dice and on nothing else: not site, sequence, number or anybody."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from qol.domain.pseudonym import ALPHABET, Pseudonym, draw
from qol.usecases.lab.issue_pseudonyms import MOST, IssuePseudonyms, Wish
from qol.usecases.lab.pseudonyms import Mint
from tests.fakes import FixedClock, PlainDigests
from tests.unit.usecases.lab_fakes import FakeLabStore, PlainPacker, PlainSlips, open_to

MANY = 10_000
SITES = st.from_regex(r"\A[A-Za-z0-9][A-Za-z0-9-]{0,31}\Z")


@dataclass
class TwoDice:
    """Dice whose numbers and references come from two bags: one cannot lend to the other."""

    seed: int
    numbers: Random = field(init=False)
    references: Random = field(init=False)

    def __post_init__(self) -> None:
        self.numbers = Random(self.seed)  # noqa: S311 - a test repeats
        self.references = Random(self.seed + 1)  # noqa: S311 - likewise

    def below(self, bound: int) -> int:
        return self.numbers.randrange(bound)

    def reference(self) -> str:
        return f"{self.references.getrandbits(80):026d}"


def issued(seed: int, site: str, counts: tuple[int, ...], taken: int = 0) -> list[Pseudonym]:
    """The codes of batches of a site, one batch after another."""
    store = FakeLabStore(open_to(site))
    mint = Mint(TwoDice(seed), PlainDigests(), PlainSlips(), demonstration=True)
    issue = IssuePseudonyms(store, mint, FixedClock(), PlainPacker())
    found = []
    for number, count in enumerate(counts, taken):
        batch = issue("demo", site, count, f"actor-{number}", Wish(f"{number:026d}"))
        found += [one.pseudonym for one in batch.issued if one.pseudonym]
    return found


@given(st.integers(0, 2**32), SITES, SITES, st.integers(1, 4))
def test_the_same_dice_give_the_same_codes_whatever_the_site(
    seed: int, one: str, other: str, count: int
) -> None:
    assert issued(seed, one, (count,)) == issued(seed, other, (count,), taken=7)


@given(st.integers(0, 2**32), SITES, st.integers(1, 4))
def test_a_code_is_what_the_dice_show_and_nothing_more(seed: int, site: str, count: int) -> None:
    numbers = Random(seed)  # noqa: S311 - the same bag
    assert issued(seed, site, (count,)) == [draw(numbers.randrange) for _ in range(count)]


def test_ten_thousand_codes_are_distinct_valid_and_favour_no_symbol() -> None:
    codes = [code.reveal() for code in issued(5, "CHU-2", (MOST,) * (MANY // MOST))]
    assert len(set(codes)) == MANY
    assert all(Pseudonym(code) for code in codes)  # the check fits, or it raises
    wanted = MANY / len(ALPHABET)
    for place in range(13):
        seen = [code[place] for code in codes]
        # 31 degrees of freedom: above 90 once in ten million.
        unlike = sum((seen.count(symbol) - wanted) ** 2 / wanted for symbol in ALPHABET)
        assert unlike < 90, place


def test_neighbours_in_a_batch_share_no_more_than_strangers_do() -> None:
    codes = [code.reveal() for code in issued(6, "CHU-2", (MOST,))]
    for length, most in ((2, 20), (4, 2)):
        shared = sum(a[:length] == b[:length] for a, b in itertools.pairwise(codes))
        assert shared <= most  # 2 and 0.002 are expected
