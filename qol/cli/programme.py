"""``programme``: versions in and out as TOML."""

from __future__ import annotations

from pathlib import Path

import click

from qol.adapters.programmes import toml_in, toml_out
from qol.bootstrap.cli import Workshop
from qol.cli.site import site
from qol.domain.errors import ProgrammeError
from qol.domain.problem import Problem, Wrong


@click.group()
def programme() -> None:
    """Check, load and take out programme versions."""


programme.add_command(site)


@programme.command()
@click.argument("file", type=click.Path(path_type=Path))
def check(file: Path) -> None:
    """Say everything that is wrong with a programme file."""
    read = toml_in.load(file)
    click.echo(f"{read.id} version {read.version} is in order")


@programme.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--based-on",
    type=click.IntRange(0),
    required=True,
    help="The version this file was made from; 0 when there was none.",
)
@click.pass_obj
def load(shop: Workshop, file: Path, based_on: int) -> None:
    """Append a version; refused when the one it is based on is no longer current."""
    read = toml_in.load(file)
    shop.load_programme(read, file.read_text("utf-8"), based_on)
    click.echo(f"{read.id} version {read.version} is loaded")


@programme.command()
@click.argument("name", metavar="ID")
@click.option("--version", type=int, help="The newest when it is not named.")
@click.pass_obj
def show(shop: Workshop, name: str, version: int | None) -> None:
    """Write a version as TOML to standard output."""
    with shop.store().reading() as unit:
        versions = {entry.programme.version: entry.programme for entry in unit.versions(name)}
    found = versions.get(version or max(versions, default=0))
    if found is None:
        raise ProgrammeError(Problem("", Wrong.NO_VERSION, {"programme": name}))
    click.echo(toml_out.write(found), nl=False)


@programme.command("open")
@click.argument("name", metavar="ID")
@click.pass_obj
def open_(shop: Workshop, name: str) -> None:
    """Open a programme to patients; refused while anything is missing."""
    shop.open_programme(name)
    click.echo(f"{name} is open to patients")


@programme.command()
@click.argument("name", metavar="ID")
@click.pass_obj
def close(shop: Workshop, name: str) -> None:
    """Close a programme: no code is issued any more."""
    shop.close_programme(name)
    click.echo(f"{name} is closed")


@programme.command("list")
@click.pass_obj
def list_(shop: Workshop) -> None:
    """List the programmes, their current version and since when."""
    with shop.store().reading() as unit:
        for name in unit.programmes():
            newest = unit.versions(name)[-1]
            click.echo(f"{name} version {newest.programme.version} since {newest.since}")
