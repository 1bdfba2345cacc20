"""The professionals' acts: attested, entered, handed over on a device, said, reported."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_REASONS = "'refused', 'too_ill', 'moved', 'died', 'stopped_treatment', 'logistics'"
_MIXUPS = "'slips_swapped', 'other_person_answered', 'wrong_sheet_entered'"
_VARIANTS = "'adult', 'parent', 'teenager', 'protected_adult'"
_KEPT = "what was attested or said is never changed"


def upgrade() -> None:
    _attestation()
    _entry()
    _device_ticket()
    _said("not_done", _REASONS, sa.Column("timepoint", sa.String(length=64), nullable=False))
    _said("follow_up_end", _REASONS, sa.Column("ended_on", sa.Date(), nullable=False))
    _said("mixup_report", _MIXUPS, sa.Column("timepoint", sa.String(length=64), nullable=False))
    for statement in _GUARDS[op.get_bind().dialect.name]:
        op.execute(statement)


def _subject(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["subject_id"], ["subject.id"], name=op.f(f"fk_{table}_subject_id_subject")
    )


def _attestation() -> None:
    op.create_table(
        "attestation",
        sa.Column("subject_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("note_version", sa.String(length=64), nullable=False),
        sa.Column("note_language", sa.String(length=16), nullable=False),
        sa.Column("variant", sa.String(length=16), nullable=False),
        sa.Column("given_on", sa.Date(), nullable=False),
        sa.Column("attempt", sa.String(length=26), nullable=False),
        sa.Column("actor", sa.String(length=64), nullable=False),
        sa.Column("attested_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(f"variant IN ({_VARIANTS})", name=op.f("ck_attestation_variant")),
        _subject("attestation"),
        sa.PrimaryKeyConstraint("subject_id", name=op.f("pk_attestation")),
        sa.UniqueConstraint("attempt", name=op.f("uq_attestation_attempt")),
    )


def _entry() -> None:
    op.create_table(
        "entry",
        sa.Column("administration_id", sa.String(length=26), nullable=False),
        sa.Column("actor", sa.String(length=64), nullable=False),
        sa.Column("masked", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["administration_id"],
            ["administration.id"],
            name=op.f("fk_entry_administration_id_administration"),
        ),
        sa.PrimaryKeyConstraint("administration_id", name=op.f("pk_entry")),
    )


def _device_ticket() -> None:
    op.create_table(
        "device_ticket",
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("visit", sa.String(length=26), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("spent_at", sa.DateTime(timezone=True), nullable=True),
        _subject("device_ticket"),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_device_ticket")),
    )


def _said(table: str, codes: str, what: sa.Column[object]) -> None:
    """Make a table of one thing said of a subject, or of one of its timepoints."""
    key = ["subject_id", "timepoint"] if what.name == "timepoint" else ["subject_id"]
    op.create_table(
        table,
        sa.Column("subject_id", sa.Integer(), autoincrement=False, nullable=False),
        what,
        sa.Column("reason", sa.String(length=32), nullable=False),
        sa.Column("actor", sa.String(length=64), nullable=False),
        sa.Column("said_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(f"reason IN ({codes})", name=op.f(f"ck_{table}_reason")),
        _subject(table),
        sa.PrimaryKeyConstraint(*key, name=op.f(f"pk_{table}")),
    )


# A proof of information is append-only, as the ledger is (HV-8.7). REPLACE would pass the
# DELETE trigger on SQLite.
_GUARDS = {
    "sqlite": [
        f"""CREATE TRIGGER attestation_{verb.lower()} BEFORE {verb} ON attestation
            BEGIN SELECT RAISE(ABORT, '{_KEPT}'); END"""
        for verb in ("UPDATE", "DELETE")
    ]
    + [
        f"""CREATE TRIGGER attestation_replace BEFORE INSERT ON attestation
            WHEN EXISTS (SELECT 1 FROM attestation WHERE subject_id = NEW.subject_id)
            BEGIN SELECT RAISE(ABORT, '{_KEPT}'); END"""  # noqa: S608 - our own words only
    ],
    "postgresql": [
        f"""CREATE FUNCTION attestation_guard() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN RAISE EXCEPTION '{_KEPT}'; END $$""",
        """CREATE TRIGGER attestation_rows BEFORE UPDATE OR DELETE ON attestation
            FOR EACH ROW EXECUTE FUNCTION attestation_guard()""",
        """CREATE TRIGGER attestation_whole BEFORE TRUNCATE ON attestation
            FOR EACH STATEMENT EXECUTE FUNCTION attestation_guard()""",
    ],
}
