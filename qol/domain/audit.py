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
    RECORDS_LISTED = "records.listed"
    RECORD_READ = "record.read"
    DUPLICATES_LISTED = "duplicates.listed"
    RECORD_CORRECTED = "record.corrected"
    RECORD_FROZEN = "record.frozen"
    RECORD_LIFTED = "record.lifted"
    REPORTS_LISTED = "wrong_patient.listed"
    REPORT_READ = "wrong_patient.read"
    REPORT_DECIDED = "wrong_patient.decided"
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
    FORM_PRINTED = "form.printed"
    KIT_PRINTED = "kit.printed"
    LEAFLET_PRINTED = "leaflet.printed"
    REVIEW_PRINTED = "review.printed"
    SHEETS_READ = "sheets.read"
    SHEET_READ = "sheet.read"
    SHEET_REGISTERED = "sheet.registered"
    SHEET_IDENTIFIED = "sheet.identified"
    SHEET_INCIDENT_SAID = "sheet.incident_said"
    SHEET_INCIDENT_SETTLED = "sheet.incident_settled"
    SHEET_SET_ASIDE = "sheet.set_aside"
    SHEET_OPENED = "sheet.opened"
    SHEET_KEYED = "sheet.keyed"
    SHEET_COMPARED = "sheet.compared"
    SHEET_RECONCILED = "sheet.reconciled"
    SHEET_DUPLICATE_FOUND = "sheet.duplicate_found"
    SHEET_DUPLICATE_DECIDED = "sheet.duplicate_decided"
    DESTRUCTION_PREPARED = "sheets.destruction_prepared"
    SHEETS_DESTROYED = "sheets.destroyed"
    CERTIFICATE_READ = "sheets.certificate_read"
    SLIPS_DRAWN = "slips.drawn"
    BATCHES_READ = "batches.read"
    BATCH_READ = "batch.read"
    BATCH_REVOKED = "batch.revoked"
    RECIPIENTS_READ = "recipients.read"
    RECIPIENT_REGISTERED = "recipient.registered"
    RECIPIENT_ENDED = "recipient.ended"
    KEY_FILE_RELEASED = "key_file.released"
    KEY_FILE_WITHDRAWN = "key_file.withdrawn"
    LEDGER_CHECKPOINTED = "ledger.checkpointed"
    LEDGER_VERIFIED = "ledger.verified"
    ACCOUNT_CREATED = "account.created"
    ACCOUNT_ACTIVATED = "account.activated"
    ACCOUNT_ENDED = "account.ended"
    ACCOUNTS_READ = "accounts.read"
    ACCOUNT_READ = "account.read"
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
    FALLBACK_OPENED = "fallback.opened"
    FALLBACK_CLOSED = "fallback.closed"
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
