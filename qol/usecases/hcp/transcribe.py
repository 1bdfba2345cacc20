"""Copy a paper form; the timepoint is computed from the date on it (EA-ÉCH-5-f)."""

from __future__ import annotations

from dataclasses import dataclass

from qol.domain.administration import Body, Mode
from qol.domain.errors import NotAllowedError
from qol.domain.follow_up import Standing
from qol.domain.place import Place
from qol.usecases.hcp.entering import Entering, Written


class NotMaskedError(NotAllowedError):
    """Nobody attested that what identifies the patient is masked on the paper."""


@dataclass(frozen=True, slots=True)
class Transcribe:
    """``Transcribe(...)(place, actor, sheet, written, body, masked=…)`` stores the answers."""

    entering: Entering

    def __call__(
        self,
        place: Place,
        actor: str,
        sheet: str,
        written: Written,
        body: Body,
        *,
        masked: bool,
    ) -> Standing:
        """Store and give the timepoint; NotMaskedError, and what ``Entering`` refuses."""
        if not masked:
            raise NotMaskedError("Attest that nothing on the paper names the patient.")
        return self.entering(place, actor, sheet, written, body, Mode.PAPER_HCP)
