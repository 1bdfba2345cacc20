"""Load a programme version on top of the one it was made from (EA-2.1, EA-2.2)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from qol.domain.audit import Act, AuditEvent
from qol.domain.errors import ProgrammeError
from qol.domain.instrument import Release
from qol.domain.licence import may_be_shown
from qol.domain.programme import Programme
from qol.usecases.lab.ports import LabStore, LabUnit
from qol.usecases.ports import Clock


@dataclass(frozen=True, slots=True)
class LoadProgramme:
    """Append a version; the store never changes an older one."""

    store: LabStore
    clock: Clock
    demonstration: bool

    def __call__(self, programme: Programme, toml: str, based_on: int, actor: str) -> None:
        """Load ``programme``, made from version ``based_on`` (0: there was none).

        ProgrammeError when that is no longer current, the number is not the next, or a
        battery names what is published in none of its languages: where only one language
        has a validated translation, the others are shown that one, and told so.
        """
        with self.store.writing() as unit:
            refuse_unfit(unit, programme, based_on, demonstration=self.demonstration)
            unit.load_programme(programme, self.clock.today(programme.time_zone), toml)
            unit.commit(
                AuditEvent(
                    Act.PROGRAMME_LOADED,
                    actor,
                    f"programme:{programme.id}",
                    {"version": programme.version, "based_on": based_on},
                )
            )


def current(unit: LabUnit, programme: str) -> Programme | None:
    """Give the newest version; None when there is none."""
    versions = unit.versions(programme)
    return versions[-1].programme if versions else None


def refuse_unfit(
    unit: LabUnit, programme: Programme, based_on: int, *, demonstration: bool
) -> None:
    """Raise ProgrammeError unless the version may be appended; ``demonstration``: here."""
    if programme.demonstration and not demonstration:
        raise ProgrammeError(
            "demonstration: a demonstration programme may not be loaded in a real installation."
        )
    versions = [one.programme for one in unit.versions(programme.id)]
    _check_version(programme, based_on, versions[-1].version if versions else 0)
    _check_notices(programme, versions)
    _check_releases(programme, unit.releases())


def _check_notices(programme: Programme, before: Iterable[Programme]) -> None:
    """Refuse another text under a number that any version used: attestations name it (HV-8.7)."""
    known = {
        (language, notice.version): notice
        for version in before
        for language, notice in version.notices.items()
    }
    same = [
        language
        for language, notice in programme.notices.items()
        if known.get((language, notice.version), notice) != notice
    ]
    if same:
        told = [f"notices.{one}.version: the text changed, so it needs another" for one in same]
        raise ProgrammeError("; ".join(told), told)


def _check_version(programme: Programme, based_on: int, current: int) -> None:
    if based_on != current:
        raise ProgrammeError(
            f"This file is based on version {based_on} of {programme.id}, but version {current}"
            " is current: take that one out first and make the change again."
        )
    if programme.version != current + 1:
        raise ProgrammeError(
            f"version: it is {programme.version}; the next version of {programme.id}"
            f" is {current + 1}."
        )


def _check_releases(programme: Programme, releases: Iterable[Release]) -> None:
    published = {
        (release.instrument.id, release.instrument.version)
        for release in releases
        if may_be_shown(release, demonstration=programme.demonstration)
        and release.wording.language in programme.languages
    }
    missing = [
        f"{instrument} {version} in {' or '.join(programme.languages)}"
        for instrument, version in programme.releases.items()
        if (instrument, version) not in published
    ]
    if missing:
        kind = "published" if programme.demonstration else "published and approved"
        raise ProgrammeError(f"releases: not {kind}: {'; '.join(missing)} (EA-7.3-b).")
