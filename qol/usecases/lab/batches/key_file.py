"""The key file: which pseudonym is which subject, for one recipient outside (EA-ÉCH-5-i).

It is made when a batch is issued, while its codes are in memory, and closed at once with the
recipient's public key: from then on nobody of the portal can read it.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from qol.domain.errors import NotAllowedError
from qol.domain.pseudonym import Pseudonym
from qol.domain.staff.grants import longest_end

HEAD = ("pseudonym", "subject_reference", "sheet_number")


class RecipientEndedError(NotAllowedError):
    """The recipient's key has ended: nothing is packed for it, and nothing leaves for it."""


@dataclass(frozen=True, slots=True)
class Recipient:
    """Somebody outside who holds the private half of an age key.

    ``label`` is a code, not a name. ``fingerprint`` is told by another channel before a batch
    is trusted to the key.
    """

    reference: str
    label: str
    key: str
    fingerprint: str
    actor: str
    registered_at: datetime
    ended_at: datetime | None = None

    @property
    def ends(self) -> date:
        """Its last day, in UTC: a key lasts twelve months at most, as a grant does."""
        return longest_end(self.registered_at.date())

    def in_force(self, day: date) -> bool:
        """Say whether something may be closed for it, or leave for it, on a day."""
        return self.ended_at is None and day <= self.ends


class Packer(Protocol):
    """Closes a file for one recipient."""

    def fingerprint(self, key: str) -> str:
        """Give 40 characters to compare; NotAllowedError when this is no public age key."""

    def packed(self, key: str, content: bytes) -> bytes:
        """Return the age file that only the recipient opens."""


def key_file(lines: Iterable[tuple[Pseudonym, str, str]]) -> bytes:
    """Write pseudonym, subject reference and sheet number as CSV (RFC 4180, UTF-8).

    Lines are by sheet number: their order says nothing of the order of making (T-04).
    """
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(HEAD)
    for code, reference, sheet in sorted(lines, key=lambda line: line[2]):
        writer.writerow((code.reveal(), reference, sheet))
    return text.getvalue().encode()
