"""Find out who a token stands for, and what they may do at this very moment."""

from __future__ import annotations

from dataclasses import dataclass

from qol.domain.place import Place
from qol.domain.staff.accounts import Account, AccountState
from qol.domain.staff.grants import permissions_at, places_of
from qol.domain.staff.session import Factor, Session, alive, note_seen
from qol.domain.staff.tokens import digest_of
from qol.usecases.ports import Clock
from qol.usecases.staff.acting import Acting
from qol.usecases.staff.ports import StaffHousekeeping, StaffStore, StaffUnit

_STATE = {
    Factor.PASSWORD: AccountState.ACTIVE,
    Factor.FULL: AccountState.ACTIVE,
    Factor.ACTIVATION: AccountState.INVITED,
}


@dataclass(frozen=True, slots=True)
class Present:
    """A live session and its person. ``acting`` holds permissions only when it is whole."""

    session: Session
    account: Account
    acting: Acting
    notice_read: bool = False


@dataclass(frozen=True, slots=True)
class Whoever:
    """Reads everything anew each time: nothing is remembered between two clicks."""

    store: StaffStore
    housekeeping: StaffHousekeeping
    clock: Clock
    face: str
    notice: str

    def __call__(self, token: str) -> Present | None:
        """Give who is there; None for a token of nobody, of another face, or too old."""
        digest, now = digest_of(token), self.clock.now()
        with self.store.reading() as unit:
            session = unit.session(digest)
            account = unit.account(session.account) if session else None
            if session is None or account is None or account.face != self.face:
                return None
            if account.state is not _STATE[session.factor]:
                return None
            present = self._present(unit, session, account)
        whole = session.factor is Factor.FULL
        last = self.housekeeping.last_seen(digest) if whole else None
        if not alive(session, last, now):
            return None
        if whole and note_seen(last, now):
            self.housekeeping.seen(digest, now)
        return present

    def sessions(self, account: str) -> tuple[Session, ...]:
        """List the sessions of an account that are whole and have not run out."""
        now = self.clock.now()
        with self.store.reading() as unit:
            found = unit.sessions(account)
        whole = [one for one in found if one.factor is Factor.FULL]
        return tuple(
            one for one in whole if alive(one, self.housekeeping.last_seen(one.digest), now)
        )

    def _present(self, unit: StaffUnit, session: Session, account: Account) -> Present:
        if session.factor is not Factor.FULL:
            return Present(session, account, Acting(account.reference, account.name))
        day = self.clock.now().date()
        grants = unit.grants(account.reference)
        places = places_of(grants, day)
        place = _chosen(session, places)
        acting = Acting(
            account.reference, account.name, places, place, permissions_at(grants, place, day)
        )
        return Present(session, account, acting, unit.acknowledged(account.reference, self.notice))


def _chosen(session: Session, places: tuple[Place, ...]) -> Place | None:
    """Give the place of a session, if it is still one of the person's, or the only one."""
    if session.place in places:
        return session.place
    return places[0] if len(places) == 1 else None
