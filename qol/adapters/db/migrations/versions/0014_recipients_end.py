"""Which recipients' keys ended before their day."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "recipient_end",
        sa.Column("recipient", sa.String(length=26), nullable=False),
        sa.Column("actor", sa.String(length=64), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["recipient"],
            ["recipient.reference"],
            name=op.f("fk_recipient_end_recipient_recipient"),
        ),
        sa.PrimaryKeyConstraint("recipient", name=op.f("pk_recipient_end")),
    )
