"""The chain of hashes that makes the ledger tamper-evident (EA-JOU-1-a, design section 7).

A segment belongs to one run of one process; its rows are numbered from 1, and each row's
hash covers the row and the hash before it. A chain alone does not show that its end was cut
off or written anew: checkpoints, signed elsewhere, do.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """An event as it is stored.

    ``segment`` is a random reference, ``at`` UTC in ISO 8601, ``detail`` canonical JSON,
    ``hash`` 32 bytes, empty until the row is chained.
    """

    segment: str
    number: int
    at: str
    act: str
    actor: str
    reference: str
    detail: str
    hash: bytes = b""


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """What was signed: the row of this number of this segment had this hash."""

    segment: str
    number: int
    hash: bytes

    def encoded(self) -> bytes:
        """Give the signed bytes."""
        return _joined("qol checkpoint 1", self.segment, str(self.number), self.hash.hex())


class Fault(StrEnum):
    """What is wrong with a ledger."""

    ALTERED = "altered"
    MISSING = "missing"
    REORDERED = "reordered"
    TRUNCATED = "truncated"
    CONTRADICTED = "contradicted"


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault, at a row of a segment. ``last`` ends a run of missing rows."""

    fault: Fault
    segment: str
    number: int
    last: int

    def __str__(self) -> str:
        """Say it in one sentence."""
        rows = (
            f"row {self.number}" if self.last == self.number else f"rows {self.number}–{self.last}"
        )
        return f"Segment {self.segment}, {rows}: {_SENTENCES[self.fault]}."


_SENTENCES = {
    Fault.ALTERED: "the row, or the hash of the one before it, is not what was written",
    Fault.MISSING: "deleted, since later rows are there",
    Fault.REORDERED: "out of its place, or there twice",
    Fault.TRUNCATED: "cut off: a signed checkpoint proves that they were written",
    Fault.CONTRADICTED: "a signed checkpoint proves that another row was written",
}


def detail_json(detail: Mapping[str, str | int]) -> str:
    """Give an event's detail as canonical JSON: sorted keys, no spaces, ASCII."""
    return json.dumps(dict(detail), sort_keys=True, separators=(",", ":"))


def _joined(*parts: str) -> bytes:
    """Join parts, each led by its length, so that no two lists of parts give the same bytes."""
    encoded = [part.encode() for part in parts]
    return b"".join(len(part).to_bytes(4, "big") + part for part in encoded)


def canonical(row: LedgerRow) -> bytes:
    """Give a row's bytes, its hash left out."""
    number = str(row.number)
    return _joined(row.segment, number, row.at, row.act, row.actor, row.reference, row.detail)


def first_previous(segment: str) -> bytes:
    """Give what stands before a segment's first row: the hash of the segment's reference."""
    return hashlib.sha256(_joined("qol ledger segment 1", segment)).digest()


def next_hash(previous: bytes, row: LedgerRow) -> bytes:
    """Give the row's hash: SHA-256 over the previous hash and the row's bytes."""
    return hashlib.sha256(b"qol ledger row 1\0" + previous + canonical(row)).digest()


def chained(previous: bytes, row: LedgerRow) -> LedgerRow:
    """Give the row with its hash."""
    return replace(row, hash=next_hash(previous, row))


@dataclass(slots=True)
class _Walk:
    """How far a segment has been read."""

    segment: str
    signed: dict[int, bytes]
    last: int = 0
    previous: bytes | None = None
    gaps: list[tuple[int, int]] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.previous = first_previous(self.segment)

    def found(self, fault: Fault, number: int, last: int | None = None) -> None:
        """Note a finding."""
        self.findings.append(Finding(fault, self.segment, number, last or number))

    def take(self, row: LedgerRow) -> None:
        """Read the next row of the segment."""
        if row.number <= self.last:
            self.found(Fault.REORDERED, row.number)
            self._fill(row.number)
            return
        if row.number > self.last + 1:
            self.gaps.append((self.last + 1, row.number - 1))
        elif self.previous is not None and next_hash(self.previous, row) != row.hash:
            self.found(Fault.ALTERED, row.number)
        if self.signed.get(row.number, row.hash) != row.hash:
            self.found(Fault.CONTRADICTED, row.number)
        self.last, self.previous = row.number, row.hash

    def _fill(self, number: int) -> None:
        """Take a number that came late out of the gaps."""
        pieces = []
        for low, high in self.gaps:
            around = (
                [(low, number - 1), (number + 1, high)] if low <= number <= high else [(low, high)]
            )
            pieces += [(a, b) for a, b in around if a <= b]
        self.gaps = pieces

    def finish(self) -> list[Finding]:
        """Give the segment's findings, by number."""
        for low, high in self.gaps:
            self.found(Fault.MISSING, low, high)
        proved = max(self.signed, default=0)
        if proved > self.last:
            self.found(Fault.TRUNCATED, self.last + 1, proved)
        return sorted(self.findings, key=lambda finding: (finding.number, finding.fault))


def verify(rows: Iterable[LedgerRow], checkpoints: Iterable[Checkpoint]) -> list[Finding]:
    """Read a ledger in stored order and list what is wrong with it, by segment and number.

    ``checkpoints`` are those whose signature is valid and whose rows were not purged. An
    edited row, a deletion, a reordering and, up to the last checkpoint, a truncation or a
    chain written anew are found. Segments may be interleaved; the rows are read once.
    """
    signed: dict[str, dict[int, bytes]] = {}
    findings: list[Finding] = []
    for checkpoint in checkpoints:
        known = signed.setdefault(checkpoint.segment, {})
        if known.setdefault(checkpoint.number, checkpoint.hash) != checkpoint.hash:
            number = checkpoint.number
            findings.append(Finding(Fault.CONTRADICTED, checkpoint.segment, number, number))
    walks = {segment: _Walk(segment, known) for segment, known in signed.items()}
    for row in rows:
        if row.segment not in walks:
            walks[row.segment] = _Walk(row.segment, {})
        walks[row.segment].take(row)
    for walk in walks.values():
        findings += walk.finish()
    return findings
