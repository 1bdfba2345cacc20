"""Sites and their contracts: no pseudonym is issued to a site without one in force (EA-4.1)."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Start empty: a site that has codes already gets no new ones before its contract is named."""
    op.create_table(
        "site",
        sa.Column("programme", sa.String(length=64), nullable=False),
        sa.Column("code", sa.String(length=64), nullable=False),
        sa.Column("label", sa.String(length=200), nullable=False),
        sa.Column("contract", sa.String(length=200), nullable=False),
        sa.Column("starts", sa.Date(), nullable=False),
        sa.Column("ends", sa.Date(), nullable=False),
        sa.Column("ended", sa.Date(), nullable=True),
        sa.Column("registered_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("programme", "code", name=op.f("pk_site")),
    )
    op.create_table(
        "programme_opening",
        sa.Column("programme", sa.String(length=64), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "state IN ('draft', 'open', 'closed')", name=op.f("ck_programme_opening_state")
        ),
        sa.PrimaryKeyConstraint("programme", name=op.f("pk_programme_opening")),
    )
