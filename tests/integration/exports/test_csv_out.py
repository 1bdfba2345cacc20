import csv
import io
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qol.adapters.exports.codebook import COLUMNS as CODEBOOK_COLUMNS
from qol.adapters.exports.csv_out import COLUMNS, Dialect, codebook_csv, records_csv, safe
from qol.domain.administration import Administration, Body, Mode
from qol.domain.answers import Code, settled
from qol.domain.instrument import ItemWording, Release
from qol.domain.scoring import score
from qol.usecases.lab.opened_record import OpenedRecord
from qol.usecases.lab.ports import StoredRecord
from tests import builders

RELEASE = builders.releases()[0]


def _record(release: Release = RELEASE) -> OpenedRecord:
    given = {
        item.code: Code(item.codes[0] if item.codes else item.minimum)
        for item in release.instrument.items
    }
    answers = settled(release.instrument, given)
    row = Administration(
        "adm1",
        1,
        "demo",
        1,
        "t0",
        release.instrument.id,
        release.id,
        Mode.SELF_ONLINE,
        datetime(2026, 11, 22, 23, 59, tzinfo=UTC),
        "v",
        b"",
        "k",
        "e",
    )
    body = Body(answers, "fr", answered_on=date(2026, 11, 21))
    stored = StoredRecord(row, "subject1", "A")
    return OpenedRecord(stored, release, body, tuple(score(release.instrument, answers)))


def _written(records: Iterable[OpenedRecord], dialect: Dialect | None = None) -> str:
    out = io.StringIO(newline="")
    take = records_csv(out, dialect or Dialect())
    for record in records:
        take(record)
    return out.getvalue()


def _read(text: str, delimiter: str = ",") -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))


def test_one_row_an_item_and_one_a_score() -> None:
    record = _record()
    rows = _read(_written([record]))
    assert tuple(rows[0]) == COLUMNS
    items = [row for row in rows if row["row"] == "item"]
    assert [row["code"] for row in items] == [item.code for item in RELEASE.instrument.items]
    assert [r["code"] for r in rows if r["row"] == "score"] == [s.scale for s in record.scores]
    assert {row["received_day"] for row in rows} == {"2026-11-22"}
    assert {row["answered_on"] for row in rows} == {"2026-11-21"}
    assert {row["subject"] for row in rows} == {"subject1"}


def test_a_label_is_that_of_the_release() -> None:
    item = next(item for item in RELEASE.instrument.items if item.codes)
    row = next(row for row in _read(_written([_record()])) if row["code"] == item.code)
    assert row["label"] == RELEASE.wording.label(item, item.codes[0])
    assert (row["value"], row["state"]) == (str(item.codes[0]), "answered")


def test_a_record_that_does_not_open_has_one_row_that_says_so() -> None:
    rows = _read(_written([replace(_record(), body=None, scores=())]))
    assert [(row["row"], row["value"]) for row in rows] == [("unreadable", "")]


def test_lines_end_as_rfc_4180_says() -> None:
    text = _written([_record()])
    assert text.endswith("\r\n")
    assert text.count("\n") == text.count("\r\n")


def test_delimiter_and_byte_order_mark() -> None:
    text = _written([_record()], Dialect(";", bom=True))
    assert text.startswith("\ufeff")
    assert _read(text.removeprefix("\ufeff"), ";") == _read(_written([_record()]))


@pytest.mark.parametrize("first", ["=", "+", "-", "@", "\t", "\r", "\n", "|", "%"])
def test_no_cell_is_a_formula(first: str) -> None:
    assert safe(f"{first}HYPERLINK(1)") == f"'{first}HYPERLINK(1)"
    item = RELEASE.instrument.items[0]
    words = {**RELEASE.wording.items, item.code: ItemWording(f"{first}1+1")}
    injected = replace(RELEASE, wording=replace(RELEASE.wording, items=words))
    out = io.StringIO(newline="")
    codebook_csv(out, [injected], Dialect())
    texts = [row["text"] for row in _read(out.getvalue()) if row["row"] == "item"]
    assert texts[0] == f"'{first}1+1"


def test_numbers_stay_numbers() -> None:
    assert [safe(value) for value in (-3, -2.5, 75.0, 0, None)] == ["-3", "-2.5", "75", "0", ""]


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"])), min_size=1, max_size=5))
def test_every_text_comes_back(texts: list[str]) -> None:
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([safe(text) for text in texts])
    (row,) = csv.reader(io.StringIO(out.getvalue(), newline=""), strict=True)
    assert [cell.removeprefix("'") for cell in row] == [text.removeprefix("'") for text in texts]


def test_the_codebook_says_what_every_exported_code_means() -> None:
    out = io.StringIO(newline="")
    codebook_csv(out, [RELEASE], Dialect())
    book = _read(out.getvalue())
    assert tuple(book[0]) == CODEBOOK_COLUMNS
    known = {(row["row"], row["code"], row["value"]) for row in book}
    bounded = {row["code"] for row in book if row["row"] == "item" and row["maximum"]}
    for row in _read(_written([_record()])):
        if row["row"] == "item" and row["state"] == "answered" and row["code"] not in bounded:
            assert ("option", row["code"], row["value"]) in known
        if row["row"] == "score":
            assert ("scale", row["code"], "") in known
        if row["row"] == "item" and row["state"] != "answered":
            assert ("state", row["state"], "") in known
