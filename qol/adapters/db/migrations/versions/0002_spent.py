"""What may be used once: transactions of a sign-in, notices of a logout."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Housekeeping stands beside the records on PostgreSQL only; SQLite has a file for it."""
    if op.get_bind().dialect.name != "postgresql":
        return
    op.create_table(
        "spent",
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("until", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_spent")),
        prefixes=["UNLOGGED"],
    )
