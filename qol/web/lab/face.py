"""What the laboratory's face is made of. The composition root fills it; views only call it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from flask import current_app

from qol.usecases.lab.programmes.acts import ProgrammeActs
from qol.usecases.lab.records.acts import RecordActs
from qol.usecases.lab.staffing.acts import StaffingActs
from qol.web.lab.mail_room.acts import MailRoom

if TYPE_CHECKING:
    from qol.web.lab.batches.acts import Batches


@dataclass(frozen=True, slots=True)
class Face:
    """The acts of the laboratory, one field an area."""

    programmes: ProgrammeActs
    records: RecordActs
    mail_room: MailRoom
    batches: Batches
    staffing: StaffingActs


def face() -> Face:
    """Give the face of the application that serves this request."""
    return cast("Face", current_app.extensions["qol.lab"])
