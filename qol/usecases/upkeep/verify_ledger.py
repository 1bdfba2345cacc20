"""Verify the ledger: its chains of hashes, and the checkpoints signed over them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from qol.domain.audit import Act, AuditEvent
from qol.domain.ledger import Checkpoint, Finding, LedgerRow, verify
from qol.usecases.upkeep.ports import LedgerBook, Verifier


@dataclass(frozen=True, slots=True)
class Verified:
    """What was read and what is wrong. ``forged`` checkpoints have no valid signature."""

    rows: int
    checkpoints: int
    findings: tuple[Finding, ...]
    forged: tuple[Checkpoint, ...]

    @property
    def sound(self) -> bool:
        """Say whether nothing is wrong."""
        return not self.findings and not self.forged


@dataclass(frozen=True, slots=True)
class VerifyLedger:
    """Read the whole ledger once."""

    book: LedgerBook
    verifier: Verifier

    def __call__(self, actor: str) -> Verified:
        """Verify, and leave the event that says so."""
        counted = _Counted()
        with self.book.reading() as (rows, signed):
            good = [point for point, mark in signed if self.verifier.valid(point, mark)]
            forged = tuple(point for point, _ in signed if point not in good)
            findings = tuple(verify(counted.passing(rows), good))
        facts: dict[str, str | int] = {
            "rows": counted.rows,
            "checkpoints": len(signed),
            "findings": len(findings) + len(forged),
        }
        self.book.record(AuditEvent(Act.LEDGER_VERIFIED, actor, "ledger", facts))
        return Verified(counted.rows, len(signed), findings, forged)


@dataclass(slots=True)
class _Counted:
    rows: int = 0

    def passing(self, rows: Iterator[LedgerRow]) -> Iterator[LedgerRow]:
        """Count the rows on their way."""
        for row in rows:
            self.rows += 1
            yield row
