"""A sheet that came too late names the record whose place it found filled."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table; of the sheets of before, nobody noted it."""
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
