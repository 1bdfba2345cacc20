"""``python -m bench.slips [many]``: slips of a large batch, beside those of small ones.

The floor is a hundredfold of ten slips. What could grow with a batch: layout, memory, the
joining of parts, the structure of a long file.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, replace
from statistics import median

from qol.adapters.paper.press import Press
from qol.adapters.paper.slips import LIMITS, PaperSlips
from qol.adapters.words import read_catalogues
from tests.slip_sheets import slip_sheet

WANTED = 1.3
ROUNDS, MANY, FEW = 3, 1000, 10


@dataclass(frozen=True, slots=True)
class Slips:
    """Seconds of a large and of a small print, medians, and the median of the rounds' ratios."""

    many: float
    few: float
    ratio: float


def cost(rounds: int, many: int) -> Slips:
    """Measure both in turn, in a worker that is warm."""
    printer = PaperSlips(read_catalogues())
    with closing(Press(replace(LIMITS, jobs=1000))) as press:

        def seconds(count: int) -> float:
            begun = time.perf_counter()
            press.pdf(*printer.html(slip_sheet(count)))
            return time.perf_counter() - begun

        seconds(FEW)
        pairs = [(seconds(many), _middle(seconds)) for _ in range(rounds)]
    large, small = zip(*pairs, strict=True)
    ratios = [whole / (many / FEW * few) for whole, few in pairs]
    return Slips(median(large), median(small), median(ratios))


def _middle(seconds: Callable[[int], float]) -> float:
    """Give the median of a few small prints: one alone is at the mercy of the machine."""
    return median(seconds(FEW) for _ in range(5))


if __name__ == "__main__":
    wanted = int(sys.argv[1]) if len(sys.argv) > 1 else MANY
    found = cost(ROUNDS, wanted)
    print(f"{wanted} slips: {found.many:.1f} s; {FEW} slips: {1000 * found.few:.0f} ms")
    print(f"{wanted} against as many tens: {found.ratio:.2f}, wanted at most {WANTED}")
