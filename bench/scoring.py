"""``python -m bench.scoring``: what scoring costs, against a hand-written loop in the same run.

The floor is what a statistician would write for this one questionnaire: tables of items, a
loop, floats; no check of codes, no provenance. Ours is the one code path that there is.
"""

from __future__ import annotations

import os
import platform
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from itertools import product
from pathlib import Path
from random import Random
from statistics import median

from qol.adapters.instruments.loading import load
from qol.domain.answers import Answer, Code, State
from qol.domain.scoring import Scoring

TOP = Path(__file__).parent.parent
RESULTS = Path(__file__).with_name("SCORING.md")
ROUNDS, CASES = 15, 400
C30 = {
    "QL": ((29, 30), 6, "g"), "PF": ((1, 2, 3, 4, 5), 3, "f"), "RF": ((6, 7), 3, "f"),
    "EF": ((21, 22, 23, 24), 3, "f"), "CF": ((20, 25), 3, "f"), "SF": ((26, 27), 3, "f"),
    "FA": ((10, 12, 18), 3, "s"), "NV": ((14, 15), 3, "s"), "PA": ((9, 19), 3, "s"),
    "DY": ((8,), 3, "s"), "SL": ((11,), 3, "s"), "AP": ((13,), 3, "s"), "CO": ((16,), 3, "s"),
    "DI": ((17,), 3, "s"), "FI": ((28,), 3, "s"),
}  # fmt: skip
FRENCH = (
    (0, 0.03759, 0.04774, 0.17949, 0.32509),
    (0, 0.03656, 0.050781, 0.172251, 0.258331),
    (0, 0.03313, 0.03979, 0.15689, 0.24005),
    (0, 0.02198, 0.04704, 0.26374, 0.44399),
    (0, 0.02046, 0.04683, 0.20005, 0.25803),
)
FRENCH_3L = (
    (0, 0.155, 0.372), (0, 0.212, 0.326), (0, 0.156, 0.189), (0, 0.112, 0.265), (0, 0.090, 0.204),
)  # fmt: skip
CHANCES = (
    (119 / 671, 15 / 208), (41 / 245, 35 / 144), (163 / 824, 67 / 204), (211 / 1061, 159 / 398),
    (219 / 1060, 79 / 161),
)  # fmt: skip
WALK = [
    {1: [(1, 1.0)], 2: [(1, p), (2, 1 - p)], 3: [(2, 1.0)], 4: [(2, 1 - q), (3, q)], 5: [(3, 1.0)]}
    for p, q in CHANCES
]
Row = tuple[int | None, ...]
HEAD = """# What scoring costs

Written by `make bench`; the ratios count, the absolute figures move with the machine.
{day:%Y-%m-%d}, Python {python}, {cores} cores; medians of {rounds} interleaved rounds, one process.

Ours gives every scale with its provenance (algorithm, version, items used, rule, reason) and
checks every code; the loop by hand does neither.

| scoring | ours, µs a case | by hand, µs a case | by hand over ours | wanted |
|---|---:|---:|---:|---:|
"""


def c30_by_hand(row: Row) -> dict[str, float | None]:
    """Score one QLQ-C30 as a script would."""
    found: dict[str, float | None] = {}
    for scale, (items, width, kind) in C30.items():
        given = [n for item in items if (n := row[item - 1]) is not None]
        if 2 * len(given) < len(items):
            found[scale] = None
            continue
        share = (sum(given) / len(given) - 1) / width
        found[scale] = (1 - share) * 100 if kind == "f" else share * 100
    parts = [
        (value if kind == "f" else None if value is None else 100 - value)
        for scale, (_, _, kind) in C30.items()
        if scale not in {"QL", "FI"}
        for value in [found[scale]]
    ]
    known = [part for part in parts if part is not None]
    found["C30SUMMARY"] = sum(known) / 13 if len(known) == len(parts) else None
    return found


def eq5d_by_hand(row: Row) -> dict[str, float | None]:
    """Value one EQ-5D-5L state: French 2020 set, crosswalk over its 3L states, the digits."""
    levels = [n for n in row if n]
    crossed = 0.0
    for state in product(*(WALK[place][n] for place, n in enumerate(levels))):
        chance, value = 1.0, 1.0
        for place, (level, part) in enumerate(state):
            chance *= part
            value -= FRENCH_3L[place][level - 1]
        crossed += chance * (value - (0.174 if any(level == 3 for level, _ in state) else 0.0))
    return {
        "fr_vt": 1 - sum(FRENCH[place][n - 1] for place, n in enumerate(levels)),
        "fr_cw": crossed,
        "profile": float("".join(map(str, levels))),
    }


def main() -> None:
    """Measure, print and keep."""
    random = Random(20260122)  # noqa: S311  made-up answers, the same in every run
    c30 = [
        tuple(
            None if random.random() < 0.05 else random.randint(1, 4 if n < 28 else 7)
            for n in range(30)
        )
        for _ in range(CASES)
    ]
    states: list[Row] = list(product(range(1, 6), repeat=5))
    rows = [
        measured("qlq-c30", [f"q{n}" for n in range(1, 31)], c30, c30_by_hand, "≥ 0.05"),
        measured("eq-5d-5l", ["MO", "SC", "UA", "PD", "AD"], states, eq5d_by_hand, "–"),
    ]
    head = HEAD.format(
        day=datetime.now(UTC),
        python=platform.python_version(),
        cores=os.cpu_count(),
        rounds=ROUNDS,
    )
    text = head + "\n".join(rows) + "\n"
    print(text)
    RESULTS.write_text(text, "utf-8")


def measured(
    name: str,
    codes: Sequence[str],
    rows: Sequence[Row],
    by_hand: Callable[[Row], dict[str, float | None]],
    wanted: str,
) -> str:
    """Give the table's row for one instrument, after checking that both agree."""
    instrument = load(TOP / "questionnaires", name).instrument
    scoring = Scoring(instrument)
    cases: list[dict[str, Answer]] = [
        {
            code: State.UNANSWERED if n is None else Code(n)
            for code, n in zip(codes, row, strict=True)
        }
        for row in rows
    ]
    for row, case in zip(rows, cases, strict=True):
        ours = {score.scale: score.value for score in scoring(case)}
        for scale, value in by_hand(row).items():
            assert (value is None) == (ours[scale] is None), (name, scale)  # noqa: S101
            assert value is None or abs(value - (ours[scale] or 0.0)) < 1e-9, (name, scale)  # noqa: S101
    ratios, mine, theirs = [], [], []
    for _ in range(ROUNDS):
        mine.append(_spent(scoring, cases) / len(cases))
        theirs.append(_spent(by_hand, rows) / len(rows))
        ratios.append(theirs[-1] / mine[-1])
    found = median(ratios)
    return (
        f"| {name}, {len(rows)} cases | {median(mine) * 1e6:.0f} | {median(theirs) * 1e6:.1f} "
        f"| {found:.3f} | {wanted} |"
    )


def _spent(work: Callable[..., object], cases: Sequence[object]) -> float:
    begun = time.process_time()
    for case in cases:
        work(case)
    return time.process_time() - begun


if __name__ == "__main__":
    main()
