"""``database``: its tables, its rights, its settings."""

from __future__ import annotations

import click

from qol.bootstrap import database as doing
from qol.bootstrap.cli import Workshop


@click.group()
def database() -> None:
    """Make and check the database."""


@database.command()
@click.pass_obj
def upgrade(shop: Workshop) -> None:
    """Make the database, or bring its tables to this version."""
    doing.upgrade(shop.config)
    click.echo("the database is up to date")


@database.command()
@click.pass_obj
def grants(shop: Workshop) -> None:
    """Write each face's rights (PostgreSQL only; SQLite has none)."""
    click.echo(doing.grants(shop.config))


@database.command()
@click.pass_obj
def check(shop: Workshop) -> None:
    """Check version and durability."""
    doing.check(shop.config)
    click.echo("the database is in order")
