"""The closed list of acts that leave a trace (EA-JOU-1-a).

An event carries opaque references only: no pseudonym, no answer, no patient address.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


class Act(StrEnum):
    """What was done. Reading row-level data is an act as much as writing it."""

    DEPOSITED = "administration.deposited"
    RECORDS_EXPORTED = "records.exported"
    RELEASE_PUBLISHED = "release.published"
    PROGRAMME_LOADED = "programme.loaded"
    PROGRAMME_OPENED = "programme.opened"
    PSEUDONYMS_ISSUED = "pseudonyms.issued"
    PSEUDONYM_ACTIVATED = "pseudonym.activated"
    PSEUDONYM_REVOKED = "pseudonym.revoked"
    PSEUDONYM_REPLACED = "pseudonym.replaced"
    PSEUDONYM_HANDED_OVER = "pseudonym.handed_over"
    WORK_LIST_READ = "work_list.read"
    SUBJECT_READ = "subject.read"
    CONSULTATION_OPENED = "consultation.opened"
    TRANSCRIPTION_OPENED = "transcription.opened"
    DEVICE_HANDED_OVER = "device.handed_over"
    DEVICE_OPENED = "device.opened"
    TIMEPOINT_NOT_DONE = "timepoint.not_done"
    FOLLOW_UP_ENDED = "follow_up.ended"
    WRONG_PATIENT_REPORTED = "wrong_patient.reported"
    KEYS_GENERATED = "keys.generated"
    KEYS_REGISTERED = "keys.registered"
    SLIPS_PRINTED = "slips.printed"
    LEDGER_CHECKPOINTED = "ledger.checkpointed"
    LEDGER_VERIFIED = "ledger.verified"


@dataclass(frozen=True, slots=True)
class AuditEvent:
    """One act by one actor on one opaque reference.

    ``actor`` is ``patient`` for a deposit, else the acting person or job;
    ``detail`` holds short coded facts (counts, versions, reasons from a list).
    """

    act: Act
    actor: str
    reference: str = ""
    detail: dict[str, str | int] = field(default_factory=dict)
