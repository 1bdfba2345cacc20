"""Scores of many cases as CSV (values) or JSON (values and how they came to be), streamed."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from typing import TextIO

from qol.adapters.exports.csv_out import safe
from qol.domain.instrument import Instrument
from qol.domain.scoring import Score

Take = Callable[[str | None, Sequence[Score]], None]
"""Writes one case: its name, if cases have names, and its scores."""


@contextmanager
def scores_csv(out: TextIO, instrument: Instrument, *, named: bool) -> Iterator[Take]:
    """Write one row a case: a column a scale, its value or its band's name; empty for none."""
    columns = [*(["case"] if named else []), *(scale.code for scale in instrument.scales)]
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(columns)

    def take(case: str | None, scores: Sequence[Score]) -> None:
        values = [score.value if score.band is None else score.band for score in scores]
        writer.writerow([safe(cell) for cell in [*([case] if named else []), *values]])

    yield take


@contextmanager
def scores_json(
    out: TextIO, instrument: Instrument, hashes: dict[str, str], *, named: bool
) -> Iterator[Take]:
    """Write one JSON document; each score says algorithm, version, items used, rule and reason.

    ``hashes`` name what was scored with: the definition and its scoring.
    """
    head = {"instrument": instrument.id, "version": instrument.version, **hashes}
    out.write(json.dumps(head)[:-1] + ', "cases": [')
    count = 0

    def take(case: str | None, scores: Sequence[Score]) -> None:
        nonlocal count
        count += 1
        row = {
            "row": count,
            **({"case": case} if named else {}),
            "scores": {score.scale: _plain(score) for score in scores},
        }
        out.write(("," if count > 1 else "") + "\n" + json.dumps(row, ensure_ascii=False))

    yield take
    out.write("\n]}\n")


def _plain(score: Score) -> dict[str, object]:
    return {name: value for name, value in asdict(score).items() if name != "scale"}
