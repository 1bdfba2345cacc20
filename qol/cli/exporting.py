"""Where an export's files go: new files of 0600, complete or not there."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from qol.adapters.exports.csv_out import Dialect, codebook_csv, records_csv
from qol.bootstrap.cli import Workshop
from qol.domain.errors import NotAllowedError
from qol.domain.instrument import Release
from qol.domain.staff.permissions import Permission
from qol.usecases.lab.export_records import Exported, Purpose
from qol.usecases.lab.opened_record import OpenedRecord


@dataclass(frozen=True, slots=True)
class ExportFiles:
    """The two files and what the export read."""

    records: Path
    codebook: Path
    exported: Exported


def export_csv(
    shop: Workshop, programme: str, purpose: Purpose, output: Path, how: tuple[str, bool]
) -> ExportFiles:
    """Write ``records`` and ``codebook`` CSV of a programme into a folder."""
    dialect = Dialect(*how)
    act = shop.export()
    actor = shop.keyboard.acting(Permission.EXPORT_RECORDS, programme)
    output.mkdir(mode=0o700, parents=True, exist_ok=True)
    stamp = shop.clock.now().strftime("%Y%m%dT%H%M%SZ")
    records = output / f"{programme}-{stamp}-records.csv"
    codebook = output / f"{programme}-{stamp}-codebook.csv"
    with new_file(records) as rows, new_file(codebook) as codes:

        def begin(releases: tuple[Release, ...]) -> Callable[[OpenedRecord], None]:
            codebook_csv(codes, releases, dialect)
            return records_csv(rows, dialect)

        exported = act(programme, purpose, actor, begin)
    return ExportFiles(records, codebook, exported)


@contextmanager
def new_file(path: Path) -> Iterator[TextIO]:
    """Open a file that was not there, readable by its owner only; gone again on failure."""
    try:
        number = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise NotAllowedError(f"{path} is already there and is not overwritten.") from None
    try:
        with os.fdopen(number, "w", encoding="utf-8", newline="") as out:
            yield out
    except BaseException:
        path.unlink(missing_ok=True)
        raise
