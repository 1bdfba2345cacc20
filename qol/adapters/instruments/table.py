"""A table somebody made in a spreadsheet: its one header, its rows and their lines."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass

from qol.adapters.instruments.fhir_in.imported import Source, shown


@dataclass(frozen=True, slots=True)
class Table:
    """Rows with the line each ends on; cells without spaces around them."""

    header: tuple[str, ...]
    rows: list[tuple[int, list[str]]]
    notes: list[str]


def read_rows(text: str, source: Source, *headers: tuple[str, ...]) -> Table:
    """Read commas or semicolons under one of these headers; InstrumentError on anything else."""
    first = text.split("\n", 1)[0].strip("\r")
    delimiter = ";" if ";" in first and "," not in first else ","
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        found = [(reader.line_num, row) for row in reader if any(cell.strip() for cell in row)]
    except csv.Error as problem:
        raise source.whole(f"line {reader.line_num} is not CSV: {shown(problem)}") from problem
    header = tuple(cell.strip().lower() for cell in found[0][1]) if found else ()
    if header not in headers:
        wanted = " or ".join(",".join(one) for one in headers)
        raise source.whole(f"the first line of the table must be {wanted}")
    for line, row in found[1:]:
        if len(row) != len(header):
            raise source.whole(f"line {line} has {len(row)} columns instead of {len(header)}")
    notes = ["the table is separated by semicolons and was read so"] if delimiter == ";" else []
    return Table(header, [(n, [cell.strip() for cell in row]) for n, row in found[1:]], notes)
