"""Counting failed attempts: who must wait, and who is told (EA-AUT-5)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from qol.domain.audit import Act, AuditEvent
from qol.domain.staff.attempts import MOST_A_DAY, alarming, waiting
from qol.usecases.ports import Clock
from qol.usecases.staff.ports import StaffHousekeeping, StaffStore


@dataclass(frozen=True, slots=True)
class Origin:
    """Where an attempt comes from.

    ``source`` stands for an address on a day, ``share`` for how many people may share it;
    ``browsers`` maps an account's reference to the mark it left in this browser at an earlier
    sign-in.
    """

    source: bytes
    share: int = 1
    browsers: tuple[tuple[str, str], ...] = ()

    def mark(self, account: str) -> str:
        """Give the mark of an account; empty for a browser that it never signed in with."""
        return dict(self.browsers).get(account, "")


@dataclass(frozen=True, slots=True)
class Waits:
    """Nothing was looked at: the next try may be made in so many seconds."""

    seconds: int


@dataclass(frozen=True, slots=True)
class Refused:
    """One answer for every wrong attempt; ``outcome`` is for the ledger, not for the page."""

    outcome: str


@dataclass(frozen=True, slots=True)
class Attempts:
    """The counts of one face. ``name`` gives the key under which a thing is counted."""

    store: StaffStore
    housekeeping: StaffHousekeeping
    clock: Clock
    name: Callable[..., bytes]
    face: str

    def _keys(self, step: str, who: str, account: str, origin: Origin) -> list[tuple[bytes, int]]:
        """List (key, share): a known browser has one of its own, apart from all strangers."""
        mark = origin.mark(account) if account else ""
        if mark:
            return [(self.name(self.face, step, "browser", account, mark), 1)]
        address = (self.name(self.face, step, "source", origin.source.hex()), origin.share)
        return [(self.name(self.face, step, "account", who), 1), address] if who else [address]

    def wait(self, step: str, who: str, account: str, origin: Origin) -> int:
        """Give the seconds until the next try; 0 when it may be made now.

        ``who`` is what was typed or the account, ``account`` its reference where there is one.
        """
        now = int(self.clock.now().timestamp())
        keys = self._keys(step, who, account, origin)
        return max(waiting(self.housekeeping.tally(key), now, share) for key, share in keys)

    def failed(self, step: str, who: str, account: str, origin: Origin, outcome: str) -> Refused:
        """Count a failure and leave its event, and the alert's when the face has too many."""
        now = self.clock.now()
        for key, _ in self._keys(step, who, account, origin):
            self.housekeeping.count(key, now, success=False)
        self.refuse(f"staff:{account}" if account else "unknown", outcome)
        whole = self.housekeeping.count(self.name(self.face, "whole"), now, success=False)
        if alarming(whole):
            self._alert(whole.tries)
        return Refused(outcome)

    def succeeded(self, step: str, who: str, account: str, origin: Origin) -> None:
        """Forgive the run of failures."""
        for key, _ in self._keys(step, who, account, origin):
            if self.housekeeping.tally(key).run:
                self.housekeeping.count(key, self.clock.now(), success=True)

    def refuse(self, actor: str, outcome: str, where: str = "") -> None:
        """Leave the event of a refusal: coded, never with what was typed."""
        detail: dict[str, str | int] = {"outcome": outcome, "face": self.face}
        if where:
            detail["where"] = where
        with self.store.writing() as unit:
            unit.commit(AuditEvent(Act.ACCESS_REFUSED, actor, f"face:{self.face}", detail))

    def refuse_stranger(self, outcome: str, where: str, origin: Origin) -> None:
        """Leave the event of a stranger's refusal, a few a day: nobody may fill the ledger."""
        key = self.name(self.face, "refused", origin.source.hex())
        tally = self.housekeeping.count(key, self.clock.now(), success=False)
        if tally.tries <= MOST_A_DAY:
            self.refuse("unknown", outcome, where)

    def _alert(self, failures: int) -> None:
        detail: dict[str, str | int] = {"failures": failures}
        with self.store.writing() as unit:
            event = AuditEvent(Act.FAILURES_ALERT, f"face:{self.face}", f"face:{self.face}", detail)
            unit.commit(event)
