"""One item reported alone."""

from __future__ import annotations

from qol.domain.errors import InstrumentError
from qol.domain.instrument import Scale
from qol.domain.scoring.parameters import only
from qol.domain.scoring.result import Numbers, Outcome


def single(scale: Scale, numbers: Numbers) -> Outcome:
    """Return the only item's number. Parameters: ``values``, nothing else."""
    only(scale)
    if len(numbers) != 1:
        raise InstrumentError(f"scale {scale.code}: method 'single' takes exactly one item")
    return Outcome(numbers[0], "none")
