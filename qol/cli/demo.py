"""``demo``: a whole portal on this machine, for looking at."""

from __future__ import annotations

import os
import shlex
import sys
from pathlib import Path

import click

from qol.bootstrap.cli import TOP, Workshop, workshop
from qol.cli.demonstration.mail_room import fill_mail_room
from qol.cli.demonstration.making import SITE, fill, fresh_codes, make_instance
from qol.cli.demonstration.people import told
from qol.cli.demonstration.serving import (
    FaceAt,
    Stopped,
    lan_address,
    refuse_taken,
    running,
    wait_ready,
    watch,
)
from qol.cli.demonstration.ward import fill_ward
from qol.domain.programme import Programme
from qol.domain.pseudonym import Pseudonym


@click.group()
def demo() -> None:
    """Show the portal with a fictitious programme."""


@demo.command()
@click.option("--port", type=click.IntRange(1, 65533), default=8000, show_default=True)
@click.pass_obj
def serve(shop: Workshop, port: int) -> None:
    """Serve the three faces on PORT (patient), PORT+1 (hcp) and PORT+2 (lab)."""
    os.umask(0o077)
    faces = (
        FaceAt("patient", "0.0.0.0", port),  # noqa: S104 - a phone must reach it
        FaceAt("hcp", "127.0.0.1", port + 1),
        FaceAt("lab", "127.0.0.1", port + 2),
    )
    refuse_taken(faces)
    make_instance(shop.config.instance)
    shop = workshop(os.environ)  # from here on the folder says that it is a demonstration's
    lan = lan_address()
    programme = fill(shop, (lan,) if lan else ())
    codes = fresh_codes(shop, programme)
    fill_ward(shop, programme, SITE)
    fill_mail_room(shop, programme, SITE)
    # What a printed slip says, a phone must reach: the machine's address in its network.
    patient = f"http://{lan}:{port}" if lan else faces[0].local
    try:
        with running(faces, shop.config, TOP, patient) as children:
            wait_ready(faces, children)
            _tell(shop, faces, lan, programme, codes)
            watch(children)
    except Stopped:
        click.echo("\nThe three faces are stopped.")


@demo.command()
@click.pass_obj
def code(shop: Workshop) -> None:
    """Print the demonstration's sign-ins, each with a code that is valid now."""
    click.echo(told(shop, {}))


def _tell(
    shop: Workshop,
    faces: tuple[FaceAt, ...],
    lan: str | None,
    programme: Programme,
    codes: list[Pseudonym],
) -> None:
    patient, hcp, lab = faces
    reach = f"http://{lan}:{patient.port}" if lan else "(this machine has no network)"
    printed = "\n".join(f"    {code.printed()}" for code in codes)
    click.echo(
        "\nDEMONSTRATION. Plain HTTP, one user for all keys: nothing here is for real answers.\n"
        f"\n  On a phone in the same network: {reach}"
        f"\n  On this machine:                {patient.local}\n"
        f"\n  {len(codes)} new codes for this start; earlier ones still work, but only digests"
        f" are kept:\n\n{printed}\n"
        f"\n  Professionals {hcp.local}, laboratory {lab.local}:\n"
        f"\n{told(shop, {'hcp': hcp.local, 'lab': lab.local})}\n"
        "\n  After a deposit, read the answers back in another terminal:\n"
        f"\n    {_export(shop, programme)}\n"
        "\n  Ctrl-C stops all three."
    )


def _export(shop: Workshop, programme: Programme) -> str:
    """Give the command that reads the answers back, to be typed as it stands."""
    python = Path(sys.executable)
    shown = python.relative_to(TOP) if python.is_relative_to(TOP) else python
    words = [
        *(str(shown), "-m", "qol", "records", "export", "--programme", programme.id),
        *("--format", "csv", "--purpose", "quality-control", "--output", "exports"),
    ]
    named = os.environ.get("QOL_INSTANCE")
    prefix = f"QOL_INSTANCE={shlex.quote(str(shop.config.instance))} " if named else ""
    return prefix + shlex.join(words)
