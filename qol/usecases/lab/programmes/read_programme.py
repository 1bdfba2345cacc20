"""One programme for a page: its versions, and how each of its questionnaires stands."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from qol.domain.instrument import Release
from qol.domain.licence import Term, may_be_shown, may_start, term
from qol.domain.programme import Programme
from qol.domain.schedule import InForce
from qol.usecases.lab.ports import LabStore, LabUnit
from qol.usecases.ports import Clock


@dataclass(frozen=True, slots=True)
class Offered:
    """A questionnaire in a language, and the release that is drawn there; None: not published."""

    instrument: str
    version: str
    language: str
    release: Release | None
    licence: Term
    may_start: bool


@dataclass(frozen=True, slots=True)
class Opened:
    """A programme's versions, oldest first, and the one that is shown."""

    versions: tuple[InForce, ...]
    shown: InForce
    offered: tuple[Offered, ...]
    today: date

    @property
    def current(self) -> bool:
        """Say whether the newest version is shown."""
        return self.shown == self.versions[-1]


@dataclass(frozen=True, slots=True)
class ReadProgramme:
    """Protocol only: no patient's data is read, so no event is due."""

    store: LabStore
    clock: Clock

    def __call__(self, programme: str, version: int | None = None) -> Opened | None:
        """Open a version, the newest unless named; None when there is no such one."""
        with self.store.reading() as unit:
            versions = unit.versions(programme)
            wanted = {one.programme.version: one for one in versions}
            shown = wanted.get(version if version is not None else max(wanted, default=0))
            if shown is None:
                return None
            today = self.clock.today(shown.programme.time_zone)
            return Opened(versions, shown, offered(unit, shown.programme, today), today)


def offered(unit: LabUnit, programme: Programme, today: date) -> tuple[Offered, ...]:
    """Say how each questionnaire stands in each language; its newest release counts."""
    newest = {
        (one.instrument.id, one.instrument.version, one.wording.language): one
        for one in unit.releases()
    }
    demonstration = programme.demonstration
    return tuple(
        Offered(
            instrument,
            version,
            language,
            found := newest.get((instrument, version, language)),
            term(found.licence_ends if found else None, today),
            may_start=found is not None and may_start(found, today, demonstration=demonstration),
        )
        for instrument, version in programme.releases.items()
        for language in programme.languages
    )


@dataclass(frozen=True, slots=True)
class Choice:
    """A version of a questionnaire that a programme names or may name, and its languages."""

    instrument: str
    version: str
    languages: tuple[str, ...]

    @property
    def name(self) -> str:
        """Both in one word, as a form sends them."""
        return f"{self.instrument} {self.version}"


@dataclass(frozen=True, slots=True)
class ListChoices:
    """No patient's data is read, so no event is due."""

    store: LabStore

    def __call__(self, programme: Programme, languages: Collection[str]) -> tuple[Choice, ...]:
        """List what the programme names, in its order, then what else it may show in a language."""
        found: dict[tuple[str, str], set[str]] = {one: set() for one in programme.releases.items()}
        with self.store.reading() as unit:
            for one in unit.releases():
                shown = may_be_shown(one, demonstration=programme.demonstration)
                if shown and one.wording.language in languages:
                    key = (one.instrument.id, one.instrument.version)
                    found.setdefault(key, set()).add(one.wording.language)
        return tuple(Choice(*key, tuple(sorted(spoken))) for key, spoken in found.items())
