"""Keep one person's reading of a sheet, sealed; after the second, deposit what both agree on."""

from __future__ import annotations

from dataclasses import dataclass, replace

from qol.domain.administration import Body, Respondent
from qol.domain.audit import Act, AuditEvent
from qol.domain.follow_up import WrongDay
from qol.domain.mail_room import SheetState, Step, after
from qol.usecases.answered import WrongDayError, WrongReleaseError, chosen_form
from qol.usecases.lab.mail_room.deposit_sheet import DepositSheet
from qol.usecases.lab.mail_room.finding import MayNotKeyError, followed, release_of, sheet_of
from qol.usecases.lab.mail_room.ports import MailStore
from qol.usecases.lab.mail_room.sealed import SealKeying, Turn
from qol.usecases.ports import Clock


@dataclass(frozen=True, slots=True)
class KeySheet:
    """``KeySheet(...)(programme, actor, number, body, visit)`` keeps it and says what follows.

    Whose turn it is is decided when it is stored: of two people who key at the same time one
    is the first and the other the second, and a third is refused.
    """

    store: MailStore
    seal: SealKeying
    deposit: DepositSheet
    clock: Clock

    def __call__(
        self, programme: str, actor: str, number: int, body: Body, visit: str
    ) -> SheetState:
        """Keep it; UnknownSheetError, MayNotKeyError, WrongDayError, WrongReleaseError.

        The same visit is the same keying.
        """
        with self.store.reading() as unit:
            filed = sheet_of(unit, programme, number)
            keyings = unit.keyings(filed.id)
            if any((one.actor, one.visit) == (actor, visit) for one in keyings):
                return self.deposit(programme, actor, number)
            refusal = filed.sheet.refuses(actor)
            if refusal is not None:
                raise MayNotKeyError(refusal)
            known = followed(unit, filed, self.clock)
        release = release_of(known.releases, filed)
        latest = filed.sheet.dated_at_latest
        day = body.answered_on or latest
        if day > latest:
            raise WrongDayError(WrongDay.AFTER_POSTING)
        _, form = chosen_form(known, day, release)
        if body.respondent is Respondent.PROXY and not form.proxy:
            raise WrongReleaseError("Nobody may answer this questionnaire for the patient.")
        keying = self.seal(filed, release, Turn(actor, visit, len(keyings) + 1), body)
        with self.store.writing() as unit:
            held = sheet_of(unit, programme, number)
            refusal = held.sheet.refuses(actor)
            if refusal is not None:
                raise MayNotKeyError(refusal)
            turn = len(held.sheet.typists) + 1
            state = after(held.sheet.state, Step.KEY)
            unit.add_keying(held.id, replace(keying, turn=turn), self.clock.now())
            unit.move(held.id, state)
            unit.commit(AuditEvent(Act.SHEET_KEYED, actor, filed.reference, {"turn": turn}))
        if state is SheetState.KEYED_ONCE:
            return state
        return self.deposit(programme, actor, number)
