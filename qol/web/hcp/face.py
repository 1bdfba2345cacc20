"""What the professionals' face is made of. The composition root fills it; views only call it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

from flask import current_app

from qol.usecases.hcp.end_follow_up import EndFollowUp
from qol.usecases.hcp.enter import Enter
from qol.usecases.hcp.hand_device_over import HandDeviceOver
from qol.usecases.hcp.hand_over import HandOver
from qol.usecases.hcp.not_done import NotDone
from qol.usecases.hcp.open_consultation import OpenConsultation
from qol.usecases.hcp.open_hand_over import OpenHandOver
from qol.usecases.hcp.open_transcription import OpenTranscription
from qol.usecases.hcp.print_sheet import PrintSheet
from qol.usecases.hcp.read_sheet import ReadSheet
from qol.usecases.hcp.replace_slip import ReplaceSlip
from qol.usecases.hcp.report_wrong_patient import ReportWrongPatient
from qol.usecases.hcp.transcribe import Transcribe
from qol.usecases.hcp.work_list import ReadWorkList


@dataclass(frozen=True, slots=True)
class Face:
    """The acts of a professional. ``patient_origin`` is where a handed device goes."""

    patient_origin: str
    work_list: ReadWorkList
    read_sheet: ReadSheet
    open_hand_over: OpenHandOver
    hand_over: HandOver
    print_sheet: PrintSheet
    replace_slip: ReplaceSlip
    open_consultation: OpenConsultation
    enter: Enter
    open_transcription: OpenTranscription
    transcribe: Transcribe
    hand_device_over: HandDeviceOver
    not_done: NotDone
    end_follow_up: EndFollowUp
    report_wrong_patient: ReportWrongPatient


def face() -> Face:
    """Give the face of the application that serves this request."""
    return cast("Face", current_app.extensions["qol.hcp"])
