"""Scheduled jobs: identities that keep the installation running and read no patient's data."""

from __future__ import annotations

from enum import StrEnum


class Job(StrEnum):
    """The closed list; each is one command and no other."""

    CHECKPOINT = "checkpoint"
    VERIFY = "verify"

    @property
    def actor(self) -> str:
        """The job as the ledger names it."""
        return f"job:{self.value}"
