"""What the laboratory's face is made of. The composition root fills it; views only call it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

from flask import current_app

from qol.usecases.lab.programmes.acts import ProgrammeActs


@dataclass(frozen=True, slots=True)
class Face:
    """The acts of the laboratory."""

    programmes: ProgrammeActs


def face() -> Face:
    """Give the face of the application that serves this request."""
    return cast("Face", current_app.extensions["qol.lab"])
