"""``instruments list`` and ``instruments catalogue``."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import click

from qol.adapters.instruments.catalogue import catalogue_page, described
from qol.bootstrap.cli import SHIPPED, Workshop
from qol.domain.errors import InstrumentError
from qol.domain.instrument import Release
from qol.domain.licence import Term, term
from qol.usecases.lab.ports import LabUnit


@click.command("list")
@click.pass_obj
def list_(shop: Workshop) -> None:
    """List the questionnaires at hand and the releases published."""
    for line in _at_hand(shop):
        click.echo(line)
    if not shop.database_exists():
        click.echo("No database yet: nothing is published.")
        return
    today = shop.clock.today("UTC")
    with shop.store().reading() as unit:
        for release in unit.releases():
            click.echo(_published(unit, release, today))


@click.command()
def catalogue() -> None:
    """Write the page of the questionnaires that ship: docs/instruments.md."""
    click.echo(catalogue_page(SHIPPED), nl=False)


def _at_hand(shop: Workshop) -> Iterator[str]:
    for found in shop.instruments():
        name = f"{found.id} {found.version}"
        try:
            definition = shop.definition(found.id, found.version)
        except InstrumentError as error:
            yield f"{name}: {error}"
            continue
        languages = ", ".join(definition.wordings) or "none installed"
        yield f"{name}: {described(definition)}; wording: {languages}"


def _published(unit: LabUnit, release: Release, today: date) -> str:
    awaited = unit.standing(release.id).awaited
    name = f"{release.instrument.id} {release.instrument.version} {release.wording.language}"
    words = [f"release {release.id}: {name}", release.hash[:16], _licence(release, today)]
    words.append(f"not approved: {awaited}" if awaited else "approved")
    return ", ".join(words)


def _licence(release: Release, today: date) -> str:
    match term(release.licence_ends, today):
        case Term.NO_END:
            return "no end of licence"
        case Term.RUNNING:
            return f"licence until {release.licence_ends}"
        case Term.ENDING:
            return f"LICENCE ENDS on {release.licence_ends}"
    return f"LICENCE ENDED on {release.licence_ends}: nobody can begin it"
