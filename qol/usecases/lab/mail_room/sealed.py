"""A keying is sealed as an administration is, and can never be taken for one.

It is bound to its own id and to its sheet, where an administration is bound to its timepoint.
"""

from __future__ import annotations

from dataclasses import dataclass

from qol.domain.administration import Body, Context
from qol.domain.instrument import Release
from qol.domain.keying import Cause
from qol.usecases.lab.mail_room.ports import Filed, Keying
from qol.usecases.ports import Clock, Dice, Opener, Sealer


def _context(reference: str, filed: Filed, release: Release) -> Context:
    if filed.subject is None:
        raise ValueError("a sheet without its subject is not keyed")
    return Context(
        administration=reference,
        subject=filed.subject.reference,
        programme=filed.programme,
        timepoint=filed.reference,
        release=release.hash,
    )


@dataclass(frozen=True, slots=True)
class Turn:
    """Whose reading it is, on which page; the third turn has a cause."""

    actor: str
    visit: str
    number: int
    cause: Cause | None = None


@dataclass(frozen=True, slots=True)
class SealKeying:
    """``SealKeying(...)(filed, release, turn, body)`` seals one person's reading."""

    sealer: Sealer
    clock: Clock
    dice: Dice

    def __call__(self, filed: Filed, release: Release, turn: Turn, body: Body) -> Keying:
        """Seal for the programme's key of this year."""
        reference, year = self.dice.reference(), self.clock.now().year
        context = _context(reference, filed, release)
        sealed = self.sealer.seal(filed.programme, year, body.canonical(), context)
        return Keying(
            id=reference,
            turn=turn.number,
            actor=turn.actor,
            visit=turn.visit,
            envelope=sealed.envelope,
            key_id=sealed.key_id,
            escrow_key_id=sealed.escrow_key_id,
            cause=turn.cause,
        )


def opened(opener: Opener, filed: Filed, release: Release, keying: Keying) -> Body:
    """Open a keying; EnvelopeError when it does not open."""
    context = _context(keying.id, filed, release)
    return Body.from_canonical(opener.open(keying.envelope, context))
