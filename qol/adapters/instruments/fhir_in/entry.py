"""The one way in for a holder's file, whether FHIR or CSV."""

from __future__ import annotations

from pathlib import Path

from qol.adapters.instruments import csv_in
from qol.adapters.instruments.fhir_in.imported import Imported, Source
from qol.adapters.instruments.fhir_in.questionnaire import read_questionnaire
from qol.adapters.instruments.fhir_in.reading import read_text


def import_file(path: Path, *, id: str | None, drop: frozenset[str]) -> Imported:  # noqa: A002  the option is called --id
    """Make a definition and its wordings from a holder's FHIR R4 Questionnaire or CSV file.

    ``id`` names the instrument (else the file's own id, name or title does); ``drop`` holds
    the linkIds of numbers to leave out. A name that ends in ``.csv`` is read as CSV, any
    other as FHIR. Writes nothing. InstrumentError says in one sentence why a file is refused.
    """
    text = read_text(path)
    source = Source(path.name)
    if path.suffix.lower() == ".csv":
        return csv_in.read_csv(text, source, id, drop)
    return read_questionnaire(text, source, id, drop)
