"""The shared tables of vectors, as answers by item code and expected scores by scale code."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

VECTORS = Path(__file__).parents[4] / "shared" / "instruments" / "vectors"
ABSENT = (
    "the shared tables of vectors are not part of the project; its own copies are in vectors.csv"
)
DIMENSIONS = ("MO", "SC", "UA", "PD", "AD")


@dataclass(frozen=True)
class Row:
    """One case: cells as a user would write them, and scores as text (empty: no value)."""

    answers: dict[str, str]
    scores: dict[str, str]


@dataclass(frozen=True)
class Table:
    """A table of one instrument; ``decimals`` where it is not what the table prints."""

    file: str
    instrument: str
    decimals: dict[str, int]

    def __str__(self) -> str:
        return f"{self.instrument}-{self.file}"


TABLES = (
    Table("eq5d5l_fr.csv", "eq-5d-5l", {"fr_vt": 6, "fr_cw": 3}),
    Table("eq5d3l_fr.csv", "eq-5d-3l", {"fr_tto": 6}),
    Table("qlq_c30.csv", "qlq-c30", {}),
    Table("rand36.csv", "rand-36", {}),
    Table("sf36v1_standard_scoring_reference10.csv", "sf-36", {}),
    Table("sf36v1_standard_scoring_generated30.csv", "sf-36", {}),
    Table("fact_g.csv", "fact-g", {}),
    Table("phq9.csv", "phq-9", {}),
    Table("gad7.csv", "gad-7", {}),
    Table("who5.csv", "who-5", {}),
    Table("promis_global10.csv", "promis-global-10", {}),
    Table("hads.csv", "hads", {}),
    Table("dlqi.csv", "dlqi", {}),
    Table("esas_r.csv", "esas-r", {}),
    Table("wpai.csv", "wpai-gh", {}),
    Table("wpai.csv", "wpai-shp", {}),
    Table("whodas12.csv", "whodas-12", {}),
    Table("cdc_hrqol4.csv", "cdc-hrqol-4", {}),
)


def rows(table: Table, items: set[str], scales: set[str]) -> Iterator[Row]:
    """Read a table: an item's column is its header up to the first underscore."""
    with (VECTORS / table.file).open(encoding="utf-8-sig", newline="") as file:
        for cells in csv.DictReader(file):
            if "state" in cells:
                yield _state(cells)
                continue
            answers, scores = {}, {}
            for column, cell in cells.items():
                code = column.split("_")[0]
                if column in scales:
                    scores[column] = cell
                elif code in items:
                    answers[code] = _turned(column, cell)
            yield Row(answers, scores)


def _state(cells: dict[str, str]) -> Row:
    answers = dict(zip(DIMENSIONS, cells["state"], strict=True)) | {"VAS": ""}
    scores = {
        column.rpartition("_")[0]: cell
        for column, cell in cells.items()
        if column.endswith("_fragla")
    }
    return Row(answers, scores)


def _turned(column: str, cell: str) -> str:
    """Turn a recoded answer back into the code that was answered."""
    return str(6 - int(cell)) if "as_scored" in column and cell else cell
