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
    RELEASE_APPROVED = "release.approved"
    PROGRAMME_LOADED = "programme.loaded"
    PROGRAMME_OPENED = "programme.opened"
    PROGRAMME_CLOSED = "programme.closed"
    SITE_REGISTERED = "site.registered"
    SITE_ENDED = "site.ended"
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
    ACCOUNT_CREATED = "account.created"
    ACCOUNT_ACTIVATED = "account.activated"
    ACCOUNT_ENDED = "account.ended"
    ACTIVATION_ISSUED = "activation.issued"
    ACTIVATION_OPENED = "activation.opened"
    PASSWORD_ACCEPTED = "session.password_accepted"  # noqa: S105 - the name of an act
    PASSWORD_CHANGED = "credential.password_changed"  # noqa: S105 - likewise
    PASSKEY_ADDED = "credential.passkey_added"
    IDENTITY_BOUND = "credential.identity_bound"
    PASSKEY_USED = "credential.passkey_used"
    SIGNED_IN = "session.signed_in"
    SIGNED_OUT = "session.signed_out"
    SIGNED_OUT_EVERYWHERE = "session.signed_out_everywhere"
    SCREEN_LOCKED = "session.locked"
    SCREEN_UNLOCKED = "session.unlocked"
    PLACE_CHOSEN = "session.place_chosen"
    NOTICE_READ = "notice.read"
    GRANT_GIVEN = "grant.given"
    GRANT_ENDED = "grant.ended"
    GRANT_REVIEWED = "grant.reviewed"
    GRANTS_READ = "grants.read"
    COMMAND_IDENTIFIED = "command.identified"
    ACCESS_REFUSED = "access.refused"
    FAILURES_ALERT = "sign_in.alert"


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
