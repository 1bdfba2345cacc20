"""``instruments review``: what the holder of the rights is asked to approve."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from qol.bootstrap.cli import Workshop
from qol.bootstrap.paper import PaperShop
from qol.cli.paper_files import Output, free, written


@click.command()
@click.argument("name", metavar="ID")
@click.option("--output", type=Output, required=True, help="A new PDF file.")
@click.option("--version", help="The newest when it is not named.")
@click.option("--date", "day", type=click.DateTime(["%Y-%m-%d"]), help="Printed when given.")
@click.pass_obj
def review(
    shop: Workshop, *, name: str, output: Path, version: str | None, day: datetime | None
) -> None:
    """Print each item as on the screen and the paper form, in each language installed."""
    free(output)
    printed = PaperShop(shop).review(name, version, day.date() if day else None)
    written(printed, output, None)
