"""What a person reads before the first act, with a version (EA-10.6, EA-JOU-2)."""

from __future__ import annotations

NOTICE = "1"
"""Raise it with every change of the notice's text: everybody reads it again."""


def notice_version(ledger_days: int) -> str:
    """Name the text as this installation says it: how long acts are kept is part of it."""
    return f"{NOTICE}-{ledger_days}"
