"""Batches as they were issued, key files and recipients, replaced sheets; drawn slips."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _batch()
    _recipient()
    _key_file()
    _sheet_replaced()
    # Housekeeping stands beside the records on PostgreSQL only; SQLite has a file for it.
    if op.get_bind().dialect.name == "postgresql":
        _slip_print()


def _batch() -> None:
    op.create_table(
        "batch",
        sa.Column("reference", sa.String(length=64), nullable=False),
        sa.Column("programme", sa.String(length=64), nullable=False),
        sa.Column("site", sa.String(length=64), nullable=False),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("attempt", sa.String(length=26), nullable=False),
        sa.Column("actor", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("reference", name=op.f("pk_batch")),
        sa.UniqueConstraint("attempt", name=op.f("uq_batch_attempt")),
    )


def _recipient() -> None:
    op.create_table(
        "recipient",
        sa.Column("reference", sa.String(length=26), nullable=False),
        sa.Column("programme", sa.String(length=64), nullable=False),
        sa.Column("label", sa.String(length=32), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.Column("actor", sa.String(length=64), nullable=False),
        sa.Column("registered_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("reference", name=op.f("pk_recipient")),
        sa.UniqueConstraint("programme", "label", name=op.f("uq_recipient_programme_label")),
    )


def _key_file() -> None:
    op.create_table(
        "key_file",
        sa.Column("batch", sa.String(length=64), nullable=False),
        sa.Column("recipient", sa.String(length=26), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=True),
        sa.Column("outcome", sa.String(length=16), nullable=True),
        sa.Column("ended_by", sa.String(length=64), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "outcome IN ('released', 'withdrawn')", name=op.f("ck_key_file_outcome")
        ),
        sa.CheckConstraint(
            "(outcome IS NULL) = (content IS NOT NULL)", name=op.f("ck_key_file_gone")
        ),
        sa.ForeignKeyConstraint(
            ["batch"], ["batch.reference"], name=op.f("fk_key_file_batch_batch")
        ),
        sa.ForeignKeyConstraint(
            ["recipient"], ["recipient.reference"], name=op.f("fk_key_file_recipient_recipient")
        ),
        sa.PrimaryKeyConstraint("batch", name=op.f("pk_key_file")),
    )


def _sheet_replaced() -> None:
    op.create_table(
        "sheet_replaced",
        sa.Column("attempt", sa.String(length=26), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("old", sa.String(length=16), nullable=False),
        sa.Column("new", sa.String(length=16), nullable=False),
        sa.Column("actor", sa.String(length=64), nullable=False),
        sa.Column("replaced_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["subject_id"], ["subject.id"], name=op.f("fk_sheet_replaced_subject_id_subject")
        ),
        sa.PrimaryKeyConstraint("attempt", name=op.f("pk_sheet_replaced")),
    )


def _slip_print() -> None:
    op.create_table(
        "slip_print",
        sa.Column("reference", sa.String(length=26), nullable=False),
        sa.Column("batch", sa.String(length=64), nullable=False),
        sa.Column("actor", sa.String(length=64), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("drawn", sa.Integer(), nullable=False),
        sa.Column("touched", sa.Integer(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=True),
        sa.PrimaryKeyConstraint("reference", name=op.f("pk_slip_print")),
        prefixes=["UNLOGGED"],
    )
