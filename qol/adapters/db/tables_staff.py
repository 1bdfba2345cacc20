"""The tables of staff: accounts, credentials, sessions, grants and what proves them."""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Date,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    UniqueConstraint,
    text,
)

from qol.adapters.db.columns import UtcDateTime
from qol.adapters.db.tables import (
    CODE,
    NAME,
    REFERENCE,
    direct,
    log,
    metadata,
    secret,
    technical,
    volatile,
)

ONE_OF_ITS_KIND = "kind <> 'passkey'"
"""Literal on purpose: the partial index is written with the same words."""

account = Table(
    "account",
    metadata,
    direct("reference", REFERENCE, primary_key=True),
    direct("login", CODE),
    direct("name", NAME),
    technical("face", String(8)),
    direct("rpps", String(11), null=True),
    technical("state", String(16)),
    technical("changed_at", UtcDateTime),
    UniqueConstraint("login"),
    UniqueConstraint("rpps"),
    CheckConstraint("face IN ('hcp', 'lab')", name="face"),
    CheckConstraint("state IN ('invited', 'active', 'ended')", name="state"),
)

credential = Table(
    "credential",
    metadata,
    technical("reference", REFERENCE, primary_key=True),
    direct("account", REFERENCE, ForeignKey("account.reference")),
    technical("kind", String(16)),
    secret("secret", LargeBinary),
    secret("handle", LargeBinary, null=True),
    technical("counter", Integer),
    technical("created_at", UtcDateTime),
    technical("expires_at", UtcDateTime, null=True),
    UniqueConstraint("handle"),
    CheckConstraint(
        "kind IN ('password', 'totp', 'passkey', 'activation', 'provider')", name="kind"
    ),
    Index(
        "uq_credential_kind",
        "account",
        "kind",
        unique=True,
        sqlite_where=text(ONE_OF_ITS_KIND),
        postgresql_where=text(ONE_OF_ITS_KIND),
    ),
)

staff_session = Table(
    "staff_session",
    metadata,
    secret("digest", LargeBinary, primary_key=True),
    direct("account", REFERENCE, ForeignKey("account.reference")),
    technical("factor", String(16)),
    technical("method", String(16)),
    technical("started_at", UtcDateTime),
    technical("locked", Boolean),
    technical("programme", CODE, null=True),
    technical("site", CODE, null=True),
    secret("provider", LargeBinary, null=True),
    CheckConstraint("factor IN ('password', 'activation', 'full')", name="factor"),
    CheckConstraint("method IN ('none', 'totp', 'passkey', 'provider')", name="method"),
    Index(None, "account"),
    Index(None, "provider"),
)

staff_grant = Table(
    "staff_grant",
    metadata,
    technical("reference", REFERENCE, primary_key=True),
    direct("account", REFERENCE, ForeignKey("account.reference")),
    technical("role", CODE),
    technical("programme", CODE, null=True),
    technical("site", CODE, null=True),
    technical("reason", CODE),
    technical("starts", Date),
    technical("ends", Date),
    technical("ended", Boolean),
    Index(None, "account"),
)

grant_review = Table(
    "grant_review",
    metadata,
    technical("reference", REFERENCE, primary_key=True),
    technical("grant_reference", REFERENCE, ForeignKey("staff_grant.reference")),
    direct("reviewer", REFERENCE, ForeignKey("account.reference")),
    technical("day", Date),
    technical("decision", String(16)),
    technical("due", Date),
    CheckConstraint("decision IN ('keep', 'remove')", name="decision"),
)

notice_read = Table(
    "notice_read",
    metadata,
    direct("account", REFERENCE, ForeignKey("account.reference"), primary_key=True),
    technical("version", CODE, primary_key=True),
    technical("read_at", UtcDateTime),
)

fallback = Table(
    "fallback",
    metadata,
    technical("reference", REFERENCE, primary_key=True),
    direct("account", REFERENCE, ForeignKey("account.reference"), null=True),
    technical("reason", String(16)),
    technical("opened_at", UtcDateTime),
    technical("until", UtcDateTime),
    CheckConstraint("reason IN ('provider_down', 'card_lost', 'card_awaited')", name="reason"),
)
"""The way of password and second factor beside a provider (EA-AUT-2-c)."""

sign_in_failure = Table(
    "sign_in_failure",
    volatile,
    log("source", LargeBinary, primary_key=True),
    log("run", Integer),
    log("tries", Integer),
    log("since", Integer),
    log("last", Integer),
)

session_seen = Table(
    "session_seen",
    volatile,
    log("digest", LargeBinary, primary_key=True),
    log("at", Integer),
)

spent_step = Table(
    "spent_step",
    volatile,
    log("account", REFERENCE, primary_key=True),
    log("step", Integer),
)

challenge = Table(
    "challenge",
    volatile,
    log("digest", LargeBinary, primary_key=True),
    log("value", CODE),
    log("at", Integer),
)
