"""Answers of many cases from a CSV file, for scoring outside the portal.

The first row names columns: item codes, in any order, and maybe ``case``. A cell is one of
the item's codes, the name of a state (``declined``), or empty: missing. UTF-8, with or
without a byte order mark, separated by commas or, as French spreadsheets do, by semicolons.
"""

from __future__ import annotations

import csv
import re
from _csv import Reader
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from qol.domain.answers import Answer, Code, State, settled
from qol.domain.errors import AnswersError
from qol.domain.instrument import Instrument, Item
from qol.domain.scoring import Scoring

CASE = "case"
MOST_TOLD = 20
_WHOLE = re.compile(r"0|-?[1-9][0-9]{0,6}")
_STATES = {state.value: state for state in State}


@dataclass(frozen=True, slots=True)
class Case:
    """One row: its number from 1, its name where the file has one, an answer for every item."""

    number: int
    name: str | None
    answers: dict[str, Answer]


class AnswersFile:
    """A file of answers to one instrument; its header is read and judged at once."""

    def __init__(self, path: Path, instrument: Instrument) -> None:
        """AnswersError names the columns that are unknown, missing or there twice."""
        self._path, self._instrument = path, instrument
        with self._reader() as reader:
            self.columns: list[str] = next(reader, [])
        _check_columns(self.columns, instrument, path.name)
        self._cells = {
            item.code: _Cells(item) for item in instrument.items if item.code in self.columns
        }
        self.left_out = tuple(
            code
            for code, items in Scoring(instrument).items_beneath.items()
            if not items & self._cells.keys()
        )
        """Scales none of whose items has a column: they stay without a value."""

    @property
    def named(self) -> bool:
        """Say whether the file names its cases."""
        return CASE in self.columns

    def check(self) -> int:
        """Read the whole file and count its cases; AnswersError lists its faults by row.

        It is read once more to be scored: nothing is written of a file with a fault.
        """
        faults: list[str] = []
        count = 0
        for count, line, row in self._rows():
            faults += [
                f"row {count} (line {line}), column {column}: {fault}"
                for column, cell in zip(self.columns, row, strict=True)
                if column != CASE and (fault := self._cells[column].fault(cell))
            ]
            if len(faults) >= MOST_TOLD:
                faults[MOST_TOLD:] = ["there may be more"]
                break
        if faults:
            raise AnswersError("\n".join(f"{self._path.name}: {fault}" for fault in faults))
        return count

    def cases(self) -> Iterator[Case]:
        """Give each case in order, its answers settled as a deposit's are."""
        for number, _, row in self._rows():
            given = dict(zip(self.columns, row, strict=True))
            name = given.pop(CASE, None)
            answers = {
                column: answer
                for column, cell in given.items()
                if (answer := self._cells[column].answer(cell)) is not None
            }
            yield Case(number, name, _complete(self._instrument, answers))

    def _rows(self) -> Iterator[tuple[int, int, list[str]]]:
        count = 0
        with self._reader() as reader:
            next(reader, None)
            for row in reader:
                if not row and len(self.columns) > 1:
                    continue  # a line without anything, as editors leave at the end
                count += 1
                cells = row or [""]
                if len(cells) != len(self.columns):
                    raise AnswersError(
                        f"{self._path.name}: row {count} (line {reader.line_num}): it has"
                        f" {len(cells)} cells for {len(self.columns)} columns"
                    )
                yield count, reader.line_num, cells

    @contextmanager
    def _reader(self) -> Iterator[Reader]:
        name = self._path.name
        with self._path.open(encoding="utf-8-sig", newline="") as file:
            try:
                first = file.readline()
                file.seek(0)
                delimiter = ";" if ";" in first and "," not in first else ","
                reader = csv.reader(file, delimiter=delimiter, strict=True)
                yield reader
            except UnicodeDecodeError:
                raise AnswersError(f"{name}: it is not UTF-8 text") from None
            except csv.Error:
                raise AnswersError(f"{name}: line {reader.line_num}: it is not CSV") from None


class _Cells:
    """What the cells of one column mean; the few different ones are read once each."""

    def __init__(self, item: Item) -> None:
        self._item = item
        self._known: dict[str, Answer | None] = {"": None}

    def answer(self, cell: str) -> Answer | None:
        """Give the answer; KeyError when the cell has a fault."""
        if cell not in self._known:
            if self.fault(cell):
                raise KeyError(self._item.code)
            self._known[cell] = _STATES.get(cell) or Code(int(cell))
        return self._known[cell]

    def fault(self, cell: str) -> str | None:
        """Say what is wrong with a cell, without repeating it; None when nothing is."""
        if cell in self._known or cell in _STATES:
            return None
        if cell != cell.strip():
            return "a space stands before or after the code"
        if not _WHOLE.fullmatch(cell):
            return "neither a whole number nor the name of a state"
        if not self._item.accepts(int(cell)):
            return f"not one of the item's codes ({_codes(self._item)})"
        return None


def _codes(item: Item) -> str:
    if item.codes:
        return ", ".join(str(code) for code in sorted(item.codes))
    more = "".join(f", {code}" for code in item.also)
    return f"{item.minimum} to {item.maximum}{more}"


def _check_columns(columns: list[str], instrument: Instrument, name: str) -> None:
    faults = []
    for column in dict.fromkeys(columns):
        if columns.count(column) > 1:
            faults.append(f"column {column or '(without a name)'}: it stands twice")
        elif column != CASE and column not in instrument.by_code:
            faults.append(
                f"column {column or '(without a name)'}: {instrument.id} has no such item"
            )
    for scale, items in Scoring(instrument).items_beneath.items():
        missing = [code for code in instrument.by_code if code in items and code not in columns]
        if len(missing) < len(items):
            faults += [f"column {code}: it is missing, and {scale} needs it" for code in missing]
    told: dict[str, str] = {}
    for fault in faults:
        told.setdefault(fault.partition(":")[0], fault)
    if not set(columns) & set(instrument.by_code):
        told = {"": f"the first row names no item of {instrument.id}", **told}
    if told:
        raise AnswersError(
            "\n".join(f"{name}: {fault}" for fault in list(told.values())[:MOST_TOLD])
        )


def _complete(instrument: Instrument, answers: dict[str, Answer]) -> dict[str, Answer]:
    """Settle, but keep a missing answer as unanswered: nobody is known to have declined."""
    found = settled(instrument, answers)
    return {
        code: State.UNANSWERED if code not in answers and answer is State.DECLINED else answer
        for code, answer in found.items()
    }
