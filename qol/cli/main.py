"""All commands, one noun each; a refusal is one sentence on standard error and exit code 1."""

from __future__ import annotations

import os

import click

from qol.bootstrap.cli import workshop
from qol.bootstrap.keyboard import Asked
from qol.cli.audit import audit
from qol.cli.database import database
from qol.cli.demo import demo
from qol.cli.instruments import instruments
from qol.cli.keys import keys
from qol.cli.paper import paper
from qol.cli.programme import programme
from qol.cli.pseudonyms import pseudonyms
from qol.cli.records import records
from qol.cli.staff import staff
from qol.domain.errors import QolError


class Sentences(click.Group):
    """A group that tells refusals in their own words and never shows a traceback for them."""

    def invoke(self, ctx: click.Context) -> object:
        """Run the command; what a person may read becomes an ordinary error."""
        try:
            return super().invoke(ctx)
        except QolError as error:
            raise click.ClickException(str(error)) from None
        except OSError as error:
            name = f" {error.filename}" if error.filename else ""
            reason = error.strerror or type(error).__name__
            raise click.ClickException(f"The file system refuses{name}: {reason}.") from None


@click.group(cls=Sentences, context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--as", "named", envvar="QOL_AS", default="", help="Your login or reference.")
@click.option("--job", envvar="QOL_JOB", default="", help="The scheduled job that runs this.")
@click.pass_context
def commands(ctx: click.Context, named: str, job: str) -> None:
    """Run the quality-of-life portal from the laboratory's side.

    What touches data, keys or grants asks who you are, and for the six digits of your second
    factor: at the prompt, or in QOL_CODE for a script.
    """
    if named and job:
        raise click.UsageError("Either a person (--as) or a job (--job), not both.")
    if ctx.obj is None:
        ctx.obj = workshop(os.environ, Asked(named, job, _code, click.echo))
        ctx.call_on_close(ctx.obj.close)


def _code() -> str:
    """Ask for the six digits; they are not shown."""
    given = os.environ.get("QOL_CODE")
    return given or str(click.prompt("Six digits of your second factor", hide_input=True, err=True))


for _command in (
    *(instruments, programme, pseudonyms, paper, keys, database, records, audit, staff, demo),
):
    commands.add_command(_command)
commands.add_command(paper)
