"""Sessions of staff: 15 minutes idle, 4 hours at most, a screen that locks (F-05.5, F-08.1)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from qol.domain.place import Place

IDLE = timedelta(minutes=15)
LONGEST = timedelta(hours=4)
HALF_WAY = timedelta(minutes=10)
ACTIVATING = timedelta(minutes=30)
SEEN_EVERY = timedelta(minutes=1)


class Factor(StrEnum):
    """How far a session has come. Only ``FULL`` holds a right (EA-AUT-2-a)."""

    PASSWORD = "password"  # noqa: S105 - the name of a step
    ACTIVATION = "activation"
    FULL = "full"


class Method(StrEnum):
    """What the second factor was."""

    NONE = "none"
    TOTP = "totp"
    PASSKEY = "passkey"
    PROVIDER = "provider"


@dataclass(frozen=True, slots=True)
class Session:
    """One browser of one account, as the server keeps it.

    ``digest`` stands for the cookie's token; ``provider`` for the session of an identity
    provider that it must not outlive.
    """

    digest: bytes
    account: str
    factor: Factor
    method: Method
    started_at: datetime
    locked: bool = False
    place: Place | None = None
    provider: bytes | None = None


def alive(session: Session, last_seen: datetime | None, now: datetime) -> bool:
    """Say whether a session may still be used; ``last_seen`` may be a minute old."""
    age = now - session.started_at
    if session.factor is Factor.PASSWORD:
        return age < HALF_WAY
    if session.factor is Factor.ACTIVATION:
        return age < ACTIVATING
    return age < LONGEST and now - (last_seen or session.started_at) < IDLE


def note_seen(last_seen: datetime | None, now: datetime) -> bool:
    """Say whether it is time to write down that a session was seen."""
    return last_seen is None or now - last_seen >= SEEN_EVERY
