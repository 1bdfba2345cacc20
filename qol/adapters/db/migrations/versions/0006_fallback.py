"""Ways in beside a provider of identities, opened for a day at most."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "fallback",
        sa.Column("reference", sa.String(length=26), nullable=False),
        sa.Column("account", sa.String(length=26), nullable=True),
        sa.Column("reason", sa.String(length=16), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "reason IN ('provider_down', 'card_lost', 'card_awaited')",
            name=op.f("ck_fallback_reason"),
        ),
        sa.ForeignKeyConstraint(
            ["account"], ["account.reference"], name=op.f("fk_fallback_account_account")
        ),
        sa.PrimaryKeyConstraint("reference", name=op.f("pk_fallback")),
    )
