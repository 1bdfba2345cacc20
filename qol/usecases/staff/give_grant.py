"""Give a role to somebody else, at one place, for twelve months at most (EA-HAB-1)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from qol.domain.audit import Act, AuditEvent
from qol.domain.staff.accounts import AccountState, actor_of
from qol.domain.staff.grants import Grant, Reason, check_period, check_place, joins_both
from qol.domain.staff.permissions import Role
from qol.domain.staff.wrong import StaffError
from qol.usecases.ports import Clock, Dice
from qol.usecases.staff.ports import StaffStore, StaffUnit


@dataclass(frozen=True, slots=True)
class Wish:
    """What is asked for. ``double`` says that joining names and answers is meant.

    ``reference`` is the one that the grant is to have, so that a page sent twice gives one
    grant; drawn when it is empty.
    """

    account: str
    role: Role
    reason: Reason
    start: date
    end: date
    programme: str | None = None
    site: str | None = None
    double: bool = False
    reference: str = ""


@dataclass(frozen=True, slots=True)
class GiveGrant:
    """Nobody gives themselves anything."""

    store: StaffStore
    clock: Clock
    dice: Dice

    def __call__(self, wish: Wish, actor: str) -> Grant:
        """Give it, once for a reference; StaffError says what is wrong with the wish."""
        if actor == actor_of(wish.account):
            raise StaffError("own", "Nobody gives themselves a grant: another person must.")
        day = self.clock.now().date()
        check_period(wish.start, wish.end, day)
        check_place(wish.role, wish.programme, wish.site)
        grant = Grant(
            wish.reference or self.dice.reference(),
            wish.account,
            wish.role,
            wish.programme,
            wish.site,
            wish.reason,
            wish.start,
            wish.end,
        )
        with self.store.writing() as unit:
            before = unit.grant(grant.reference)
            if before == grant:
                return before
            if before is not None:
                raise StaffError("again", "This page has given a grant: open it anew for another.")
            _refuse(unit, wish)
            if joins_both((*unit.grants(wish.account), grant), day) and not wish.double:
                raise StaffError(
                    "double",
                    "With this grant one person would see both names of staff and answers: "
                    "say that it is meant, with a double grant (EA-HAB-1-c).",
                )
            unit.add_grant(grant)
            unit.commit(_event(grant, actor, double=wish.double))
        return grant


def _refuse(unit: StaffUnit, wish: Wish) -> None:
    """Refuse whoever left, and a role of the other face."""
    account = unit.account(wish.account)
    if account is None or account.state is AccountState.ENDED:
        raise StaffError("left", "There is no such account, or its person has left.")
    if account.face != wish.role.face:
        raise StaffError(
            "role",
            f"{wish.role.value} is a role of the {wish.role.face} face, and this account "
            f"is of the {account.face} face.",
        )


def _event(grant: Grant, actor: str, *, double: bool) -> AuditEvent:
    detail: dict[str, str | int] = {
        "account": grant.account,
        "role": grant.role.value,
        "programme": grant.programme or "",
        "site": grant.site or "",
        "reason": grant.reason.value,
        "start": grant.start.isoformat(),
        "end": grant.end.isoformat(),
        "double": int(double),
    }
    return AuditEvent(Act.GRANT_GIVEN, actor, f"grant:{grant.reference}", detail)
