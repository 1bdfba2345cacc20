"""The trail of corrected, frozen and reassigned records; what is decided on a report."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

_KINDS = "'corrected', 'reassigned', 'frozen', 'lifted'"
_REASONS = (
    "'transcription_error', 'entry_error', 'rectification', "
    "'accuracy_contested', 'unlawful', 'legal_claim', 'objection', 'mixup_suspected', "
    "'accuracy_confirmed', 'to_correct', 'request_withdrawn', 'claim_settled', "
    "'report_dismissed', "
    "'slips_swapped', 'other_person_answered', 'wrong_sheet_entered'"
)
_SOURCES = "'paper_original', 'professional_confirmed', 'patient_request'"
_DECISIONS = "'reassigned', 'exchanged', 'frozen', 'dismissed'"
_SUCCESSOR = "(kind IN ('corrected', 'reassigned')) = (successor_id IS NOT NULL)"
_KEPT = "a trail is append-only"
_KEYS = {
    "record_change": "attempt = NEW.attempt AND record_id = NEW.record_id",
    "mixup_decision": "attempt = NEW.attempt",
}


def upgrade() -> None:
    _record_change()
    _mixup_decision()
    for table, same in _KEYS.items():
        for statement in _guards(op.get_bind().dialect.name, table, same):
            op.execute(statement)


def _record_change() -> None:
    op.create_table(
        "record_change",
        sa.Column("attempt", sa.String(length=26), nullable=False),
        sa.Column("record_id", sa.String(length=26), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("reason", sa.String(length=32), nullable=False),
        sa.Column("source", sa.String(length=32), nullable=True),
        sa.Column("successor_id", sa.String(length=26), nullable=True),
        sa.Column("actor", sa.String(length=64), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(f"kind IN ({_KINDS})", name=op.f("ck_record_change_kind")),
        sa.CheckConstraint(f"reason IN ({_REASONS})", name=op.f("ck_record_change_reason")),
        sa.CheckConstraint(f"source IN ({_SOURCES})", name=op.f("ck_record_change_source")),
        sa.CheckConstraint(_SUCCESSOR, name=op.f("ck_record_change_successor")),
        sa.ForeignKeyConstraint(
            ["record_id"],
            ["administration.id"],
            name=op.f("fk_record_change_record_id_administration"),
        ),
        sa.ForeignKeyConstraint(
            ["successor_id"],
            ["administration.id"],
            name=op.f("fk_record_change_successor_id_administration"),
        ),
        sa.PrimaryKeyConstraint("attempt", "record_id", name=op.f("pk_record_change")),
        sa.UniqueConstraint("successor_id", name=op.f("uq_record_change_successor_id")),
    )
    op.create_index(op.f("ix_record_change_record_id"), "record_change", ["record_id"])


def _mixup_decision() -> None:
    op.create_table(
        "mixup_decision",
        sa.Column("attempt", sa.String(length=26), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("timepoint", sa.String(length=64), nullable=False),
        sa.Column("decision", sa.String(length=16), nullable=False),
        sa.Column("right_subject_id", sa.Integer(), nullable=True),
        sa.Column("actor", sa.String(length=64), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(f"decision IN ({_DECISIONS})", name=op.f("ck_mixup_decision_decision")),
        sa.ForeignKeyConstraint(
            ["subject_id", "timepoint"],
            ["mixup_report.subject_id", "mixup_report.timepoint"],
            name=op.f("fk_mixup_decision_subject_id_mixup_report"),
        ),
        sa.ForeignKeyConstraint(
            ["right_subject_id"],
            ["subject.id"],
            name=op.f("fk_mixup_decision_right_subject_id_subject"),
        ),
        sa.PrimaryKeyConstraint("attempt", name=op.f("pk_mixup_decision")),
    )
    final = sa.text("decision <> 'frozen'")
    op.create_index(
        "uq_mixup_decision_final",
        "mixup_decision",
        ["subject_id", "timepoint"],
        unique=True,
        sqlite_where=final,
        postgresql_where=final,
    )


def _guards(dialect: str, table: str, same: str) -> list[str]:
    """Refuse every change of a row. REPLACE would pass the DELETE trigger on SQLite."""
    if dialect == "sqlite":
        return [
            f"""CREATE TRIGGER {table}_{verb.lower()} BEFORE {verb} ON {table}
                BEGIN SELECT RAISE(ABORT, '{_KEPT}'); END"""
            for verb in ("UPDATE", "DELETE")
        ] + [
            f"""CREATE TRIGGER {table}_replace BEFORE INSERT ON {table}
                WHEN EXISTS (SELECT 1 FROM {table} WHERE {same})
                BEGIN SELECT RAISE(ABORT, '{_KEPT}'); END"""  # noqa: S608 - our own words only
        ]
    return [
        f"""CREATE FUNCTION {table}_guard() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN RAISE EXCEPTION '{_KEPT}'; END $$""",
        f"""CREATE TRIGGER {table}_rows BEFORE UPDATE OR DELETE ON {table}
            FOR EACH ROW EXECUTE FUNCTION {table}_guard()""",
        f"""CREATE TRIGGER {table}_whole BEFORE TRUNCATE ON {table}
            FOR EACH STATEMENT EXECUTE FUNCTION {table}_guard()""",
    ]
