"""Verify the ledger: its chains of hashes, and the checkpoints signed over them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from qol.domain.audit import Act, AuditEvent
from qol.domain.ledger import Finding, LedgerRow, verify
from qol.usecases.upkeep.ports import LedgerStore, Verifier


@dataclass(frozen=True, slots=True)
class Verified:
    """What was read and what is wrong. ``forged`` checkpoints have no valid signature."""

    rows: int
    checkpoints: int
    findings: tuple[Finding, ...]
    forged: tuple[str, ...]

    @property
    def sound(self) -> bool:
        """Say whether nothing is wrong."""
        return not self.findings and not self.forged


@dataclass(frozen=True, slots=True)
class VerifyLedger:
    """Read the whole ledger once."""

    store: LedgerStore
    verifier: Verifier

    def __call__(self, actor: str) -> Verified:
        """Verify, and leave the event that says so."""
        counted = _Counted()
        with self.store.reading() as unit:
            signed = unit.checkpoints()
            good = [
                one.checkpoint
                for one in signed
                if self.verifier.valid(one.checkpoint, one.signature)
            ]
            forged = tuple(
                f"{one.checkpoint.segment} {one.checkpoint.number}"
                for one in signed
                if one.checkpoint not in good
            )
            findings = tuple(verify(counted.passing(unit.rows()), good))
            facts: dict[str, str | int] = {
                "rows": counted.rows,
                "checkpoints": len(signed),
                "findings": len(findings) + len(forged),
            }
            unit.commit(AuditEvent(Act.LEDGER_VERIFIED, actor, "ledger", facts))
        return Verified(counted.rows, len(signed), findings, forged)


@dataclass(slots=True)
class _Counted:
    rows: int = 0

    def passing(self, rows: Iterator[LedgerRow]) -> Iterator[LedgerRow]:
        """Count the rows on their way."""
        for row in rows:
            self.rows += 1
            yield row
