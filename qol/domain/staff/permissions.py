"""The closed list of what staff may do, and the roles that bundle it (EA-HAB-1-b, -c, -d).

A role's permissions never reach both identities of staff and answers; an administrator's
reach no patient data at all.
"""

from __future__ import annotations

from enum import StrEnum


class DataLevel(StrEnum):
    """What a permission lets its holder see, in the words of EA-HAB-1-b."""

    NONE = "none"
    AGGREGATED = "aggregated"
    PSEUDONYMISED = "pseudonymised"
    IDENTIFYING = "identifying"
    """Names of staff: no table of the portal holds a patient's."""


class Permission(StrEnum):
    """One thing that a person may be allowed to do."""

    HAND_OVER = "pseudonym.hand_over"
    READ_WORK_LIST = "work_list.read"
    ENTER_ANSWERS = "answers.enter"
    TRANSCRIBE_PAPER = "answers.transcribe"
    HAND_DEVICE = "device.hand_over"
    END_FOLLOW_UP = "follow_up.end"
    REPORT_WRONG_PATIENT = "deposit.report"

    READ_AGGREGATES = "aggregates.read"
    READ_RECORDS = "records.read"
    EXPORT_RECORDS = "records.export"
    CORRECT_RECORDS = "records.correct"
    TYPE_POST = "post.type"
    ISSUE_PSEUDONYMS = "pseudonyms.issue"
    PRINT_SLIPS = "slips.print"
    PRINT_FORMS = "forms.print"
    MANAGE_PROGRAMMES = "programmes.manage"
    MANAGE_INSTRUMENTS = "instruments.manage"
    APPROVE_RELEASES = "releases.approve"
    READ_LEDGER = "ledger.read"

    MANAGE_ACCOUNTS = "accounts.manage"
    MANAGE_GRANTS = "grants.manage"
    REVIEW_GRANTS = "grants.review"
    MANAGE_KEYS = "keys.manage"
    KEEP_RUNNING = "installation.keep"

    @property
    def level(self) -> DataLevel:
        """The data level of the permission."""
        return _LEVELS[self]


_P = Permission
_LEVELS = (
    dict.fromkeys(
        (
            _P.PRINT_FORMS,
            _P.MANAGE_PROGRAMMES,
            _P.MANAGE_INSTRUMENTS,
            _P.APPROVE_RELEASES,
            _P.READ_LEDGER,
            _P.MANAGE_KEYS,
            _P.KEEP_RUNNING,
        ),
        DataLevel.NONE,
    )
    | {_P.READ_AGGREGATES: DataLevel.AGGREGATED}
    | dict.fromkeys(
        (
            _P.HAND_OVER,
            _P.READ_WORK_LIST,
            _P.ENTER_ANSWERS,
            _P.TRANSCRIBE_PAPER,
            _P.HAND_DEVICE,
            _P.END_FOLLOW_UP,
            _P.REPORT_WRONG_PATIENT,
            _P.READ_RECORDS,
            _P.EXPORT_RECORDS,
            _P.CORRECT_RECORDS,
            _P.TYPE_POST,
            _P.ISSUE_PSEUDONYMS,
            _P.PRINT_SLIPS,
        ),
        DataLevel.PSEUDONYMISED,
    )
    | dict.fromkeys((_P.MANAGE_ACCOUNTS, _P.MANAGE_GRANTS, _P.REVIEW_GRANTS), DataLevel.IDENTIFYING)
)


class Scope(StrEnum):
    """What a role's grant is tied to."""

    SITE = "site"
    PROGRAMME = "programme"
    INSTALLATION = "installation"


class Role(StrEnum):
    """A named bundle of permissions on one face."""

    PROFESSIONAL = "hcp.professional"
    TYPIST = "hcp.typist"
    ANALYST = "lab.analyst"
    DATA_MANAGER = "lab.data_manager"
    MAIL_ROOM = "lab.mail_room"
    PROGRAMME_LEAD = "lab.programme_lead"
    APPROVER = "lab.approver"
    LEDGER_READER = "lab.ledger_reader"
    ADMINISTRATOR = "admin.administrator"

    @property
    def permissions(self) -> frozenset[Permission]:
        """What the role allows."""
        return _ROLES[self]

    @property
    def face(self) -> str:
        """The face on which the role acts; administrators work on the laboratory's."""
        return "hcp" if self.value.startswith("hcp.") else "lab"

    @property
    def scope(self) -> Scope:
        """Say what a grant of the role must name."""
        if self is Role.ADMINISTRATOR:
            return Scope.INSTALLATION
        return Scope.SITE if self.face == "hcp" else Scope.PROGRAMME


_ROLES = {
    Role.PROFESSIONAL: frozenset(
        {
            _P.HAND_OVER,
            _P.READ_WORK_LIST,
            _P.ENTER_ANSWERS,
            _P.TRANSCRIBE_PAPER,
            _P.HAND_DEVICE,
            _P.END_FOLLOW_UP,
            _P.REPORT_WRONG_PATIENT,
        }
    ),
    Role.TYPIST: frozenset({_P.READ_WORK_LIST, _P.TRANSCRIBE_PAPER}),
    Role.ANALYST: frozenset({_P.READ_AGGREGATES}),
    Role.DATA_MANAGER: frozenset(
        {_P.READ_AGGREGATES, _P.READ_RECORDS, _P.EXPORT_RECORDS, _P.CORRECT_RECORDS}
    ),
    Role.MAIL_ROOM: frozenset({_P.TYPE_POST, _P.PRINT_SLIPS, _P.PRINT_FORMS}),
    Role.PROGRAMME_LEAD: frozenset(
        {
            _P.MANAGE_PROGRAMMES,
            _P.MANAGE_INSTRUMENTS,
            _P.ISSUE_PSEUDONYMS,
            _P.PRINT_SLIPS,
            _P.PRINT_FORMS,
            _P.READ_AGGREGATES,
        }
    ),
    Role.APPROVER: frozenset({_P.APPROVE_RELEASES}),
    Role.LEDGER_READER: frozenset({_P.READ_LEDGER}),
    Role.ADMINISTRATOR: frozenset(
        {_P.MANAGE_ACCOUNTS, _P.MANAGE_GRANTS, _P.REVIEW_GRANTS, _P.MANAGE_KEYS, _P.KEEP_RUNNING}
    ),
}
