"""``instruments``: questionnaires in, listed, published, scored."""

from __future__ import annotations

from pathlib import Path

import click

from qol.bootstrap.cli import Workshop
from qol.cli.installing import install
from qol.cli.scoring import score
from qol.cli.selecting import select


@click.group()
def instruments() -> None:
    """Import, list, publish and score questionnaires."""


for _command in (install, score, select):
    instruments.add_command(_command)


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
    languages = ", ".join(wording.language for wording in imported.wordings)
    click.echo(
        f"{imported.instrument.id} {imported.instrument.version}:"
        f" {len(imported.instrument.items)} items in {languages}, written to {folder}"
    )


@instruments.command("list")
@click.pass_obj
def list_(shop: Workshop) -> None:
    """List the questionnaires at hand and the releases published."""
    for found in shop.instruments():
        click.echo(f"{found.id} {found.version}  {found.folder}")
    if not shop.database_exists():
        click.echo("No database yet: nothing is published.")
        return
    with shop.store().reading() as unit:
        for release in unit.releases():
            approved = "approved" if release.approved else "not approved, demonstration only"
            click.echo(
                f"release {release.id}: {release.instrument.id} {release.instrument.version}"
                f" {release.wording.language}, {approved}, {release.hash[:16]}"
            )


@instruments.command("publish")
@click.argument("name", metavar="ID")
@click.option("--language", required=True)
@click.option("--version", help="The newest when it is not named.")
@click.option("--unapproved", is_flag=True, help="Publish without approval (demonstration only).")
@click.option("--authority", default="", help="Who validated the questionnaire.")
@click.option("--decision", default="", help="The decision's reference.")
@click.option("--decision-date", type=click.DateTime(["%Y-%m-%d"]))
@click.option("--licence", default="", help="The licence's reference.")
@click.option("--licence-ends", type=click.DateTime(["%Y-%m-%d"]))
@click.option("--certificate", default="", help="The translation certificate's reference.")
@click.pass_obj
def publish(
    shop: Workshop, /, name: str, language: str, version: str | None, **decision: object
) -> None:
    """Freeze one questionnaire in one language under its hashes (EA-7.3-b)."""
    row = shop.publish(name, version, language, decision)
    click.echo(f"release {row}: {name} in {language}")
