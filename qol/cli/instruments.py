"""``instruments``: questionnaires in, listed, checked, published, scored."""

from __future__ import annotations

from pathlib import Path

import click

from qol.bootstrap.cli import Workshop
from qol.cli.catalogue import catalogue, list_
from qol.cli.installing import install
from qol.cli.instrument_files import export
from qol.cli.publishing import approve, check, publish
from qol.cli.reviewing import review
from qol.cli.scoring import score
from qol.cli.selecting import select


@click.group()
def instruments() -> None:
    """Import, install, export, list, check, review, publish and score questionnaires."""


@instruments.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--id", "name", help="The instrument's id; else the file names it.")
@click.option("--drop", multiple=True, metavar="LINKID", help="Leave this number out.")
@click.pass_obj
def import_(shop: Workshop, file: Path, name: str | None, drop: tuple[str, ...]) -> None:
    """Make a definition and wording from the holder's FHIR R4 Questionnaire or CSV file."""
    folder, imported = shop.import_instrument(file, name, frozenset(drop))
    for sentence in imported.dropped:
        click.echo(f"left out: {sentence}")
    for sentence in imported.notes:
        click.echo(f"note: {sentence}")
    languages = ", ".join(wording.language for wording in imported.wordings) or "no language"
    click.echo(
        f"{imported.instrument.id} {imported.instrument.version}:"
        f" {len(imported.instrument.items)} items in {languages}, written to {folder}"
    )


for _command in (list_, catalogue, install, check, review, publish, approve, score, select, export):
    instruments.add_command(_command)
