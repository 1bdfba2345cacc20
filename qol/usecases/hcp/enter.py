"""Enter what a patient answered in an interview; mode and both dates are kept (EA-ÉCH-5-g)."""

from __future__ import annotations

from dataclasses import dataclass

from qol.domain.administration import Body, Mode
from qol.domain.follow_up import Standing
from qol.domain.place import Place
from qol.usecases.hcp.entering import Entering, Written


@dataclass(frozen=True, slots=True)
class Enter:
    """``Enter(...)(place, actor, sheet, written, body)`` stores the answers."""

    entering: Entering

    def __call__(
        self, place: Place, actor: str, sheet: str, written: Written, body: Body
    ) -> Standing:
        """Store and give the timepoint; ``Entering`` says what it refuses."""
        return self.entering(place, actor, sheet, written, body, Mode.INTERVIEW)
