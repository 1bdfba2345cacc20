"""How an administration is stored, whoever deposits it: seal first, then one short transaction.

Design section 3.5 and 3.6. The row and its event are one commit. Same slot and same visit:
stored already, and that is well. Same slot, another visit: AlreadyReceivedError. Never an
overwrite.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date
from typing import Generic, Protocol, TypeVar

from qol.domain.administration import Administration, Body, Context, Mode
from qol.domain.audit import Act, AuditEvent
from qol.domain.errors import AlreadyReceivedError
from qol.domain.instrument import Release
from qol.domain.licence import may_start
from qol.domain.schedule import Due, Slot
from qol.usecases.ports import Clock, Dice, Fault, Sealer, SubjectState


class RecordingUnit(Protocol):
    """What storing asks of one transaction."""

    def visit_of(self, subject_id: int, slot: Slot) -> str | None:
        """Return the visit number of the slot's current administration, if there is one."""

    def add(self, administration: Administration) -> None:
        """Insert the row; AlreadyReceivedError when the slot is filled."""

    def commit(self, event: AuditEvent) -> None:
        """Write the event and commit, in one transaction."""


Unit = TypeVar("Unit", bound=RecordingUnit)
Unit_co = TypeVar("Unit_co", bound=RecordingUnit, covariant=True)


class RecordingStore(Protocol[Unit_co]):
    """Opens units of one face."""

    def reading(self) -> AbstractContextManager[Unit_co]:
        """Open a snapshot."""

    def writing(self) -> AbstractContextManager[Unit_co]:
        """Open a short write transaction; it is rolled back unless committed."""


@dataclass(frozen=True, slots=True)
class DueForm:
    """One instrument that is open.

    ``releases`` maps a language to the release drawn in it.
    """

    timepoint: str
    instrument: str
    closes: date
    programme_version: int
    releases: dict[str, int]
    proxy: bool = False

    @property
    def rest(self) -> tuple[int, dict[str, int], bool]:
        """Give what the cookie carries as it is."""
        return self.programme_version, self.releases, self.proxy

    def release_for(self, language: str) -> int:
        """Give the release in that language, else the first that there is."""
        return self.releases.get(language) or next(iter(self.releases.values()))


@dataclass(frozen=True, slots=True)
class Filled:
    """One form as it was filled. ``visit`` makes a repeated Send the same deposit."""

    form: DueForm
    release: Release
    mode: Mode
    visit: str


@dataclass(frozen=True, slots=True)
class Recording(Generic[Unit]):
    """``Recording(...)(filled, subject, body, actor, add)`` stores the answers or raises."""

    store: RecordingStore[Unit]
    sealer: Sealer
    clock: Clock
    dice: Dice
    fault: Fault = lambda _: None

    def __call__(
        self,
        filled: Filled,
        subject: SubjectState,
        body: Body,
        actor: str,
        add: Callable[[Unit, Administration], None],
    ) -> None:
        """Store one sealed administration; ``add`` puts the row in, or raises why it may not.

        AlreadyReceivedError when the slot holds another visit's; StoreUnavailableError when
        the database cannot take it.
        """
        self.fault("before_sealing")
        row = self._sealed(filled, subject, body)
        event = AuditEvent(Act.DEPOSITED, actor, row.id, {"mode": row.mode.value})
        try:
            with self.store.writing() as unit:
                add(unit, row)
                unit.commit(event)
        except AlreadyReceivedError:
            slot = Slot(row.timepoint, row.instrument)
            with self.store.reading() as unit:
                if unit.visit_of(row.subject_id, slot) != row.visit:
                    raise

    def _sealed(self, filled: Filled, subject: SubjectState, body: Body) -> Administration:
        form, release = filled.form, filled.release
        now, reference = self.clock.now(), self.dice.reference()
        context = Context(
            reference, subject.reference, subject.programme, form.timepoint, release.hash
        )
        sealed = self.sealer.seal(subject.programme, now.year, body.canonical(), context)
        return Administration(
            id=reference,
            subject_id=subject.id,
            programme=subject.programme,
            programme_version=form.programme_version,
            timepoint=form.timepoint,
            instrument=form.instrument,
            release_id=release.id,
            mode=filled.mode,
            received_at=now,
            visit=filled.visit,
            envelope=sealed.envelope,
            key_id=sealed.key_id,
            escrow_key_id=sealed.escrow_key_id,
        )


def due_forms(
    found: tuple[Due, ...], releases: tuple[Release, ...], on: date
) -> tuple[DueForm, ...]:
    """Join what is due with the releases its protocol version names, language by language.

    What is not approved, or whose licence has ended on that day, is not offered.
    """
    forms = []
    for due in found:
        named = due.programme.releases.get(due.slot.instrument)
        drawn = {
            release.wording.language: release.id
            for release in releases
            if release.instrument.id == due.slot.instrument
            and release.instrument.version == named
            and may_start(release, on, demonstration=due.programme.demonstration)
        }
        if drawn:
            proxy = due.slot.instrument in due.programme.proxy
            form = DueForm(
                timepoint=due.slot.timepoint,
                instrument=due.slot.instrument,
                closes=due.window.closes,
                programme_version=due.programme.version,
                releases=drawn,
                proxy=proxy,
            )
            forms.append(form)
    return tuple(forms)
