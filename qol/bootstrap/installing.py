"""A holder's wording into the instance, beside the definition that it is for."""

from __future__ import annotations

from pathlib import Path

from qol.adapters.instruments.installing import Installation, plan_installation
from qol.adapters.instruments.writing import write_wordings
from qol.bootstrap.cli import Workshop


def plan(
    shop: Workshop, name: str, version: str | None, file: Path, map_path: Path | None
) -> Installation:
    """Fit the file to the definition; InstrumentError when it does not fit. Writes nothing."""
    definition = shop.definition(name, version, installed=False)
    return plan_installation(definition, file, map_path)


def write(shop: Workshop, planned: Installation, *, replace: bool) -> Path:
    """Write what was planned and return its folder; InstrumentError when it is there already."""
    return write_wordings(shop.wordings, planned.definition, planned.wordings, replace=replace)
