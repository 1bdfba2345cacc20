"""Records and codebook as CSV (RFC 4180): one row an item, one row a score, as a stream."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TextIO

from qol.adapters.exports.codebook import COLUMNS as CODEBOOK_COLUMNS
from qol.adapters.exports.codebook import rows as codebook_rows
from qol.domain.answers import Answer, Code
from qol.domain.instrument import Release
from qol.domain.scoring import Score
from qol.usecases.lab.opened_record import OpenedRecord

COLUMNS = (
    "subject",
    "site",
    "timepoint",
    "instrument",
    "instrument_version",
    "release",
    "language",
    "mode",
    "respondent",
    "received_day",
    "answered_on",
    "row",
    "code",
    "value",
    "label",
    "state",
    "by",
    "algorithm",
    "algorithm_version",
    "items_used",
    "items_total",
    "rule",
    "reason",
)
# Full-width signs calculate too, in some spreadsheets.
_CALCULATES = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%", "＝", "＋", "－", "＠")
_BOM = "\ufeff"
Row = dict[str, object]


@dataclass(frozen=True, slots=True)
class Dialect:
    """How the files are to be opened: delimiter, and a byte order mark for spreadsheets."""

    delimiter: str = ","
    bom: bool = False


def safe(value: object) -> str:
    """Give a cell that no spreadsheet calculates: an apostrophe stands before a formula.

    Numbers stay as they are, negative ones too: they hold no formula.
    """
    if value is None:
        return ""
    text = _number(value) if isinstance(value, int | float) else str(value)
    if not isinstance(value, int | float) and text.startswith(_CALCULATES):
        return f"'{text}"
    return text


def _number(value: float) -> str:
    """Write 75.0 as 75 and keep every digit of what is no whole number."""
    return str(int(value)) if float(value).is_integer() else repr(float(value))


class _Writer:
    """A CSV file of fixed columns with CRLF line ends; the header is written first."""

    def __init__(self, out: TextIO, columns: Iterable[str], dialect: Dialect) -> None:
        self._columns = tuple(columns)
        if dialect.bom:
            out.write(_BOM)
        self._csv = csv.writer(out, delimiter=dialect.delimiter, lineterminator="\r\n")
        self._csv.writerow(self._columns)

    def write(self, row: Row) -> None:
        self._csv.writerow([safe(row.get(column)) for column in self._columns])


def records_csv(out: TextIO, dialect: Dialect) -> Callable[[OpenedRecord], None]:
    """Write the header and give what writes one record; open ``out`` with ``newline=""``."""
    writer = _Writer(out, COLUMNS, dialect)

    def take(record: OpenedRecord) -> None:
        for row in _rows(record):
            writer.write(row)

    return take


def codebook_csv(out: TextIO, releases: Iterable[Release], dialect: Dialect) -> None:
    """Write what every code of every release means; open ``out`` with ``newline=""``."""
    writer = _Writer(out, CODEBOOK_COLUMNS, dialect)
    for release in releases:
        for row in codebook_rows(release):
            writer.write(row)


def _rows(record: OpenedRecord) -> Iterator[Row]:
    head = _head(record)
    if record.body is None:
        yield {**head, "row": "unreadable"}
        return
    for item in record.release.instrument.items:
        answer = record.body.answers.get(item.code)
        yield {**head, "row": "item", "code": item.code, **_answer(record, item.code, answer)}
    for score in record.scores:
        yield {**head, "row": "score", "code": score.scale, **_score(score)}


def _head(record: OpenedRecord) -> Row:
    row, release, body = record.stored.administration, record.release, record.body
    return {
        "subject": record.stored.subject_reference,
        "site": record.stored.site,
        "timepoint": row.timepoint,
        "instrument": row.instrument,
        "instrument_version": release.instrument.version,
        "release": release.hash,
        "language": body.language if body else release.wording.language,
        "mode": row.mode.value,
        "respondent": body.respondent.value if body else None,
        "received_day": row.received_at.date().isoformat(),
        "answered_on": body.answered_on.isoformat() if body and body.answered_on else None,
    }


def _answer(record: OpenedRecord, code: str, answer: Answer | None) -> Row:
    if not isinstance(answer, Code):
        return {"state": answer.value if answer else "unanswered"}
    item = record.release.instrument.item(code)
    label = record.release.wording.label(item, answer.value) if item.response_set else None
    return {"value": answer.value, "label": label, "state": "answered", "by": answer.by}


def _score(score: Score) -> Row:
    return {
        "value": score.value,
        "label": score.band,
        "state": "scored" if score.value is not None else "not_scored",
        "algorithm": score.algorithm,
        "algorithm_version": score.version,
        "items_used": score.items_used,
        "items_total": score.items_total,
        "rule": score.rule,
        "reason": score.reason,
    }
