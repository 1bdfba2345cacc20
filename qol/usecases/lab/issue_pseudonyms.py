"""Issue a batch of pseudonyms to a site; none is usable before it is activated (EA-7.2-a1)."""

from __future__ import annotations

from dataclasses import dataclass

from qol.domain.audit import Act, AuditEvent
from qol.domain.errors import NotAllowedError
from qol.domain.pseudonym import Pseudonym
from qol.domain.site import refuse_without_contract
from qol.usecases.lab.batches.key_file import Packer, Recipient, RecipientEndedError, key_file
from qol.usecases.lab.ports import LabStore, LabUnit, NewBatch, NewPackage, NewSubject
from qol.usecases.lab.programmes.opening import refuse_unopened
from qol.usecases.lab.programmes.sites import site_of
from qol.usecases.lab.pseudonyms import Issued, Mint
from qol.usecases.ports import Clock

MOST = 2000


@dataclass(frozen=True, slots=True)
class Batch:
    """A batch's reference and its sheets, in order; no sheets when it was issued before."""

    reference: str
    issued: tuple[Issued, ...]


@dataclass(frozen=True, slots=True)
class Wish:
    """What may be asked besides: once for this ``attempt``; a key file for ``recipient``."""

    attempt: str = ""
    recipient: Recipient | None = None


@dataclass(frozen=True, slots=True)
class _Drawn:
    """A subject that was just drawn, before it has a sheet number."""

    reference: str
    code: Pseudonym


@dataclass(frozen=True, slots=True)
class IssuePseudonyms:
    """Draw codes and references, keep digests and sealed slip copies.

    The key file can only be made now, while the codes are here (docs/adr/0008).
    """

    store: LabStore
    mint: Mint
    clock: Clock
    packer: Packer

    def __call__(
        self, programme: str, site: str, count: int, actor: str, wish: Wish | None = None
    ) -> Batch:
        """Issue ``count`` codes, 1 to 2 000, to a site of an open programme, contract in force.

        RecipientEndedError when the key of the wished recipient has ended.
        """
        if not 1 <= count <= MOST:
            raise NotAllowedError(f"A batch holds from 1 to {MOST} codes.")
        dice, wish = self.mint.dice, wish or Wish()
        reference, attempt = dice.reference(), wish.attempt or dice.reference()
        # Drawn and sealed before the transaction begins: no deposit waits for 2 000 codes.
        drawn = [_Drawn(dice.reference(), self.mint.code()) for _ in range(count)]
        kept = [self.mint.kept(one.code, one.reference) for one in drawn]
        with self.store.writing() as unit:
            before = unit.batch_of(attempt)
            if before is not None:
                return Batch(before, ())
            self._refuse_unready(unit, programme, site)
            self._refuse_ended(unit, programme, wish.recipient)
            sheets = self.mint.sheet_numbers(count, unit.sheets_of(site))
            unit.add_subjects(
                [
                    NewSubject(one.reference, programme, site, reference, sheet, stored)
                    for one, sheet, stored in zip(drawn, sheets, kept, strict=True)
                ]
            )
            package, now = self._package(wish, drawn, sheets), self.clock.now()
            unit.add_batch(NewBatch(reference, programme, site, now, attempt, actor, package))
            detail: dict[str, str | int] = {"programme": programme, "site": site, "count": count}
            if wish.recipient is not None:
                detail["recipient"] = wish.recipient.reference
            event = AuditEvent(Act.PSEUDONYMS_ISSUED, actor, f"batch:{reference}", detail)
            unit.commit(event)
        shown = (self.mint.shown(one.code) for one in drawn)
        return Batch(reference, tuple(map(Issued, sheets, shown)))

    def _refuse_unready(self, unit: LabUnit, programme: str, site: str) -> None:
        versions = unit.versions(programme)
        if not versions:
            raise NotAllowedError(f"There is no programme {programme}: load it first.")
        refuse_unopened(unit, programme)
        today = self.clock.today(versions[-1].programme.time_zone)
        refuse_without_contract(site_of(unit, programme, site), site, today)

    def _refuse_ended(self, unit: LabUnit, programme: str, wished: Recipient | None) -> None:
        if wished is None:
            return
        known = unit.recipient(programme, wished.reference)
        if known is None or not known.in_force(self.clock.now().date()):
            raise RecipientEndedError("This recipient's key has ended: register a new one.")

    def _package(self, wish: Wish, drawn: list[_Drawn], sheets: list[str]) -> NewPackage | None:
        if wish.recipient is None:
            return None
        lines = [(one.code, one.reference, sheet) for one, sheet in zip(drawn, sheets, strict=True)]
        return NewPackage(
            wish.recipient.reference, self.packer.packed(wish.recipient.key, key_file(lines))
        )
