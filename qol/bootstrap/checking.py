"""Everything a person would check of a definition, language by language."""

from __future__ import annotations

from collections.abc import Iterator

from qol.adapters.instruments.canonical import definition_sha256, scoring_sha256, wording_sha256
from qol.adapters.instruments.loading import Definition
from qol.bootstrap.publishing import candidate
from qol.domain.fitness import Finding, State, fitness


def checked(definition: Definition, language: str | None) -> tuple[Finding, ...]:
    """Give each finding once, then the hashes that would be approved.

    Without a language all that are installed are looked at; where none is, that is missing.
    """
    languages = [language] if language else list(definition.wordings) or ["in any language"]
    found = [one for name in languages for one in fitness(candidate(definition, name))]
    return (*dict.fromkeys(found), *_hashes(definition, languages))


def _hashes(definition: Definition, languages: list[str]) -> Iterator[Finding]:
    hashes = {
        "definition hash": definition_sha256(definition.instrument),
        "scoring hash": scoring_sha256(definition.instrument),
    }
    for language in languages:
        if language in definition.wordings:
            hashes[f"wording {language} hash"] = wording_sha256(definition.wordings[language])
    for name, value in hashes.items():
        yield Finding(name, State.LOOK, value)
