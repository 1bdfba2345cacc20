"""``instruments check`` and ``instruments publish``."""

from __future__ import annotations

import click

from qol.bootstrap.checking import checked
from qol.bootstrap.cli import Workshop
from qol.domain.fitness import State


@click.command()
@click.argument("name", metavar="ID")
@click.option("--language", help="One language; else all that are installed.")
@click.option("--version", help="The newest when it is not named.")
@click.pass_obj
def check(shop: Workshop, name: str, language: str | None, version: str | None) -> None:
    """Say everything a person would check; exit code 1 when something needed is missing."""
    findings = checked(shop.definition(name, version), language)
    for one in findings:
        click.echo(f"{one.state}: {one.rule}: {one.said}")
    missing = sum(one.state is State.MISSING for one in findings)
    if missing:
        raise click.ClickException(f"{name} cannot be published yet: {missing} missing above.")


@click.command()
@click.argument("name", metavar="ID")
@click.option("--language", required=True)
@click.option("--version", help="The newest when it is not named.")
@click.option("--unapproved", is_flag=True, help="Publish without approval (demonstration only).")
@click.option("--authority", default="", help="Who validated the questionnaire.")
@click.option("--decision", default="", help="The decision's reference.")
@click.option("--decision-date", type=click.DateTime(["%Y-%m-%d"]))
@click.option("--licence", default="", help="The licence's reference.")
@click.option("--licence-ends", type=click.DateTime(["%Y-%m-%d"]), help="Its last day.")
@click.option("--electronic-approval", default="", help="The holder's approval of the screens.")
@click.option("--certificate", default="", help="The translation certificate's reference.")
@click.option("--approved-by", multiple=True, help="A name, not verified; give two.")
@click.pass_obj
def publish(
    shop: Workshop,
    /,
    name: str,
    language: str,
    version: str | None,
    approved_by: tuple[str, ...],
    **decision: object,
) -> None:
    """Freeze one questionnaire in one language under its hashes (EA-7.3-b).

    Again with other references: an unapproved release takes them, an approved one takes a
    renewed licence only.
    """
    done = shop.publish(name, version, language, decision, approved_by)
    standing = done.standing
    click.echo(f"release {standing.release}: {name} in {language}, {done.change}")
    if standing.awaited:
        click.echo(f"Release {standing.release} is not approved: {standing.awaited}.")
