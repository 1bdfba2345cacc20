"""``instruments list`` and ``instruments catalogue``."""

from __future__ import annotations

import click

from qol.bootstrap.catalogue import described, page
from qol.bootstrap.cli import SHIPPED, TOP, Workshop
from qol.domain.licence import Term, term


@click.command("list")
@click.pass_obj
def list_(shop: Workshop) -> None:
    """List the questionnaires at hand and the releases published."""
    for found in shop.instruments():
        for line in described(found, shop.languages_of(found)):
            click.echo(line)
    if not shop.database_exists():
        click.echo("No database yet: nothing is published.")
        return
    today = shop.clock.today("UTC")
    with shop.store().reading() as unit:
        for release in unit.releases():
            standing = unit.standing(release.id)
            state = f"not approved: {standing.awaited}" if standing.awaited else "approved"
            click.echo(
                f"release {release.id}: {release.instrument.id} {release.instrument.version}"
                f" {release.wording.language}, {release.hash[:16]}, {state}"
            )
