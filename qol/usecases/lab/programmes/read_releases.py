"""Every release with its approvals, for the person who may approve one (EA-7.3-b)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from qol.domain.errors import NotAllowedError
from qol.domain.instrument import Release
from qol.domain.licence import Term, term
from qol.domain.publishing import Standing
from qol.usecases.lab.approve_release import ApproveRelease
from qol.usecases.lab.ports import LabStore
from qol.usecases.ports import Clock


@dataclass(frozen=True, slots=True)
class Published:
    """A release, how it stands and how its licence stands today."""

    release: Release
    standing: Standing
    licence: Term

    def asks(self, account: str) -> bool:
        """Say whether that person's approval may still count."""
        waits = not self.standing.approved and self.standing.particulars.decided
        return waits and not self.standing.has(account)


@dataclass(frozen=True, slots=True)
class ListReleases:
    """No patient's data is read, so no event is due."""

    store: LabStore
    clock: Clock

    def __call__(self) -> tuple[Published, ...]:
        """List the releases, the newest first; each was checked against its hashes."""
        today: date = self.clock.now().date()
        with self.store.reading() as unit:
            found = [(one, unit.standing(one.id)) for one in unit.releases()]
        return tuple(
            Published(one, standing, term(one.licence_ends, today))
            for one, standing in reversed(found)
        )


@dataclass(frozen=True, slots=True)
class ApproveOnce:
    """Approve in the browser, where both factors were proven; a second click changes nothing."""

    approve: ApproveRelease

    def __call__(self, release: int, hashes: tuple[str, str], account: str, actor: str) -> Standing:
        """Approve as the account; NotAllowedError as ``ApproveRelease`` says."""
        try:
            return self.approve(release, hashes, account, actor, verified=True)
        except NotAllowedError:
            with self.approve.store.reading() as unit:
                now = unit.standing(release)
            given = [one for one in now.approvals if one.person == account and one.verified]
            if hashes != now.hashes or not given:
                raise
            return now
