"""A version sealed again: another administration of the same answers' history.

It keeps what says how the answers came (mode, release, programme version, the hour they were
received) and is sealed for the keys of that very year, so that the year's destruction takes
every version with it (design section 3.7).
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from qol.domain.administration import Administration, Body, Context
from qol.domain.errors import EnvelopeError, KeyAbsentError
from qol.domain.instrument import Release
from qol.domain.records import RecordState
from qol.domain.scoring import Scoring
from qol.usecases.lab.opened_record import Unreadable, open_record
from qol.usecases.lab.ports import StoredRecord
from qol.usecases.ports import Dice, Opener, Sealer


@dataclass(frozen=True, slots=True)
class Resealing:
    """Opens a version and seals its successor."""

    opener: Opener
    sealer: Sealer
    dice: Dice

    def opened(self, stored: StoredRecord, release: Release) -> Body:
        """Give what is sealed; KeyAbsentError or EnvelopeError when it cannot be read."""
        record = open_record(self.opener, stored, release, Scoring(release.instrument))
        if record.body is not None:
            return record.body
        if record.why is Unreadable.KEY:
            raise KeyAbsentError("The keys of this record's year are not there.")
        raise EnvelopeError("This record does not open.")

    def sealed(
        self, stored: StoredRecord, release: Release, body: Body, subject: tuple[int, str], on: str
    ) -> Administration:
        """Seal the next version under a subject's row and reference; ``on`` is the attempt."""
        before, (row, reference) = stored.administration, subject
        made = self.dice.reference()
        context = Context(made, reference, before.programme, before.timepoint, release.hash)
        year = before.received_at.year
        sealed = self.sealer.seal(before.programme, year, body.canonical(), context)
        return replace(
            before,
            id=made,
            subject_id=row,
            visit=on,
            envelope=sealed.envelope,
            key_id=sealed.key_id,
            escrow_key_id=sealed.escrow_key_id,
            state=RecordState.CURRENT.value,
        )
