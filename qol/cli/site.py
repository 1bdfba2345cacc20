"""``programme site``: the sites of a programme and their contracts."""

from __future__ import annotations

from datetime import datetime

import click

from qol.bootstrap.cli import Workshop
from qol.domain.site import Site
from qol.usecases.lab.programmes.sites import ListSites

_LACKING = "to complete"
_DAY = click.DateTime(["%Y-%m-%d"])


@click.group()
def site() -> None:
    """Register sites; without a contract in force a site gets no pseudonyms."""


@site.command()
@click.option("--programme", required=True, help="The programme's id.")
@click.option("--site", "code", required=True, help="The site's code.")
@click.option("--label", required=True, help="Its name.")
@click.option("--contract", required=True, help="The contract's reference.")
@click.option("--signed", type=_DAY, required=True, help="The day it was signed.")
@click.option("--from", "starts", type=_DAY, required=True, help="Its first day.")
@click.option("--to", "ends", type=_DAY, required=True, help="Its last day.")
@click.option("--security", required=True, help="Mailbox or telephone of the hospital's security.")
@click.pass_obj
def add(  # noqa: PLR0913 - one for each field of the contract
    shop: Workshop,
    *,
    programme: str,
    code: str,
    label: str,
    contract: str,
    signed: datetime,
    starts: datetime,
    ends: datetime,
    security: str,
) -> None:
    """Register a site, or its next contract."""
    days = {"starts": starts.date(), "ends": ends.date(), "signed": signed.date()}
    shop.register_site(Site(programme, code, label, contract, **days, security=security))
    click.echo(f"site {code} is registered")


@site.command()
@click.option("--programme", required=True, help="The programme's id.")
@click.option("--site", "code", required=True, help="The site's code.")
@click.pass_obj
def end(shop: Workshop, programme: str, code: str) -> None:
    """End a site's contract today."""
    shop.end_site(programme, code)
    click.echo(f"site {code} has no contract any more")


@site.command("list")
@click.argument("programme")
@click.pass_obj
def list_(shop: Workshop, programme: str) -> None:
    """List the sites of a programme and how their contracts stand."""
    for one, standing in ListSites(shop.store(), shop.clock)(programme):
        contract = f"{one.contract} {one.starts} to {one.ends}"
        signed = f"signed {one.signed or _LACKING}, security {one.security or _LACKING}"
        click.echo(f"{one.code}  {standing.value}  {contract}, {signed}")
