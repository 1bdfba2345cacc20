"""Where paper goes: new files of 0600, complete or not there."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from qol.domain.errors import NotAllowedError
from qol.usecases.lab.paper import Printed

Output = click.Path(dir_okay=False, path_type=Path)


def free(*paths: Path | None) -> None:
    """Refuse before anything is printed when a file is already there."""
    for path in paths:
        if path is not None and path.exists():
            raise NotAllowedError(f"{path} is already there and is not overwritten.")


def written(printed: Printed, output: Path, boxes: Path | None) -> None:
    """Write the PDF and, where asked, its box map; then say what identifies them."""
    with _new(output, printed.pdf):
        if boxes is not None:
            with _new(boxes, printed.boxes):
                pass
    click.echo(f"{printed.pages} pages in {output}, code {printed.code}")
    if boxes is not None:
        click.echo(f"box map in {boxes}")


def kept(pdf: bytes, output: Path) -> None:
    """Write a PDF that has no box map, and say where it is."""
    with _new(output, pdf):
        click.echo(f"{output} is written.")


@contextmanager
def _new(path: Path, content: bytes) -> Iterator[None]:
    """Write a file that was not there; gone again when what follows fails."""
    number = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(number, "wb") as out:
            out.write(content)
        yield
    except BaseException:
        path.unlink(missing_ok=True)
        raise
