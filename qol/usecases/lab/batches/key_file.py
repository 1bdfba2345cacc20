"""The key file: which pseudonym is which subject, for one recipient outside (EA-ÉCH-5-i).

It is made when a batch is issued, while its codes are in memory, and closed at once with the
recipient's public key: from then on nobody of the portal can read it.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from qol.domain.pseudonym import Pseudonym

HEAD = ("pseudonym", "subject_reference", "sheet_number")


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
