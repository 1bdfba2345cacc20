"""``paper slips``: print a batch's slips into a file."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from qol.bootstrap.cli import Workshop
from qol.bootstrap.lab_slips import address_of, printing_slips
from qol.domain.staff.permissions import Permission


@click.command("slips")
@click.option("--programme", help="The programme's id; not needed where there is one.")
@click.option("--batch", required=True, help="The batch's reference.")
@click.option("--language", help="Of the slips; the installation's first one when not named.")
@click.option("--address", envvar="QOL_PATIENT_ORIGIN", default="", help="The patient face's.")
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), required=True)
@click.pass_obj
def slips(
    shop: Workshop,
    programme: str | None,
    batch: str,
    language: str | None,
    address: str,
    output: Path,
) -> None:
    """Print the slips of a batch that wait for it, once, into a file only you can read.

    Whoever has the file has every code in it: print it, then delete it.
    """
    named = programme or shop.only_programme()
    actor = shop.keyboard.acting(Permission.PRINT_SLIPS, named)
    act, languages = printing_slips(shop, address_of(address))
    count = act(named, batch, language or languages[0], actor, lambda pdf: _kept(output, pdf))
    click.echo(f"{count} slips in {output}. The portal has these codes no longer.")
    click.echo("Whoever has the file has the codes: print it, then delete it.")


@contextmanager
def _kept(path: Path, pdf: bytes) -> Iterator[None]:
    """Write a new file with mode 0600; it goes again when what follows fails."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
    with os.fdopen(os.open(path, flags, 0o600), "wb") as file:
        try:
            file.write(pdf)
            file.flush()
            os.fsync(file.fileno())
            yield
        except BaseException:
            path.unlink(missing_ok=True)
            raise
