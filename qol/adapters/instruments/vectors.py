"""Known answers and their scores: the definition is held to them each time it is read.

vectors.csv has one column an item (its code, or a state's name; empty is unanswered), one
a scale (its value, or the name of its band; empty is no value; ``-`` where the row's source
says nothing of this scale) and ``origin`` (where the row comes from, its kind and a colon
first). An item that has no column is unanswered in every row.
"""

from __future__ import annotations

import csv
import io

from qol.domain.answers import Answer, Code, State
from qol.domain.errors import InstrumentError
from qol.domain.instrument import Instrument
from qol.domain.scoring import Score, Scoring

ORIGIN = "origin"
KINDS = ("published", "package", "formula", "worked")
INDEPENDENT = frozenset({"published", "package"})
"""Kinds whose scores were not made by this project; the others guard against change only."""
NOT_TOLD = "-"
_EXACT = 1e-9  # what floating point may lose


def check_vectors(instrument: Instrument, text: str, file: str) -> int:
    """Check that scoring equals every row and that every scale has a value in one.

    Returns the number of rows; InstrumentError names file, line and column. A score printed
    with d decimals must agree to half a unit of the last one; a whole one exactly.
    """
    reader = csv.DictReader(io.StringIO(text), strict=True)
    try:
        columns = list(reader.fieldnames or ())
        _check_columns(instrument, columns, file)
        rows = [(reader.line_num, row) for row in reader]
    except csv.Error:
        raise InstrumentError(f"{file}: line {reader.line_num}: it is not CSV") from None
    scoring = Scoring(instrument)
    for line, row in rows:
        if None in row or None in row.values():
            raise InstrumentError(f"{file}: line {line}: it has not one cell for each column")
        _check_row(instrument, scoring, row, f"{file}: line {line}")
    for scale in instrument.scales:
        if not any(row[scale.code].strip(NOT_TOLD) for _, row in rows):
            raise InstrumentError(f"{file}: {scale.code}: this scale has no vector with a value")
    return len(rows)


def count_independent(text: str) -> tuple[int, int]:
    """Count the rows of checked vectors, and those whose scores others made."""
    rows = csv.DictReader(io.StringIO(text), strict=True)
    kinds = [row[ORIGIN].partition(":")[0] for row in rows]
    return len(kinds), sum(kind in INDEPENDENT for kind in kinds)


def _check_columns(instrument: Instrument, columns: list[str], file: str) -> None:
    scales = {scale.code for scale in instrument.scales}
    for column in columns:
        if column != ORIGIN and column not in scales and column not in instrument.by_code:
            raise InstrumentError(f"{file}: {column}: neither an item nor a scale")
        if columns.count(column) > 1:
            raise InstrumentError(f"{file}: {column}: the column stands twice")
    for column in (ORIGIN, *(scale.code for scale in instrument.scales)):
        if column not in columns:
            noun = "column" if column == ORIGIN else "scale"
            raise InstrumentError(f"{file}: {column}: this {noun} has no vectors")


def _check_row(instrument: Instrument, scoring: Scoring, row: dict[str, str], place: str) -> None:
    kind, _, said = row[ORIGIN].partition(":")
    if kind not in KINDS or not said.strip():
        raise InstrumentError(
            f"{place}: {ORIGIN}: it does not say where it comes from, as"
            f" {', '.join(f'{name}: …' for name in KINDS)}"
        )
    answers: dict[str, Answer] = {}
    for item in instrument.items:
        cell = row.get(item.code, "")
        answers[item.code] = _answer(cell, f"{place}: {item.code}")
        given = answers[item.code]
        if isinstance(given, Code) and not item.accepts(given.value):
            raise InstrumentError(f"{place}: {item.code}: it is not one of the item's codes")
    for scored in scoring(answers):
        if not _agree(row[scored.scale], scored, f"{place}: {scored.scale}"):
            gives = scored.value if scored.band is None else scored.band
            raise InstrumentError(
                f"{place}: {scored.scale}: scoring gives {gives}, not what is written"
            )


def _answer(cell: str, place: str) -> Answer:
    if not cell:
        return State.UNANSWERED
    try:
        return Code(int(cell)) if cell.lstrip("-").isdecimal() else State(cell)
    except ValueError:
        raise InstrumentError(f"{place}: neither a code nor a state") from None


def _agree(cell: str, found: Score, place: str) -> bool:
    if cell == NOT_TOLD:
        return True
    if not cell or found.value is None:
        return not cell and found.value is None
    if found.band is not None:
        return cell == found.band
    try:
        written = float(cell)
    except ValueError:
        raise InstrumentError(f"{place}: it is not a number") from None
    decimals = len(cell.partition(".")[2])
    tolerance = 0.5 * 10.0**-decimals if decimals else 0.0
    return abs(written - found.value) <= tolerance + _EXACT
