"""``staff``: accounts, activation secrets, grants and their review."""

from __future__ import annotations

from datetime import date, datetime
from typing import TypedDict, Unpack

import click

from qol.bootstrap.cli import Workshop
from qol.bootstrap.keyboard import system_user
from qol.bootstrap.staffing import account_named, staffing
from qol.domain.staff.accounts import FACES
from qol.domain.staff.fallback import Reason as Fallback
from qol.domain.staff.grants import EndReason, Reason, longest_end
from qol.domain.staff.permissions import Permission, Role
from qol.domain.staff.review import Decision
from qol.domain.staff.tokens import printed
from qol.usecases.staff.create_account import Created, Person
from qol.usecases.staff.give_grant import Wish

DAY = click.DateTime(["%Y-%m-%d"])


class Limits(TypedDict):
    """Where a grant holds, and how long."""

    programme: str | None
    site: str | None
    start: datetime | None
    end: datetime | None
    double: bool


@click.group()
def staff() -> None:
    """Create accounts, issue activation secrets, give, end and review grants."""


def _tell(created: Created) -> None:
    click.echo(f"account {created.account.login}  {created.account.reference}")
    if created.secret:
        _tell_secret(created.secret)
    else:
        click.echo("It signs in through Pro Santé Connect alone.")


def _tell_secret(secret: str) -> None:
    click.echo(f"activation code, once and within 24 hours: {printed(secret)}")
    click.echo("Hand it over in person or by telephone; it is kept nowhere.")


@staff.command()
@click.option("--login", required=True)
@click.option("--name", required=True)
@click.pass_obj
def first(shop: Workshop, login: str, name: str) -> None:
    """Make the first administrator; works only while nobody can manage accounts."""
    act = staffing(shop).create_first
    _tell(act(Person("lab", login, name), system_user()))


@staff.command()
@click.option("--face", type=click.Choice(FACES), required=True)
@click.option("--login", required=True)
@click.option("--name", required=True)
@click.option("--rpps", default="", help="A professional's national number.")
@click.option("--without-password", is_flag=True, help="Pro Santé Connect alone.")
@click.pass_obj
def create(
    shop: Workshop, *, face: str, login: str, name: str, rpps: str, without_password: bool
) -> None:
    """Create a person's account."""
    act = staffing(shop).create
    actor = shop.keyboard.person(Permission.MANAGE_ACCOUNTS).actor
    _tell(act(Person(face, login, name, rpps), actor, local=not without_password))


@staff.command()
@click.argument("login")
@click.pass_obj
def invite(shop: Workshop, login: str) -> None:
    """Take every way in from an account and issue a new activation code."""
    act = staffing(shop).issue
    actor = shop.keyboard.person(Permission.MANAGE_ACCOUNTS).actor
    _tell_secret(act(account_named(shop, login).reference, actor))


@staff.command()
@click.argument("login")
@click.pass_obj
def leave(shop: Workshop, login: str) -> None:
    """End a person's account, with its sessions, ways in and grants, at once."""
    act = staffing(shop).end
    actor = shop.keyboard.person(Permission.MANAGE_ACCOUNTS).actor
    act(account_named(shop, login).reference, actor)
    click.echo(f"account {login} is ended")


@staff.command()
@click.argument("login")
@click.option("--role", type=click.Choice([role.value for role in Role]), required=True)
@click.option("--programme", help="Not for an administrator.")
@click.option("--site", help="For roles of the hcp face.")
@click.option("--reason", type=click.Choice([r.value for r in Reason]), required=True)
@click.option("--start", type=DAY, help="Today when it is not named.")
@click.option("--end", type=DAY, help="Twelve months at most, and that when it is not named.")
@click.option("--double", is_flag=True, help="Names of staff and answers in one hand are meant.")
@click.pass_obj
def grant(shop: Workshop, /, login: str, role: str, reason: str, **limits: Unpack[Limits]) -> None:
    """Give a role to somebody else, for a limited time."""
    act = staffing(shop).give
    actor = shop.keyboard.person(Permission.MANAGE_GRANTS).actor
    start, end = limits["start"], limits["end"]
    first_day = start.date() if start else shop.clock.now().date()
    wish = Wish(
        account=account_named(shop, login).reference,
        role=Role(role),
        reason=Reason(reason),
        start=first_day,
        end=end.date() if end else longest_end(first_day),
        programme=limits["programme"],
        site=limits["site"],
        double=limits["double"],
    )
    given = act(wish, actor)
    click.echo(f"grant {given.reference}: {role} for {login} until {given.end}")


@staff.command("end-grant")
@click.argument("reference")
@click.option("--reason", type=click.Choice([r.value for r in EndReason]), required=True)
@click.pass_obj
def end_grant(shop: Workshop, reference: str, reason: str) -> None:
    """End a grant at once."""
    act = staffing(shop).end_grant
    act(reference, EndReason(reason), shop.keyboard.person(Permission.MANAGE_GRANTS).actor)
    click.echo(f"grant {reference} is ended")


@staff.command()
@click.option("--due", is_flag=True, help="Only those that wait for a review.")
@click.pass_obj
def grants(shop: Workshop, *, due: bool) -> None:
    """List who may do what, and until when."""
    act, today = staffing(shop).list_grants, shop.clock.now().date()
    for given, account in act(shop.keyboard.person(Permission.REVIEW_GRANTS).actor, due=due):
        where = " ".join(filter(None, (given.programme, given.site))) or "installation"
        click.echo(
            f"{given.reference}  {account.login}  {given.role.value}  {where}  "
            f"{given.start} to {given.end}  {given.standing(today).value}  "
            f"review by {given.review_due}"
        )


@staff.command()
@click.argument("reference")
@click.argument("decision", type=click.Choice([d.value for d in Decision]))
@click.option("--end", type=DAY, help="Of a grant that is kept; twelve months at most.")
@click.pass_obj
def review(shop: Workshop, reference: str, decision: str, end: datetime | None) -> None:
    """Keep a grant for a new period, or remove it."""
    act = staffing(shop).review
    person = shop.keyboard.person(Permission.REVIEW_GRANTS)
    until: date = end.date() if end else longest_end(shop.clock.now().date())
    after = act(reference, Decision(decision), until, person)
    click.echo(f"grant {reference}: {'ended' if after.ended else f'kept until {after.end}'}")


@staff.command("open-password")
@click.argument("login", required=False)
@click.option("--everybody", is_flag=True, help="Of the professionals' face, instead of a login.")
@click.option("--hours", type=int, required=True, help="1 to 24.")
@click.option("--reason", type=click.Choice([r.value for r in Fallback]), required=True)
@click.pass_obj
def open_password(
    shop: Workshop, *, login: str | None, everybody: bool, hours: int, reason: str
) -> None:
    """Let somebody sign in by password where Pro Santé Connect signs people in."""
    if bool(login) == everybody:
        raise click.UsageError("Name a login, or --everybody.")
    act = staffing(shop).open_fallback
    actor = shop.keyboard.person(Permission.MANAGE_ACCOUNTS).actor
    account = account_named(shop, login).reference if login else None
    opened = act(account, Fallback(reason), hours, actor)
    click.echo(f"open to {login or 'everybody'} until {opened.until:%Y-%m-%d %H:%M} UTC")


@staff.command("close-password")
@click.pass_obj
def close_password(shop: Workshop) -> None:
    """Close every such way before its time."""
    act = staffing(shop).close_fallbacks
    closed = act(shop.keyboard.person(Permission.MANAGE_ACCOUNTS).actor)
    click.echo(f"closed: {closed}")
