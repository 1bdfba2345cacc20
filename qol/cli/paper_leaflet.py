"""``paper leaflet``: one sheet for patients, the same for everybody."""

from __future__ import annotations

from pathlib import Path

import click

from qol.bootstrap.cli import Workshop
from qol.bootstrap.paper import PaperShop
from qol.cli.paper_files import Output, free, kept


@click.command("leaflet")
@click.option("--programme", help="The programme's id; not needed where there is one.")
@click.option("--language", required=True)
@click.option("--address", envvar="QOL_PATIENT_ORIGIN", default="", help="The patient face's.")
@click.option("--output", type=Output, required=True, help="A new PDF file.")
@click.pass_obj
def leaflet(
    shop: Workshop, programme: str | None, language: str, address: str, output: Path
) -> None:
    """Print what a patient keeps with the slip: A4, both sides, turned on the short edge."""
    free(output)
    named = programme or shop.only_programme()
    kept(PaperShop(shop).leaflet(named, language, address), output)
