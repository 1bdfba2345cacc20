"""Review a grant: keep it for a new period, or remove it (EA-HAB-3)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from qol.domain.audit import Act, AuditEvent
from qol.domain.errors import NotAllowedError
from qol.domain.staff.accounts import Account
from qol.domain.staff.grants import Grant
from qol.domain.staff.review import Decision, Review, reviewed, under_review
from qol.usecases.ports import Clock, Dice
from qol.usecases.staff.acting import Acting
from qol.usecases.staff.ports import StaffStore


@dataclass(frozen=True, slots=True)
class ReviewGrant:
    """One decision of one person about one grant of another."""

    store: StaffStore
    clock: Clock
    dice: Dice

    def __call__(self, grant: str, decision: Decision, end: date, person: Acting) -> Grant:
        """Decide; NotAllowedError when it is not due, or one's own."""
        day = self.clock.now().date()
        with self.store.writing() as unit:
            found = unit.grant(grant)
            if found is None:
                raise NotAllowedError("There is no such grant.")
            after = reviewed(found, decision, end, person.account, day)
            unit.set_grant(after)
            unit.add_review(
                Review(
                    self.dice.reference(), grant, person.account, day, decision, found.review_due
                )
            )
            detail: dict[str, str | int] = {
                "decision": decision.value,
                "due": found.review_due.isoformat(),
                "end": after.end.isoformat(),
            }
            unit.commit(AuditEvent(Act.GRANT_REVIEWED, person.actor, f"grant:{grant}", detail))
        return after


@dataclass(frozen=True, slots=True)
class ListGrants:
    """Show who may do what: reading it is an act too."""

    store: StaffStore
    clock: Clock

    def __call__(self, actor: str, *, due: bool = False) -> list[tuple[Grant, Account]]:
        """List grants with their accounts by login; with ``due``, those that wait for a review."""
        day = self.clock.now().date()
        with self.store.reading() as unit:
            accounts = {account.reference: account for account in unit.accounts()}
            grants = [g for g in unit.grants() if not due or under_review(g, day)]
        detail: dict[str, str | int] = {"count": len(grants), "due": int(due)}
        with self.store.writing() as unit:
            unit.commit(AuditEvent(Act.GRANTS_READ, actor, "grants", detail))
        found = [(grant, accounts[grant.account]) for grant in grants]
        return sorted(found, key=lambda pair: (pair[1].login, pair[0].start))
