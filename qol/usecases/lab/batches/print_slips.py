"""Print a batch's slips into a file, in one go: for the command line."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass

from qol.domain.audit import Act, AuditEvent
from qol.usecases.lab.batches.ports import BatchStore
from qol.usecases.lab.batches.printing import SlipPrinter
from qol.usecases.lab.batches.slips_of import SlipsOf, take

Keep = Callable[[bytes], AbstractContextManager[None]]
"""Writes the file; takes it away again when its block fails."""


@dataclass(frozen=True, slots=True)
class PrintSlips:
    """``PrintSlips(...)(programme, batch, language, actor, keep)`` says how many slips."""

    store: BatchStore
    slips_of: SlipsOf
    printer: SlipPrinter

    def __call__(self, programme: str, batch: str, language: str, actor: str, keep: Keep) -> int:
        """Draw, keep the file, then delete the copies; ChangedError leaves all as it was."""
        with self.store.reading() as unit:
            drawable = self.slips_of(unit, programme, batch, language)
            count = len(drawable.copies)
            unit.commit(AuditEvent(Act.SLIPS_DRAWN, actor, f"batch:{batch}", {"count": count}))
        pdf = self.printer.print_slips(drawable.sheet, lambda _: None)
        with keep(pdf), self.store.writing() as unit:
            take(unit, drawable.copies)
            event = AuditEvent(Act.SLIPS_PRINTED, actor, f"batch:{batch}", {"count": count})
            unit.commit(event)
        return count
