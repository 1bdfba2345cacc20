"""Who approved a release is verified or not; the approval of its electronic version.

Until now ``approved`` said what a command line said. From here on it says that two
verified people approved, and of those no row knows any.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    electronic: sa.Column[str] = sa.Column(
        "electronic_approval", sa.Text(), server_default=sa.text("''"), nullable=False
    )
    op.add_column("release", electronic)
    verified: sa.Column[bool] = sa.Column(
        "verified", sa.Boolean(), server_default=sa.false(), nullable=False
    )
    op.add_column("approval", verified)
    op.execute("UPDATE release SET approved = false")
