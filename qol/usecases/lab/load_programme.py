"""Load a programme version on top of the one it was made from (EA-2.1, EA-2.2)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from qol.domain.audit import Act, AuditEvent
from qol.domain.errors import ProgrammeError
from qol.domain.instrument import Release
from qol.domain.licence import may_be_shown
from qol.domain.plain import told
from qol.domain.problem import Problem, Wrong
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
        raise ProgrammeError(Problem("demonstration", Wrong.DEMONSTRATION))
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
        raise ProgrammeError(*(Problem(f"notices.{one}.version", Wrong.NOTICE) for one in same))


def _check_version(programme: Programme, based_on: int, current: int) -> None:
    if based_on != current:
        numbers = {"based_on": based_on, "current": current}
        raise ProgrammeError(Problem("", Wrong.OLDER, {"programme": programme.id, **numbers}))
    if programme.version != current + 1:
        numbers = {"given": programme.version, "wanted": current + 1}
        raise ProgrammeError(
            Problem("version", Wrong.NUMBER, {"programme": programme.id, **numbers})
        )


def _check_releases(programme: Programme, releases: Iterable[Release]) -> None:
    published = {
        (release.instrument.id, release.instrument.version)
        for release in releases
        if may_be_shown(release, demonstration=programme.demonstration)
        and release.wording.language in programme.languages
    }
    wrong = Wrong.UNPUBLISHED if programme.demonstration else Wrong.UNAPPROVED
    missing = [
        Problem(
            "releases",
            wrong,
            {"instrument": instrument, "version": told(version), "languages": programme.languages},
        )
        for instrument, version in programme.releases.items()
        if (instrument, version) not in published
    ]
    if missing:
        raise ProgrammeError(*missing)
