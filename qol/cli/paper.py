"""``paper``: what is printed."""

from __future__ import annotations

import click

from qol.cli.paper_slips import slips


@click.group()
def paper() -> None:
    """Print on paper."""


paper.add_command(slips)
