"""Open a programme to patients once nothing is missing, and close it (EA-4.1, EA-7.3-b)."""

from __future__ import annotations

from dataclasses import dataclass

from qol.domain.audit import Act, AuditEvent
from qol.domain.errors import NotAllowedError
from qol.domain.opening import Ground, Missing, State, missing
from qol.domain.programme import Programme
from qol.usecases.lab.load_programme import current
from qol.usecases.lab.ports import LabStore, LabUnit
from qol.usecases.ports import Clock


class NotReadyError(NotAllowedError):
    """Something is missing; ``missing`` lists it."""

    def __init__(self, lacking: tuple[Missing, ...]) -> None:
        """Tell what is missing in one sentence."""
        told = "; ".join(f"{one.lack.value} {one.of}".strip() for one in lacking)
        super().__init__(f"The programme cannot be opened: it lacks {told}.")
        self.missing = lacking


def refuse_unopened(unit: LabUnit, programme: str) -> None:
    """Raise NotAllowedError unless the programme is open: before that no code exists."""
    if unit.opening(programme) is not State.OPEN:
        raise NotAllowedError(
            f"Programme {programme} is not open to patients: see 'programme open'."
        )


def _lacking(unit: LabUnit, programme: Programme, clock: Clock) -> tuple[Missing, ...]:
    today = clock.today(programme.time_zone)
    mine = {(one.programme, one.year): set[str]() for one in unit.fingerprints()}
    for one in unit.fingerprints():
        mine[(one.programme, one.year)].add(one.purpose)
    purposes = frozenset(mine.get((programme.id, today.year), set()))
    sites = unit.sites(programme.id)
    return missing(programme, Ground(unit.releases(), purposes, sites, today))


@dataclass(frozen=True, slots=True)
class CheckOpening:
    """Say how a programme stands and what it lacks; no patient's data is read."""

    store: LabStore
    clock: Clock

    def __call__(self, programme: str) -> tuple[State, tuple[Missing, ...]] | None:
        """Give state and list; None when no version is loaded."""
        with self.store.reading() as unit:
            now = current(unit, programme)
            if now is None:
                return None
            return unit.opening(programme), _lacking(unit, now, self.clock)


@dataclass(frozen=True, slots=True)
class OpenProgramme:
    """Open it; opened already, nothing happens."""

    store: LabStore
    clock: Clock

    def __call__(self, programme: str, actor: str) -> None:
        """Raise NotReadyError while anything is missing."""
        with self.store.writing() as unit:
            now = current(unit, programme)
            if now is None:
                raise NotAllowedError(f"There is no programme {programme}: load it first.")
            if unit.opening(programme) is State.OPEN:
                return
            lacking = _lacking(unit, now, self.clock)
            if lacking:
                raise NotReadyError(lacking)
            unit.set_opening(programme, State.OPEN, self.clock.now())
            detail: dict[str, str | int] = {"version": now.version}
            name = f"programme:{programme}"
            unit.commit(AuditEvent(Act.PROGRAMME_OPENED, actor, name, detail))


@dataclass(frozen=True, slots=True)
class CloseProgramme:
    """Close it: no code is issued any more. Codes that were issued keep what they may."""

    store: LabStore
    clock: Clock

    def __call__(self, programme: str, actor: str) -> None:
        """Close an open programme; one that is not open stays as it is."""
        with self.store.writing() as unit:
            if unit.opening(programme) is not State.OPEN:
                return
            unit.set_opening(programme, State.CLOSED, self.clock.now())
            unit.commit(AuditEvent(Act.PROGRAMME_CLOSED, actor, f"programme:{programme}"))
