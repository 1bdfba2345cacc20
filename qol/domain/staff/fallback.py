"""Signing in by password beside a provider of identities (EA-AUT-2-c).

The way is closed unless an administrator opens it, for a day at most.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from qol.domain.errors import NotAllowedError

LONGEST_HOURS = 24


class Reason(StrEnum):
    """Why the way is opened, from a list."""

    PROVIDER_DOWN = "provider_down"
    CARD_LOST = "card_lost"
    CARD_AWAITED = "card_awaited"


@dataclass(frozen=True, slots=True)
class Fallback:
    """The way of password and second factor, open from ``opened_at`` until ``until``.

    ``account`` is None when it is open to everybody of the face.
    """

    reference: str
    account: str | None
    reason: Reason
    opened_at: datetime
    until: datetime

    def is_open(self, now: datetime) -> bool:
        """Say whether somebody may begin to sign in this way."""
        return self.opened_at <= now < self.until


def until(opened_at: datetime, hours: int) -> datetime:
    """Give the end of a fallback; NotAllowedError for less than an hour or more than a day."""
    if not 1 <= hours <= LONGEST_HOURS:
        raise NotAllowedError(f"This way is opened for 1 to {LONGEST_HOURS} hours.")
    return opened_at + timedelta(hours=hours)
