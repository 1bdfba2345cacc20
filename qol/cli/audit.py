"""``audit``: the ledger verified and sealed."""

from __future__ import annotations

import click

from qol.bootstrap.cli import Workshop
from qol.bootstrap.ledger import checkpoint_ledger, verify_ledger
from qol.domain.staff.jobs import Job
from qol.domain.staff.permissions import Permission


@click.group()
def audit() -> None:
    """Verify and checkpoint the ledger."""


@audit.command()
@click.pass_obj
def verify(shop: Workshop) -> None:
    """Read every chain; exit code 1 and one line a fault when something is wrong."""
    act = verify_ledger(shop)
    verified = act(shop.keyboard.acting(Permission.READ_LEDGER, job=Job.VERIFY))
    for finding in verified.findings:
        click.echo(str(finding), err=True)
    for forged in verified.forged:
        click.echo(
            f"Checkpoint {forged.number} of segment {forged.segment}: its signature is not the"
            " laboratory's.",
            err=True,
        )
    if not verified.sound:
        raise click.ClickException("The ledger is not as it was written.")
    click.echo(f"{verified.rows} events and {verified.checkpoints} checkpoints are in order")


@audit.command()
@click.pass_obj
def checkpoint(shop: Workshop) -> None:
    """Sign the end of every segment that has grown."""
    act = checkpoint_ledger(shop)
    signed = act(shop.keyboard.acting(Permission.KEEP_RUNNING, job=Job.CHECKPOINT))
    click.echo(f"{signed} segments are signed")
