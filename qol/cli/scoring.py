"""``instruments score``: a file of answers becomes a file of scores, outside the portal."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

import click

from qol.adapters.exports.scores_out import scores_csv, scores_json
from qol.adapters.instruments.answers_csv import AnswersFile
from qol.adapters.instruments.canonical import questions_sha256, scoring_sha256
from qol.bootstrap.cli import Workshop
from qol.cli.exporting import new_file
from qol.domain.scoring import Scoring


@click.command()
@click.argument("name", metavar="ID")
@click.option(
    "--answers",
    "file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    required=True,
    help="A CSV file whose columns are item codes; an empty cell is a missing answer.",
)
@click.option("--version", help="The newest when it is not named.")
@click.option("--format", "kind", type=click.Choice(["csv", "json"]), default="csv")
@click.option("--output", type=click.Path(path_type=Path), help="A new file; else the screen.")
@click.pass_obj
def score(
    shop: Workshop, /, name: str, file: Path, version: str | None, kind: str, output: Path | None
) -> None:
    """Score a file of answers: one row a case, one column a scale.

    JSON also says how each score came to be. Nothing is written of a file with a fault;
    nothing is stored.
    """
    instrument = shop.definition(name, version).instrument
    answers = AnswersFile(file, instrument)
    answers.check()
    for scale in answers.left_out:
        click.echo(f"note: the file has no item of {scale}, which stays empty", err=True)
    scoring = Scoring(instrument)
    hashes = {
        "questions_sha256": questions_sha256(instrument),
        "scoring_sha256": scoring_sha256(instrument),
    }
    with _out(output) as out:
        writing = (
            scores_csv(out, instrument, named=answers.named)
            if kind == "csv"
            else scores_json(out, instrument, hashes, named=answers.named)
        )
        with writing as take:
            for case in answers.cases():
                take(case.name, scoring(case.answers))


@contextmanager
def _out(path: Path | None) -> Iterator[TextIO]:
    if path is None:
        # Bytes as they are written: the console would make \r\r\n of a CSV line's end.
        yield sys.stdout
        return
    with new_file(path) as out:
        yield out
