"""A way in through a provider of identities; what may be used once at a sign-in there."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_KINDS = "kind IN ('password', 'totp', 'passkey', 'activation', 'provider')"
_CHECK = "ck_credential_kind"
_INDEX = "uq_credential_kind"


def upgrade() -> None:
    """Housekeeping stands beside the records on PostgreSQL only; SQLite has a file for it."""
    if op.get_bind().dialect.name != "postgresql":
        _made_anew()
        return
    op.drop_constraint(op.f(_CHECK), "credential")
    op.create_check_constraint(op.f(_CHECK), "credential", _KINDS)
    op.create_table(
        "spent",
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("until", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_spent")),
        prefixes=["UNLOGGED"],
    )


def _made_anew() -> None:
    """Make the table anew, with its rows: SQLite changes no constraint."""
    op.drop_index(_INDEX, "credential")
    op.rename_table("credential", "credential_before")
    op.create_table(
        "credential",
        sa.Column("reference", sa.String(length=26), nullable=False),
        sa.Column("account", sa.String(length=26), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("secret", sa.LargeBinary(), nullable=False),
        sa.Column("handle", sa.LargeBinary(), nullable=True),
        sa.Column("counter", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["account"], ["account.reference"], name=op.f("fk_credential_account_account")
        ),
        sa.PrimaryKeyConstraint("reference", name=op.f("pk_credential")),
        sa.UniqueConstraint("handle", name=op.f("uq_credential_handle")),
        sa.CheckConstraint(_KINDS, name=op.f(_CHECK)),
    )
    op.execute("INSERT INTO credential SELECT * FROM credential_before")
    op.drop_table("credential_before")
    one = sa.text("kind <> 'passkey'")
    op.create_index(_INDEX, "credential", ["account", "kind"], unique=True, sqlite_where=one)
