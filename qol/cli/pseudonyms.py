"""``pseudonyms``: issue, activate, revoke, replace."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

import click

from qol.bootstrap.cli import Workshop
from qol.domain.revoking import RevokeReason
from qol.domain.staff.permissions import Permission
from qol.usecases.lab.issue_pseudonyms import MOST
from qol.usecases.lab.pseudonyms import Issued, Place

_Command = Callable[..., Any]


def _at_site(command: _Command) -> _Command:
    command = click.option("--site", required=True, help="The site's code.")(command)
    return click.option("--programme", required=True, help="The programme's id.")(command)


def _on_sheet(command: _Command) -> _Command:
    return _at_site(click.option("--sheet", required=True, help="The sheet number.")(command))


@click.group()
def pseudonyms() -> None:
    """Issue, activate, revoke and replace pseudonyms."""


@pseudonyms.command()
@_at_site
@click.option("--count", type=click.IntRange(1, MOST), required=True)
@click.pass_obj
def issue(shop: Workshop, programme: str, site: str, count: int) -> None:
    """Issue a batch to a site. In a demonstration its codes are printed, once."""
    act = shop.issue()
    batch = act(programme, site, count, _actor(shop, programme))
    click.echo(f"batch {batch.reference}: {len(batch.issued)} sheets for site {site}")
    _tell(batch.issued)


@pseudonyms.command()
@_on_sheet
@click.option("--day-zero", type=click.DateTime(["%Y-%m-%d"]), required=True)
@click.pass_obj
def activate(shop: Workshop, programme: str, site: str, sheet: str, day_zero: datetime) -> None:
    """Make a sheet's code usable from the subject's day zero on."""
    act = shop.activate()
    act(Place(programme, site, sheet), day_zero.date(), _actor(shop, programme))
    click.echo(f"sheet {sheet.upper()} is active")


@pseudonyms.command()
@_on_sheet
@click.option("--reason", type=click.Choice(list(RevokeReason)), default=RevokeReason.LOST)
@click.pass_obj
def revoke(shop: Workshop, programme: str, site: str, sheet: str, reason: RevokeReason) -> None:
    """Make a subject's code useless at once; what was deposited stays."""
    act = shop.revoke()
    act(Place(programme, site, sheet), _actor(shop, programme), RevokeReason(reason))
    click.echo(f"sheet {sheet.upper()} is revoked")


@pseudonyms.command()
@_on_sheet
@click.pass_obj
def replace(shop: Workshop, programme: str, site: str, sheet: str) -> None:
    """Give a subject a new code and kill the old one at once."""
    act = shop.replace()
    issued = act(Place(programme, site, sheet), _actor(shop, programme))
    click.echo(f"sheet {sheet.upper()} is replaced by sheet {issued.sheet_number}")
    _tell((issued,))


def _actor(shop: Workshop, programme: str) -> str:
    return shop.keyboard.acting(Permission.ISSUE_PSEUDONYMS, programme)


def _tell(issued: tuple[Issued, ...]) -> None:
    for sheet in issued:
        if sheet.pseudonym is None:
            click.echo(f"sheet {sheet.sheet_number}")
        else:
            click.echo(f"sheet {sheet.sheet_number}  {sheet.pseudonym.printed()}")
    if all(sheet.pseudonym for sheet in issued):
        click.echo("A demonstration shows codes. They are kept nowhere: write them down now.")
    else:
        click.echo("The codes are sealed for the slips; no command shows them.")
