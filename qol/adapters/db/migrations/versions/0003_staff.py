"""Accounts, credentials, sessions, grants, reviews and notices of staff."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_REFERENCE = sa.String(length=26)
_CODE = sa.String(length=64)
_TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    _account()
    _credential()
    _staff_session()
    _staff_grant()
    _grant_review()
    _notice_read()
    if op.get_bind().dialect.name == "postgresql":  # SQLite keeps these in a file of its own
        _volatile()


def _of_account(table: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_account_account")
    return sa.ForeignKeyConstraint(["account"], ["account.reference"], name=name)


def _account() -> None:
    op.create_table(
        "account",
        sa.Column("reference", _REFERENCE, nullable=False),
        sa.Column("login", _CODE, nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("face", sa.String(length=8), nullable=False),
        sa.Column("rpps", sa.String(length=11), nullable=True),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("changed_at", _TIME, nullable=False),
        sa.PrimaryKeyConstraint("reference", name=op.f("pk_account")),
        sa.UniqueConstraint("login", name=op.f("uq_account_login")),
        sa.UniqueConstraint("rpps", name=op.f("uq_account_rpps")),
        sa.CheckConstraint("face IN ('hcp', 'lab')", name=op.f("ck_account_face")),
        sa.CheckConstraint(
            "state IN ('invited', 'active', 'ended')", name=op.f("ck_account_state")
        ),
    )


def _credential() -> None:
    op.create_table(
        "credential",
        sa.Column("reference", _REFERENCE, nullable=False),
        sa.Column("account", _REFERENCE, nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("secret", sa.LargeBinary(), nullable=False),
        sa.Column("handle", sa.LargeBinary(), nullable=True),
        sa.Column("counter", sa.Integer(), nullable=False),
        sa.Column("created_at", _TIME, nullable=False),
        sa.Column("expires_at", _TIME, nullable=True),
        _of_account("credential"),
        sa.PrimaryKeyConstraint("reference", name=op.f("pk_credential")),
        sa.UniqueConstraint("handle", name=op.f("uq_credential_handle")),
        sa.CheckConstraint(
            "kind IN ('password', 'totp', 'passkey', 'activation')", name=op.f("ck_credential_kind")
        ),
    )
    op.create_index(
        "uq_credential_kind",
        "credential",
        ["account", "kind"],
        unique=True,
        sqlite_where=sa.text("kind <> 'passkey'"),
        postgresql_where=sa.text("kind <> 'passkey'"),
    )


def _staff_session() -> None:
    op.create_table(
        "staff_session",
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("account", _REFERENCE, nullable=False),
        sa.Column("factor", sa.String(length=16), nullable=False),
        sa.Column("method", sa.String(length=16), nullable=False),
        sa.Column("started_at", _TIME, nullable=False),
        sa.Column("locked", sa.Boolean(), nullable=False),
        sa.Column("programme", _CODE, nullable=True),
        sa.Column("site", _CODE, nullable=True),
        sa.Column("provider", sa.LargeBinary(), nullable=True),
        _of_account("staff_session"),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_staff_session")),
        sa.CheckConstraint(
            "factor IN ('password', 'activation', 'full')", name=op.f("ck_staff_session_factor")
        ),
        sa.CheckConstraint(
            "method IN ('none', 'totp', 'passkey', 'provider')",
            name=op.f("ck_staff_session_method"),
        ),
    )
    op.create_index(op.f("ix_staff_session_account"), "staff_session", ["account"])
    op.create_index(op.f("ix_staff_session_provider"), "staff_session", ["provider"])


def _staff_grant() -> None:
    op.create_table(
        "staff_grant",
        sa.Column("reference", _REFERENCE, nullable=False),
        sa.Column("account", _REFERENCE, nullable=False),
        sa.Column("role", _CODE, nullable=False),
        sa.Column("programme", _CODE, nullable=True),
        sa.Column("site", _CODE, nullable=True),
        sa.Column("reason", _CODE, nullable=False),
        sa.Column("starts", sa.Date(), nullable=False),
        sa.Column("ends", sa.Date(), nullable=False),
        sa.Column("ended", sa.Boolean(), nullable=False),
        _of_account("staff_grant"),
        sa.PrimaryKeyConstraint("reference", name=op.f("pk_staff_grant")),
    )
    op.create_index(op.f("ix_staff_grant_account"), "staff_grant", ["account"])


def _grant_review() -> None:
    op.create_table(
        "grant_review",
        sa.Column("reference", _REFERENCE, nullable=False),
        sa.Column("grant_reference", _REFERENCE, nullable=False),
        sa.Column("reviewer", _REFERENCE, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("decision", sa.String(length=16), nullable=False),
        sa.Column("due", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["grant_reference"],
            ["staff_grant.reference"],
            name=op.f("fk_grant_review_grant_reference_staff_grant"),
        ),
        sa.ForeignKeyConstraint(
            ["reviewer"], ["account.reference"], name=op.f("fk_grant_review_reviewer_account")
        ),
        sa.PrimaryKeyConstraint("reference", name=op.f("pk_grant_review")),
        sa.CheckConstraint("decision IN ('keep', 'remove')", name=op.f("ck_grant_review_decision")),
    )


def _notice_read() -> None:
    op.create_table(
        "notice_read",
        sa.Column("account", _REFERENCE, nullable=False),
        sa.Column("version", _CODE, nullable=False),
        sa.Column("read_at", _TIME, nullable=False),
        _of_account("notice_read"),
        sa.PrimaryKeyConstraint("account", "version", name=op.f("pk_notice_read")),
    )


def _numbers(*names: str) -> list[sa.Column[int]]:
    return [sa.Column(name, sa.Integer(), nullable=False) for name in names]


def _volatile() -> None:
    """Unlogged: a crash forgets who was waiting, and nobody is owed it."""
    raw = sa.LargeBinary()
    _unlogged(
        "sign_in_failure", sa.Column("source", raw), _numbers("run", "tries", "since", "last")
    )
    _unlogged("session_seen", sa.Column("digest", raw), _numbers("at"))
    _unlogged("spent_step", sa.Column("account", _REFERENCE), _numbers("step"))
    value = sa.Column("value", _CODE, nullable=False)
    _unlogged("challenge", sa.Column("digest", raw), [value, *_numbers("at")])


def _unlogged(name: str, key: sa.Column[Any], columns: Sequence[sa.Column[Any]]) -> None:
    primary = sa.PrimaryKeyConstraint(key.name, name=op.f(f"pk_{name}"))
    op.create_table(name, key, *columns, primary, prefixes=["UNLOGGED"])
