"""Sheets of slips of a made-up batch, the same at every run."""

from __future__ import annotations

import random

from qol.adapters.programmes import portal
from qol.domain.pseudonym import ALPHABET, draw
from qol.usecases.lab.batches.printing import Cover, Slip, SlipSheet
from tests.sheets import ADDRESS, DEMONSTRATION

BATCH, SITE = "7F3KQ2W9XZ" + "R" * 16, "CHU-07"


def slip_sheet(count: int, language: str = "fr", *, demonstration: bool = False) -> SlipSheet:
    """Make that many slips of a real installation, by sheet number."""
    dice = random.Random(count)  # noqa: S311 - printed on a sheet of the tests
    made = [
        Slip("".join(dice.choice(ALPHABET) for _ in range(5)), draw(dice.randrange))
        for _ in range(count)
    ]
    slips = tuple(sorted(made, key=lambda slip: slip.sheet_number))
    installation = portal.load(DEMONSTRATION / "portal.toml")
    return SlipSheet(
        language=language,
        portal_name=installation.names[language],
        address=f"{ADDRESS}{language}/",
        safety=installation.safety[language],
        cover=Cover(BATCH, SITE, count, slips[0].sheet_number, slips[-1].sheet_number),
        slips=slips,
        demonstration=demonstration,
    )
