"""Decide where two keyings differ, with the paper at hand; then deposit what stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from qol.domain.audit import Act, AuditEvent
from qol.domain.keying import (
    DECIDED_TURN,
    Cause,
    Choice,
    check_decider,
    decided,
    differences,
)
from qol.domain.mail_room import SheetMovedError, SheetState
from qol.usecases.lab.mail_room.deposit_sheet import DepositSheet
from qol.usecases.lab.mail_room.finding import release_of, sheet_of
from qol.usecases.lab.mail_room.ports import Filed, MailStore
from qol.usecases.lab.mail_room.sealed import SealKeying, Turn, opened
from qol.usecases.ports import Clock, Opener


def _check(filed: Filed) -> None:
    if filed.sheet.state is not SheetState.KEYED_TWICE or filed.sheet.decider:
        raise SheetMovedError("This sheet does not wait for a decision.")


@dataclass(frozen=True, slots=True)
class ReconcileSheet:
    """``ReconcileSheet(...)(programme, actor, number, choices, cause)`` decides it."""

    store: MailStore
    seal: SealKeying
    opener: Opener
    deposit: DepositSheet
    clock: Clock

    def __call__(
        self,
        programme: str,
        actor: str,
        number: int,
        choices: Mapping[str, Choice],
        cause: Cause,
    ) -> SheetState:
        """Decide; UndecidedError names a part, OwnKeyingError, SheetMovedError."""
        with self.store.reading() as unit:
            filed = sheet_of(unit, programme, number)
            _check(filed)
            keyings = unit.keyings(filed.id)
            release = release_of(unit.releases(programme), filed)
        first, second = (opened(self.opener, filed, release, one) for one in keyings)
        parts = [one.part for one in differences(first, second)]
        taken = {part: choice for part, choice in choices.items() if part in parts}
        body = decided(release.instrument, first, second, taken)
        check_decider(actor, filed.sheet.typists, taken)
        turn = Turn(actor, keyings[0].visit, DECIDED_TURN, cause)
        keying = self.seal(filed, release, turn, body)
        with self.store.writing() as unit:
            held = sheet_of(unit, programme, number)
            _check(held)
            unit.add_keying(held.id, keying, self.clock.now())
            detail: dict[str, str | int] = {"cause": cause.value, "differences": len(parts)}
            detail["by"] = "typist" if actor in held.sheet.typists else "third"
            unit.commit(AuditEvent(Act.SHEET_RECONCILED, actor, held.reference, detail))
        return self.deposit(programme, actor, number)
