"""``records``: read the answers and write them as CSV."""

from __future__ import annotations

from pathlib import Path

import click

from qol.bootstrap.cli import Workshop
from qol.cli.exporting import export_csv
from qol.usecases.lab.export_records import Purpose


@click.group()
def records() -> None:
    """Export records; each export is an event of the ledger."""


@records.command()
@click.option("--programme", help="The programme's id; needed when there are several.")
@click.option("--format", "kind", type=click.Choice(["csv"]), required=True)
@click.option(
    "--output",
    type=click.Path(file_okay=False, path_type=Path),
    required=True,
    help="A folder; its files are made, never overwritten.",
)
@click.option(
    "--purpose",
    type=click.Choice([purpose.value for purpose in Purpose]),
    required=True,
    help="Why the records leave (EA-5.2-a).",
)
@click.option("--delimiter", type=click.Choice([",", ";"]), default=",")
@click.option("--bom", is_flag=True, help="Begin with a byte order mark, for spreadsheets.")
@click.pass_obj
def export(
    shop: Workshop,
    *,
    programme: str | None,
    kind: str,
    output: Path,
    purpose: str,
    delimiter: str,
    bom: bool,
) -> None:
    """Open, score and write every current record of a programme, and the codebook."""
    del kind
    chosen = programme or shop.only_programme()
    files = export_csv(shop, chosen, Purpose(purpose), output, (delimiter, bom))
    click.echo(f"{files.exported.count} records in {files.records}")
    click.echo(f"codebook in {files.codebook}")
    for administration in files.exported.unreadable:
        click.echo(f"administration {administration} does not open", err=True)
    if files.exported.unreadable:
        raise click.ClickException(
            f"{len(files.exported.unreadable)} records do not open; their rows say unreadable."
        )
