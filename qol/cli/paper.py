"""``paper``: forms and postal kits; each print is an event of the ledger."""

from __future__ import annotations

from pathlib import Path

import click

from qol.bootstrap.cli import Workshop
from qol.bootstrap.paper import PaperShop
from qol.cli.paper_files import Output, free, written
from qol.cli.paper_leaflet import leaflet
from qol.cli.paper_slips import slips
from qol.domain.errors import PseudonymError
from qol.domain.pseudonym import Pseudonym, parse

_output = click.option("--output", type=Output, required=True, help="A new PDF file.")
_map = click.option("--map", "boxes", type=Output, help="A new JSON file for the box map.")
_language = click.option("--language", required=True)


@click.group()
def paper() -> None:
    """Print questionnaires to be filled by hand, and all that a programme posts."""


@paper.command()
@click.argument("name", metavar="ID")
@_language
@_output
@_map
@click.option("--proof", is_flag=True, help="From a definition at hand, marked: not for patients.")
@click.option("--code", is_flag=True, help="Ask for a pseudonym and print it on the form.")
@click.pass_obj
def form(
    shop: Workshop,
    *,
    name: str,
    language: str,
    output: Path,
    boxes: Path | None,
    proof: bool,
    code: bool,
) -> None:
    """Print the form of a released questionnaire, at 100 %, on A4."""
    if proof and code:
        raise click.UsageError("A proof is for nobody: either --proof or --code, not both.")
    free(output, boxes)
    pseudonym = _pseudonym() if code else None
    printed = PaperShop(shop).form(name, language, pseudonym, proof=proof)
    written(printed, output, boxes)


@paper.command()
@click.argument("programme", metavar="PROGRAMME")
@_language
@_output
@_map
@click.pass_obj
def kit(shop: Workshop, *, programme: str, language: str, output: Path, boxes: Path | None) -> None:
    """Print a programme's postal kit: leaf, forms, address sheet, check page."""
    free(output, boxes)
    written(PaperShop(shop).kit(programme, language), output, boxes)


def _pseudonym() -> Pseudonym:
    """Ask for the code at the prompt: never on a command line, which others can read."""
    typed = str(click.prompt("Code of the slip", hide_input=True, err=True))
    try:
        return parse(typed)
    except PseudonymError as error:
        raise click.ClickException(f"This is no code: {error}.") from None


paper.add_command(leaflet)
paper.add_command(slips)
