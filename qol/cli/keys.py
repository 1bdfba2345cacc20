"""``keys``: made, listed, and registered by their fingerprints."""

from __future__ import annotations

from pathlib import Path

import click

from qol.bootstrap.cli import Workshop
from qol.bootstrap.keymaking import installation_keys, key_lines, year_keys


@click.group()
def keys() -> None:
    """Make and list keys."""


@keys.command()
@click.option(
    "--escrow-to",
    type=click.Path(path_type=Path),
    required=True,
    help="A folder outside the instance for the escrow half, such as a mounted stick.",
)
@click.option("--programme", help="Make the year's deposit and escrow pairs of this programme.")
@click.option("--year", type=click.IntRange(2000, 9999), help="This year when it is not named.")
@click.option("--custodian", default="", help="Who keeps the escrow half.")
@click.pass_obj
def generate(
    shop: Workshop, escrow_to: Path, programme: str | None, year: int | None, custodian: str
) -> None:
    """Make the installation's keys (once) and, with --programme, the keys of a year."""
    if installation_keys(shop):
        click.echo(f"installation keys are in {shop.config.keys.parent}")
    elif programme is None:
        raise click.ClickException(
            f"There are keys in {shop.config.keys.parent} already; name a --programme to make"
            " those of a year."
        )
    if programme is None:
        click.echo("Now 'database upgrade', then 'keys generate --programme …' for its first year.")
        return
    chosen = year or shop.clock.now().year
    year_keys(shop, programme, chosen, escrow_to, custodian)
    click.echo(f"keys of {programme} {chosen} are made and registered")
    click.echo(f"the escrow half is in {escrow_to}: take it away from this machine")


@keys.command("list")
@click.pass_obj
def list_(shop: Workshop) -> None:
    """List registered public keys and the copies of private halves."""
    for line in key_lines(shop):
        click.echo(line)
