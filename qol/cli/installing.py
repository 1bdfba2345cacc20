"""``instruments install``: the holder's wording for a definition at hand."""

from __future__ import annotations

from pathlib import Path

import click

from qol.bootstrap.cli import Workshop
from qol.bootstrap.installing import plan, write


@click.command()
@click.argument("name", metavar="ID")
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--map",
    "map_path",
    type=click.Path(path_type=Path),
    metavar="MAP.csv",
    help="Which question is which item, where the file's own codes do not say.",
)
@click.option("--version", help="The newest when it is not named.")
@click.option("--replace", is_flag=True, help="Replace a language that is there already.")
@click.pass_obj
def install(
    shop: Workshop,
    /,
    name: str,
    file: Path,
    map_path: Path | None,
    version: str | None,
    *,
    replace: bool,
) -> None:
    """Take the wording of a definition from the holder's FHIR R4 Questionnaire or CSV file.

    The whole mapping is printed before anything is written.
    """
    planned = plan(shop, name, version, file, map_path)
    for line in planned.mapping:
        click.echo(line)
    for line in planned.left:
        click.echo(f"left out: {line}")
    for line in planned.notes:
        click.echo(f"note: {line}")
    folder = write(shop, planned, replace=replace)
    languages = ", ".join(wording.language for wording in planned.wordings)
    instrument = planned.definition.instrument
    click.echo(f"{instrument.id} {instrument.version}: {languages} written to {folder}")
