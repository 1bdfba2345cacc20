"""A site's contract has the day of its signature and a security contact (EA-4.1)."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Contracts of before have neither: their page asks for them."""
    op.add_column("site", sa.Column("signed", sa.Date(), nullable=True))
    op.add_column("site", sa.Column("security", sa.String(length=200), nullable=True))
