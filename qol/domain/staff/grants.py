"""Grants: a role, for one person, at one place, for a fixed and limited period (EA-HAB-1-a)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from qol.domain.place import Place
from qol.domain.programme import Offset
from qol.domain.schedule import shifted
from qol.domain.staff.permissions import DataLevel, Permission, Role, Scope
from qol.domain.staff.wrong import StaffError

LONGEST = Offset(months=12)
REVIEW = Offset(months=11)
"""A month before the longest period ends: whoever is kept never loses a day."""


class Reason(StrEnum):
    """Why somebody is given a role, from a list."""

    CARE_TEAM = "care_team"
    PROGRAMME_TEAM = "programme_team"
    REPLACEMENT = "replacement"
    AUDIT = "audit"
    OPERATION = "operation"
    FIRST_ACCOUNT = "first_account"


class EndReason(StrEnum):
    """Why a grant ends before its day, from a list."""

    DEPARTURE = "departure"
    CHANGE_OF_POST = "change_of_post"
    NOT_NEEDED = "not_needed"
    MISTAKE = "mistake"
    REVIEW = "review"
    SECURITY = "security"


class Standing(StrEnum):
    """What a grant is worth on a day."""

    TO_COME = "to_come"
    VALID = "valid"
    SUSPENDED = "suspended"
    EXPIRED = "expired"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class Grant:
    """A role given to an account.

    ``start`` and ``end`` are both days of it, in UTC; ``programme`` and ``site`` are None
    where the role's scope does not name them. ``ended`` closes it for ever.
    """

    reference: str
    account: str
    role: Role
    programme: str | None
    site: str | None
    reason: Reason
    start: date
    end: date
    ended: bool = False

    @property
    def review_due(self) -> date:
        """The day from which an unreviewed grant is suspended (EA-HAB-3)."""
        return shifted(self.start, REVIEW)

    def standing(self, day: date) -> Standing:
        """Say what the grant is worth on a day."""
        if self.ended:
            return Standing.ENDED
        if day < self.start:
            return Standing.TO_COME
        if day > self.end:
            return Standing.EXPIRED
        return Standing.SUSPENDED if day >= self.review_due else Standing.VALID

    def valid_on(self, day: date) -> bool:
        """Say whether the role may be exercised on a day."""
        return self.standing(day) is Standing.VALID

    @property
    def place(self) -> Place | None:
        """Where it holds; an empty site is the whole programme; None is the installation."""
        return None if self.programme is None else Place(self.programme, self.site or "")


def longest_end(start: date) -> date:
    """Give the last day that a period beginning on ``start`` may have."""
    return shifted(start, LONGEST)


def check_period(start: date, end: date, today: date) -> None:
    """Refuse a period that began, begins in over a year, or is longer than one; StaffError."""
    if start < today:
        raise StaffError("start.past", "A grant begins today at the earliest.")
    if start > longest_end(today):
        raise StaffError("start.far", f"A grant begins by {longest_end(today)} at the latest.")
    if end < start:
        raise StaffError("end.order", "A grant cannot end before it starts.")
    if end > longest_end(start):
        raise StaffError(
            "end.long",
            f"A grant lasts twelve months at most: it must end by {longest_end(start)}.",
        )


def check_place(role: Role, programme: str | None, site: str | None) -> None:
    """Refuse a grant that names too much or too little for its role; StaffError."""
    wanted = {
        Scope.SITE: (True, True),
        Scope.PROGRAMME: (True, False),
        Scope.INSTALLATION: (False, False),
    }[role.scope]
    if (bool(programme), bool(site)) != wanted:
        needs = {
            Scope.SITE: "one programme and one site",
            Scope.PROGRAMME: "one programme and no site",
            Scope.INSTALLATION: "neither programme nor site",
        }[role.scope]
        raise StaffError(f"place.{role.scope}", f"A grant of {role.value} names {needs}.")


def permissions_at(
    grants: tuple[Grant, ...], place: Place | None, day: date
) -> frozenset[Permission]:
    """Join what valid grants allow at a place, and those of the installation everywhere."""
    held = [g for g in grants if g.valid_on(day) and g.place in (None, place)]
    return frozenset(permission for grant in held for permission in grant.role.permissions)


def places_of(grants: tuple[Grant, ...], day: date) -> tuple[Place, ...]:
    """List the places that valid grants open, each once, in order."""
    found = {g.place for g in grants if g.valid_on(day) and g.place is not None}
    return tuple(sorted(found, key=lambda place: (place.programme, place.site)))


def joins_both(grants: tuple[Grant, ...], day: date) -> bool:
    """Say whether grants of one person join names of staff and patients' data (EA-HAB-1-c)."""
    live = (Standing.TO_COME, Standing.VALID, Standing.SUSPENDED)
    levels = {
        permission.level
        for grant in grants
        if grant.standing(day) in live
        for permission in grant.role.permissions
    }
    return DataLevel.IDENTIFYING in levels and bool(
        levels & {DataLevel.AGGREGATED, DataLevel.PSEUDONYMISED}
    )
