"""``instruments select``: the items that a protocol asks, out of a library."""

from __future__ import annotations

import click

from qol.bootstrap.cli import Workshop


@click.command()
@click.argument("name", metavar="LIBRARY")
@click.option("--id", "made", required=True, help="The id of the instrument to make.")
@click.option(
    "--items", "codes", required=True, metavar="CODE,CODE", help="The items, separated by commas."
)
@click.option("--version", help="The newest when it is not named.")
@click.pass_obj
def select(shop: Workshop, /, name: str, made: str, codes: str, version: str | None) -> None:
    """Make an instrument of a library's items; written into the instance folder."""
    wanted = [code.strip() for code in codes.split(",") if code.strip()]
    folder, chosen = shop.select(name, version, made, wanted)
    click.echo(
        f"{chosen.id} {chosen.version}: {len(chosen.items)} items and {len(chosen.scales)} scales"
        f" of {name}, written to {folder}"
    )
