"""Interface text from gettext catalogues, read without a build step and without Flask."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from babel.messages.pofile import read_po

from qol.domain.errors import QolError

FOLDER = Path(__file__).parent.parent / "words"


class CatalogueError(QolError):
    """A language lacks a text that another language has."""


@cache
def read_catalogues(folder: Path = FOLDER) -> dict[str, dict[str, str]]:
    """Read every ``<language>.po``, once a process; CatalogueError: one lacks a key or a text."""
    catalogues = {}
    for path in sorted(folder.glob("*.po")):
        with path.open("rb") as file:
            catalogue = read_po(file, locale=path.stem)
        catalogues[path.stem] = {str(m.id): str(m.string) for m in catalogue if m.id}
    keys = set().union(*catalogues.values())
    for language, texts in catalogues.items():
        missing = sorted(key for key in keys if not texts.get(key))
        if missing:
            raise CatalogueError(f"words/{language}.po has no text for {', '.join(missing)}.")
    return catalogues
