"""``instruments export``: a definition out, to a new file or to standard output."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import click

from qol.adapters.instruments.fhir_out import questionnaire_bytes
from qol.bootstrap.cli import Workshop
from qol.domain.errors import NotAllowedError


@click.command("export")
@click.argument("name", metavar="ID")
@click.option("--format", "format_", type=click.Choice(["fhir"]), required=True)
@click.option("--language", help="Without it, structure and codes only.")
@click.option("--version", help="The newest when it is not named.")
@click.option("--output", type=click.Path(path_type=Path), help="A new file; else on screen.")
@click.pass_obj
def export(
    shop: Workshop,
    name: str,
    format_: str,  # noqa: ARG001  there is one so far
    language: str | None,
    version: str | None,
    output: Path | None,
) -> None:
    """Write one questionnaire as a FHIR R4 Questionnaire. Scoring does not travel."""
    found = shop.definition(name, version)
    if language is not None and language not in found.wordings:
        there = ", ".join(sorted(found.wordings)) or "none"
        raise NotAllowedError(f"{name} has no wording in {language}; there is {there}.")
    content = questionnaire_bytes(found.instrument, found.wordings[language] if language else None)
    if output is None:
        click.echo(content, nl=False)
        return
    _write_new(output, content)
    click.echo(f"{name} {found.instrument.version}: written to {output}")


def _write_new(path: Path, content: bytes) -> None:
    """Make a file that was not there, whole or not at all, readable by its owner only.

    It is whole before it has its name, and a link never takes the place of what is there.
    """
    with tempfile.NamedTemporaryFile(prefix=".new-", dir=path.parent) as draft:
        draft.write(content)
        draft.flush()
        os.fsync(draft.fileno())
        try:
            os.link(draft.name, path)
        except FileExistsError:
            raise NotAllowedError(f"{path} is already there and is not overwritten.") from None
