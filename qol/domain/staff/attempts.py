"""Growing delays after failed sign-ins (EA-AUT-5, F-01.2, F-08.2).

Failures are counted for each account, for each source and, apart from both, for each browser
that has signed in with the account before: a stranger who fails on purpose makes strangers
wait, never the doctor at their own machine. A face as a whole only raises an alert.
"""

from __future__ import annotations

from dataclasses import dataclass

FREE = 5
FIRST_WAIT = 64
LONGEST_WAIT = 3600
DAY = 86_400
MOST_A_DAY = 25
ALERT = 100
"""Failures on one face within a day that somebody must be told of."""


@dataclass(frozen=True, slots=True)
class Tally:
    """Failures of one key. ``run`` since the last success; ``tries`` since ``since``.

    Times are whole seconds since 1970.
    """

    run: int = 0
    tries: int = 0
    since: int = 0
    last: int = 0


def failed(tally: Tally, now: int) -> Tally:
    """Count one more failure; a day without any begins anew."""
    if now - tally.last >= DAY:
        tally = Tally(since=now)
    elif now - tally.since >= DAY:
        tally = Tally(tally.run, 0, now, tally.last)
    return Tally(tally.run + 1, tally.tries + 1, tally.since, now)


def succeeded(tally: Tally) -> Tally:
    """Forgive the run; the tries of the day stay counted."""
    return Tally(0, tally.tries, tally.since, tally.last)


def waiting(tally: Tally, now: int, factor: int = 1) -> int:
    """Give the seconds until the next try; 0 when it may be made now.

    ``factor`` multiplies what is free: many people share a hospital's address.
    """
    until = 0
    free = FREE * factor
    if tally.run >= free:
        wait = min(LONGEST_WAIT, FIRST_WAIT * 2 ** min(tally.run - free, 10))
        until = tally.last + wait
    if tally.tries >= MOST_A_DAY * factor:
        until = max(until, tally.since + DAY)
    return max(0, until - now)


def alarming(tally: Tally) -> bool:
    """Say whether this very failure is the one that raises the alert."""
    return tally.tries == ALERT
