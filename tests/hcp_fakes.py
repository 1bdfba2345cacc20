"""A ward in memory where nobody is followed: for tests of what every face of staff does."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from qol.bootstrap import hcp as composing
from qol.config import Config
from qol.domain.audit import AuditEvent
from qol.domain.instrument import Release
from qol.domain.place import Place
from qol.domain.schedule import InForce
from qol.usecases.hcp.ports import Followed
from qol.usecases.hcp.printing import HandOverSheet
from qol.usecases.ports import Clock, Dice, Ticket
from qol.web.hcp.face import Face
from tests import builders
from tests.fakes import KeepingSealer, PlainDigests
from tests.patient_face import PORTAL
from tests.unit.usecases.lab_fakes import PlainSlips


@dataclass
class EmptyWard:
    """Unit and store in one: a programme, no sheet, no code; its events are kept apart."""

    events: list[AuditEvent] = field(default_factory=list)

    @contextmanager
    def reading(self) -> Iterator[EmptyWard]:
        yield self

    writing = reading

    def versions(self, programme: str) -> tuple[InForce, ...]:
        return builders.in_force()

    def releases(self, programme: str) -> tuple[Release, ...]:
        return builders.releases()

    def followed(self, place: Place) -> tuple[Followed, ...]:
        return ()

    def by_sheet(self, place: Place, sheet_number: str) -> Followed | None:
        return None

    def spares(self, place: Place) -> int:
        return 0

    def ticket(self, digest: bytes) -> Ticket | None:
        return None

    def commit(self, event: AuditEvent) -> None:
        self.events.append(event)


class NoPrinter:
    """A printer that nobody may ask."""

    def print_hand_over(self, sheet: HandOverSheet) -> bytes:
        raise AssertionError("an empty ward prints nothing")


def empty_face(config: Config, clock: Clock, dice: Dice) -> Face:
    """The acts of a professional at a place where nobody is followed."""
    store, slips = EmptyWard(), PlainSlips()
    parts = composing.Parts(
        store=store,  # type: ignore[arg-type] - what an empty ward is never asked is not there
        sealer=KeepingSealer(),
        digests=PlainDigests(),
        slips=slips,
        printer=NoPrinter(),
        clock=clock,
        dice=dice,
    )
    return composing.assembled(config, PORTAL, parts)
