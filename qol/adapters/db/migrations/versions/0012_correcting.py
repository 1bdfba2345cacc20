"""A sheet that came too late names its record; a visit is reported anew once that was decided."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


_MIXUPS = "'slips_swapped', 'other_person_answered', 'wrong_sheet_entered'"
_DECISIONS = "'reassigned', 'exchanged', 'frozen', 'dismissed'"
_KEPT = "a trail is append-only"
_REPORT = "subject_id, timepoint, reason, actor, said_at"
_DECISION = "attempt, subject_id, timepoint, decision, right_subject_id, actor, decided_at"


def upgrade() -> None:
    """Make the table, and both others anew: SQLite changes no key of a table that is there."""
    _sheet_too_late()
    for table in ("mixup_report", "mixup_decision"):
        op.execute(f"CREATE TEMPORARY TABLE kept_{table} AS SELECT * FROM {table}")  # noqa: S608 - ours
    for table in ("mixup_decision", "mixup_report"):
        op.drop_table(table)
    _mixup_report()
    _mixup_decision()
    for table, columns in (("mixup_report", _REPORT), ("mixup_decision", _DECISION)):
        op.execute(
            f"INSERT INTO {table} (number, {columns}) SELECT 1, {columns} FROM kept_{table}"  # noqa: S608 - ours
        )
        op.execute(f"DROP TABLE kept_{table}")
    for statement in _guards(op.get_bind().dialect.name):
        op.execute(statement)


def _sheet_too_late() -> None:
    """Of the sheets of before, nobody noted it."""
    op.create_table(
        "sheet_too_late",
        sa.Column("sheet_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("administration_id", sa.String(length=26), nullable=False),
        sa.ForeignKeyConstraint(
            ["sheet_id"],
            ["received_sheet.id"],
            name=op.f("fk_sheet_too_late_sheet_id_received_sheet"),
        ),
        sa.ForeignKeyConstraint(
            ["administration_id"],
            ["administration.id"],
            name=op.f("fk_sheet_too_late_administration_id_administration"),
        ),
        sa.PrimaryKeyConstraint("sheet_id", name=op.f("pk_sheet_too_late")),
    )


def _mixup_report() -> None:
    op.create_table(
        "mixup_report",
        sa.Column("subject_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("timepoint", sa.String(length=64), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("reason", sa.String(length=32), nullable=False),
        sa.Column("actor", sa.String(length=64), nullable=False),
        sa.Column("said_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(f"reason IN ({_MIXUPS})", name=op.f("ck_mixup_report_reason")),
        sa.ForeignKeyConstraint(
            ["subject_id"], ["subject.id"], name=op.f("fk_mixup_report_subject_id_subject")
        ),
        sa.PrimaryKeyConstraint("subject_id", "timepoint", "number", name=op.f("pk_mixup_report")),
    )


def _mixup_decision() -> None:
    op.create_table(
        "mixup_decision",
        sa.Column("attempt", sa.String(length=26), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("timepoint", sa.String(length=64), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("decision", sa.String(length=16), nullable=False),
        sa.Column("right_subject_id", sa.Integer(), nullable=True),
        sa.Column("actor", sa.String(length=64), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(f"decision IN ({_DECISIONS})", name=op.f("ck_mixup_decision_decision")),
        sa.ForeignKeyConstraint(
            ["subject_id", "timepoint", "number"],
            ["mixup_report.subject_id", "mixup_report.timepoint", "mixup_report.number"],
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
        ["subject_id", "timepoint", "number"],
        unique=True,
        sqlite_where=final,
        postgresql_where=final,
    )


def _guards(dialect: str) -> list[str]:
    """Refuse every change of a decision, as before; the function of 0008 is still there."""
    if dialect == "sqlite":
        return [
            f"""CREATE TRIGGER mixup_decision_{verb.lower()} BEFORE {verb} ON mixup_decision
                BEGIN SELECT RAISE(ABORT, '{_KEPT}'); END"""
            for verb in ("UPDATE", "DELETE")
        ] + [
            f"""CREATE TRIGGER mixup_decision_replace BEFORE INSERT ON mixup_decision
                WHEN EXISTS (SELECT 1 FROM mixup_decision WHERE attempt = NEW.attempt)
                BEGIN SELECT RAISE(ABORT, '{_KEPT}'); END"""  # noqa: S608 - our own words only
        ]
    return [
        """CREATE TRIGGER mixup_decision_rows BEFORE UPDATE OR DELETE ON mixup_decision
            FOR EACH ROW EXECUTE FUNCTION mixup_decision_guard()""",
        """CREATE TRIGGER mixup_decision_whole BEFORE TRUNCATE ON mixup_decision
            FOR EACH STATEMENT EXECUTE FUNCTION mixup_decision_guard()""",
    ]
