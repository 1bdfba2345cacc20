"""The system's time and the system's randomness."""

from __future__ import annotations

import secrets
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

_ALPHABET = "abcdefghijklmnopqrstuvwxyz234567"


class SystemClock:
    """The time of this machine, in UTC."""

    def now(self) -> datetime:
        """Give the time in UTC, with its zone."""
        return datetime.now(UTC)

    def today(self, time_zone: str) -> date:
        """Give the day in a programme's time zone."""
        return datetime.now(ZoneInfo(time_zone)).date()


class SystemDice:
    """Randomness of the operating system."""

    def below(self, bound: int) -> int:
        """Draw a whole number from 0 to bound - 1."""
        return secrets.randbelow(bound)

    def reference(self) -> str:
        """Draw 128 random bits, as 26 characters without meaning."""
        bits = secrets.randbits(128)
        return "".join(_ALPHABET[(bits >> shift) & 31] for shift in range(125, -1, -5))
