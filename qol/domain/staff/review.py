"""The yearly review: keep or remove each grant; what nobody reviewed is suspended (EA-HAB-3)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from qol.domain.errors import NotAllowedError
from qol.domain.staff.grants import Grant, Standing, check_period

OPENS_BEFORE = timedelta(days=60)
_REVIEWABLE = (Standing.VALID, Standing.SUSPENDED, Standing.EXPIRED)


class Decision(StrEnum):
    """What a review says of one grant."""

    KEEP = "keep"
    REMOVE = "remove"


@dataclass(frozen=True, slots=True)
class Review:
    """One decision, as it is stored: who, when, about which period."""

    reference: str
    grant: str
    reviewer: str
    day: date
    decision: Decision
    due: date


def under_review(grant: Grant, day: date) -> bool:
    """Say whether a grant waits for its review: from sixty days before it is due."""
    if grant.review_due > grant.end:
        return False  # shorter than a year: it ends by itself
    return grant.standing(day) in _REVIEWABLE and day >= grant.review_due - OPENS_BEFORE


def reviewed(grant: Grant, decision: Decision, end: date, reviewer: str, day: date) -> Grant:
    """Give the grant as the review leaves it.

    Kept, it begins a new period on ``day`` that lasts to ``end``; removed, it is ended.
    NotAllowedError when it is not due, or the reviewer is its own holder.
    """
    if reviewer == grant.account:
        raise NotAllowedError("Nobody reviews their own grants: another person must.")
    if not under_review(grant, day):
        raise NotAllowedError(
            f"This grant's review opens on {grant.review_due - OPENS_BEFORE}; to take it away "
            "before, end it."
        )
    if decision is Decision.REMOVE:
        return replace(grant, ended=True)
    check_period(day, end, day)
    return replace(grant, start=day, end=end)
