"""Deposit what two people agree on, once: a sheet becomes one administration or a duplicate."""

from __future__ import annotations

from dataclasses import dataclass

from qol.domain.administration import Administration, Body, Mode
from qol.domain.audit import Act, AuditEvent
from qol.domain.errors import AlreadyReceivedError
from qol.domain.instrument import Release
from qol.domain.keying import DECIDED_TURN
from qol.domain.mail_room import TO_MASK, Incident, SheetMovedError, SheetState, Step, after
from qol.domain.schedule import Slot
from qol.usecases.answered import WrongDayError, WrongReleaseError, chosen_form
from qol.usecases.lab.mail_room.finding import Followed, followed, release_of, sheet_of
from qol.usecases.lab.mail_room.ports import Filed, Keying, MailStore, MailUnit, Said
from qol.usecases.lab.mail_room.sealed import opened
from qol.usecases.ports import Clock, Dice, Fault, Opener, Sealer
from qol.usecases.recording import Filled, Recording


def agreed(
    opener: Opener, filed: Filed, release: Release, keyings: tuple[Keying, ...]
) -> Body | None:
    """Give what stands: what was decided, else what both keyed; None while they differ."""
    *read, last = (opened(opener, filed, release, one) for one in keyings)
    if keyings[-1].turn == DECIDED_TURN:
        return last
    return last if read == [last] else None


@dataclass(frozen=True, slots=True)
class DepositSheet:
    """``DepositSheet(...)(programme, actor, number)`` gives where the sheet stands then."""

    store: MailStore
    sealer: Sealer
    opener: Opener
    clock: Clock
    dice: Dice
    fault: Fault = lambda _: None

    def __call__(self, programme: str, actor: str, number: int) -> SheetState:
        """Deposit it if two people agree; whatever is not deposited stays as it was keyed.

        A slot that holds answers already makes the sheet a duplicate, and a day that has come
        to belong to no visit sets it aside. Done twice, it is done once.
        """
        with self.store.reading() as unit:
            filed = sheet_of(unit, programme, number)
            if filed.sheet.state is not SheetState.KEYED_TWICE:
                return filed.sheet.state
            keyings, known = unit.keyings(filed.id), followed(unit, filed, self.clock)
        release = release_of(known.releases, filed)
        body = agreed(self.opener, filed, release, keyings)
        if body is None:
            return SheetState.KEYED_TWICE
        try:
            return self._deposited(filed, known, keyings[0].id, body, actor)
        except SheetMovedError:
            with self.store.reading() as unit:
                return sheet_of(unit, programme, number).sheet.state

    def _deposited(
        self, filed: Filed, known: Followed, visit: str, body: Body, actor: str
    ) -> SheetState:
        release = release_of(known.releases, filed)
        day = body.answered_on or filed.sheet.dated_at_latest
        try:
            _, form = chosen_form(known, day, release)
        except (WrongDayError, WrongReleaseError):
            return self._set_aside(filed, actor)

        def add(unit: MailUnit, row: Administration) -> None:
            held = sheet_of(unit, filed.programme, filed.sheet.number)
            unit.move(held.id, after(held.sheet.state, Step.DEPOSIT))
            unit.add(row)
            masked = any(held.sheet.incidents.get(one) for one in TO_MASK)
            unit.entered(row.id, actor, masked=masked)
            unit.deposited(held.id, row.id)

        filled = Filled(form, release, Mode.PAPER_POST, visit)
        record = Recording(self.store, self.sealer, self.clock, self.dice, self.fault)
        try:
            record(filled, known.subject, body, actor, add)
        except AlreadyReceivedError:
            slot = Slot(form.timepoint, form.instrument)
            return self._duplicate(filed, known.subject.id, slot, actor)
        return SheetState.RECONCILED

    def _duplicate(self, filed: Filed, subject_id: int, slot: Slot, actor: str) -> SheetState:
        with self.store.writing() as unit:
            held = sheet_of(unit, filed.programme, filed.sheet.number)
            state = after(held.sheet.state, Step.FIND_DUPLICATE)
            unit.move(held.id, state)
            holder = unit.holder_of(subject_id, slot)
            if holder is not None:
                unit.duplicates(held.id, holder)
            unit.commit(AuditEvent(Act.SHEET_DUPLICATE_FOUND, actor, filed.reference))
        return state

    def _set_aside(self, filed: Filed, actor: str) -> SheetState:
        incident, said = Incident.NO_VISIT, Said(actor, self.clock.now())
        with self.store.writing() as unit:
            held = sheet_of(unit, filed.programme, filed.sheet.number)
            state = after(held.sheet.state, Step.SET_ASIDE)
            unit.say(held.id, incident, said)
            unit.move(held.id, state)
            detail: dict[str, str | int] = {"incident": incident.value}
            unit.commit(AuditEvent(Act.SHEET_SET_ASIDE, actor, filed.reference, detail))
        return state
