"""Issue a batch of pseudonyms to a site; none is usable before it is activated (EA-7.2-a1)."""

from __future__ import annotations

from dataclasses import dataclass

from qol.domain.audit import Act, AuditEvent
from qol.domain.errors import NotAllowedError
from qol.domain.site import refuse_without_contract
from qol.usecases.lab.ports import LabStore, LabUnit, NewSubject
from qol.usecases.lab.programmes.opening import refuse_unopened
from qol.usecases.lab.programmes.sites import site_of
from qol.usecases.lab.pseudonyms import Issued, Mint, Place
from qol.usecases.ports import Clock

MOST = 500


@dataclass(frozen=True, slots=True)
class Batch:
    """A batch's reference and its sheets, in order."""

    reference: str
    issued: tuple[Issued, ...]


@dataclass(frozen=True, slots=True)
class IssuePseudonyms:
    """Draw codes and references, keep digests and sealed slip copies."""

    store: LabStore
    mint: Mint
    clock: Clock

    def __call__(self, programme: str, site: str, count: int, actor: str) -> Batch:
        """Issue ``count`` codes, 1 to 500, to a site of an open programme, contract in force."""
        if not 1 <= count <= MOST:
            raise NotAllowedError(f"A batch holds from 1 to {MOST} codes.")
        reference = self.mint.dice.reference()
        with self.store.writing() as unit:
            versions = unit.versions(programme)
            if not versions:
                raise NotAllowedError(f"There is no programme {programme}: load it first.")
            refuse_unopened(unit, programme)
            today = self.clock.today(versions[-1].programme.time_zone)
            refuse_without_contract(site_of(unit, programme, site), site, today)
            subjects, issued = self._drawn(unit, Place(programme, site), reference, count)
            unit.add_subjects(subjects)
            unit.commit(
                AuditEvent(
                    Act.PSEUDONYMS_ISSUED,
                    actor,
                    f"batch:{reference}",
                    {"programme": programme, "site": site, "count": count},
                )
            )
        return Batch(reference, issued)

    def _drawn(
        self, unit: LabUnit, place: Place, batch: str, count: int
    ) -> tuple[list[NewSubject], tuple[Issued, ...]]:
        subjects: list[NewSubject] = []
        issued: dict[str, Issued] = {}
        for _ in range(count):
            sheet = self.mint.sheet_number(place, unit, issued)
            subject = self.mint.dice.reference()
            stored, shown = self.mint.stored(subject)
            subjects.append(NewSubject(subject, place.programme, place.site, batch, sheet, stored))
            issued[sheet] = Issued(sheet, shown)
        return subjects, tuple(issued.values())
