"""A definition and a decision made into the row that a release is."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from qol.adapters.instruments.canonical import (
    definition_sha256,
    instrument_bytes,
    scoring_sha256,
    wording_bytes,
    wording_sha256,
)
from qol.adapters.instruments.loading import Definition
from qol.domain.errors import InstrumentError
from qol.usecases.lab.ports import Publication


def publication(
    definition: Definition, language: str, now: datetime, decision: Mapping[str, object]
) -> Publication:
    """Give the publication; ``decision`` holds the options of ``instruments publish``."""
    wording = definition.wordings.get(language)
    if wording is None:
        raise InstrumentError(
            f"{definition.instrument.id} {definition.instrument.version} has no wording in"
            f" {language!r}; it has {', '.join(definition.wordings) or 'none'}."
        )
    instrument = definition.instrument
    return Publication(
        instrument=instrument.id,
        version=instrument.version,
        language=language,
        definition=instrument_bytes(instrument),
        wording=wording_bytes(wording),
        definition_sha256=definition_sha256(instrument),
        wording_sha256=wording_sha256(wording),
        scoring_sha256=scoring_sha256(instrument),
        published_at=now,
        authority=str(decision.get("authority") or ""),
        decision_reference=str(decision.get("decision") or ""),
        decision_date=_day(decision.get("decision_date")),
        licence_reference=str(decision.get("licence") or ""),
        licence_ends=_day(decision.get("licence_ends")),
        certificate=str(decision.get("certificate") or ""),
        approved=not decision.get("unapproved"),
    )


def _day(given: object) -> date | None:
    return given.date() if isinstance(given, datetime) else None
