"""Why a code is made useless: a closed list, so that nobody has to write a sentence."""

from __future__ import annotations

from enum import StrEnum


class RevokeReason(StrEnum):
    """Said when a code or a batch is revoked."""

    LOST = "lost"
    SEEN_BY_OTHERS = "seen_by_others"
    SPOILED = "spoiled"
    UNUSED = "unused"
    SITE_LEFT = "site_left"
    MISTAKE = "mistake"


class Which(StrEnum):
    """Which codes of a batch are revoked (T-66, T-18)."""

    UNUSED = "unused"
    """Those that were never handed over."""
    ALL = "all"
    """Those in patients' hands too."""
