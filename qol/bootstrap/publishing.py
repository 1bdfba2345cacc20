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
from qol.adapters.instruments.vectors import count_independent
from qol.domain.errors import InstrumentError
from qol.domain.fitness import Candidate
from qol.domain.publishing import Particulars
from qol.usecases.lab.ports import Publication


def candidate(definition: Definition, language: str) -> Candidate:
    """Give what would be published in that language, to be judged."""
    rows, independent = count_independent(definition.vectors)
    return Candidate(
        instrument=definition.instrument,
        rights=definition.permission,
        language=language,
        wording=definition.wordings.get(language),
        rows=rows,
        independent=independent,
    )


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
        particulars=Particulars(
            authority=_words(decision, "authority"),
            decision_reference=_words(decision, "decision"),
            decision_date=_day(decision.get("decision_date")),
            licence_reference=_words(decision, "licence"),
            licence_ends=_day(decision.get("licence_ends")),
            electronic_approval=_words(decision, "electronic_approval"),
            certificate=_words(decision, "certificate"),
        ),
    )


def _words(decision: Mapping[str, object], name: str) -> str:
    return str(decision.get(name) or "").strip()


def _day(given: object) -> date | None:
    return given.date() if isinstance(given, datetime) else None
