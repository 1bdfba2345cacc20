"""The tables. No column takes free text about a patient (EA-7.3-a)."""

from __future__ import annotations

from functools import partial

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Date,
    ForeignKey,
    ForeignKeyConstraint,
    Identity,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    false,
    text,
)

from qol.adapters.db.columns import DataClass, UtcDateTime, column

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}
SLOT = "uq_administration_slot"
FILLED = "state IN ('current', 'frozen')"
"""Literal on purpose: SQLite uses a partial index only when the query repeats its words."""

REFERENCE = String(26)
CODE = String(64)
NAME = String(200)

metadata = MetaData(naming_convention=NAMES)
volatile = MetaData(naming_convention=NAMES)
"""Housekeeping: a file of its own on SQLite, unlogged tables on PostgreSQL."""

technical = partial(column, DataClass.TECHNICAL)
health = partial(column, DataClass.HEALTH)
secret = partial(column, DataClass.SECRET)
direct = partial(column, DataClass.DIRECT_ID)
log = partial(column, DataClass.LOG)

release = Table(
    "release",
    metadata,
    technical("id", Integer, Identity(), primary_key=True),
    technical("instrument", CODE),
    technical("version", CODE),
    technical("language", String(16)),
    technical("definition", LargeBinary),
    technical("wording", LargeBinary),
    technical("definition_sha256", String(64)),
    technical("wording_sha256", String(64)),
    technical("scoring_sha256", String(64)),
    technical("hash", String(64)),
    technical("published_at", UtcDateTime),
    technical("authority", Text),
    technical("decision_reference", Text),
    technical("decision_date", Date, null=True),
    technical("licence_reference", Text),
    technical("licence_ends", Date, null=True),
    technical("certificate", Text),
    technical("electronic_approval", Text, server_default=text("''")),
    technical("approved", Boolean),
    UniqueConstraint("hash", "scoring_sha256"),
)

approval = Table(
    "approval",
    metadata,
    technical("release_id", Integer, ForeignKey("release.id"), primary_key=True),
    direct("person", NAME, primary_key=True),
    technical("approved_at", UtcDateTime),
    technical("definition_sha256", String(64)),
    technical("wording_sha256", String(64)),
    technical("verified", Boolean, server_default=false()),
)
"""``verified``: the person signed in. A name typed on a command line is not."""

programme_version = Table(
    "programme_version",
    metadata,
    technical("programme", CODE, primary_key=True),
    technical("version", Integer, primary_key=True, autoincrement=False),
    technical("document", LargeBinary),
    technical("toml", Text),
    technical("since", Date),
)

subject = Table(
    "subject",
    metadata,
    technical("id", Integer, Identity(), primary_key=True),
    health("reference", REFERENCE),
    health("programme", CODE),
    health("site", CODE),
    technical("batch", CODE),
    health("sheet_number", String(16)),
    health("day_zero", Date, null=True),
    UniqueConstraint("reference"),
    UniqueConstraint("site", "sheet_number"),
    Index(None, "batch"),
)

pseudonym = Table(
    "pseudonym",
    metadata,
    technical("id", Integer, Identity(), primary_key=True),
    technical("subject_id", Integer, ForeignKey("subject.id")),
    secret("digest", LargeBinary),
    technical("state", String(16)),
    technical("changed_at", UtcDateTime, null=True),
    secret("slip", LargeBinary, null=True),
    UniqueConstraint("digest"),
    CheckConstraint("state IN ('issued', 'live', 'replaced', 'revoked')", name="state"),
    Index(
        "uq_pseudonym_live",
        "subject_id",
        unique=True,
        sqlite_where=text("state = 'live'"),
        postgresql_where=text("state = 'live'"),
    ),
)

administration = Table(
    "administration",
    metadata,
    health("id", REFERENCE, primary_key=True),
    health("subject_id", Integer, ForeignKey("subject.id")),
    health("programme", CODE),
    technical("programme_version", Integer),
    health("timepoint", CODE),
    health("instrument", CODE),
    technical("release_id", Integer, ForeignKey("release.id")),
    health("mode", String(16)),
    health("received_at", UtcDateTime),
    technical("visit", CODE),
    technical("state", String(16)),
    technical("key_id", CODE),
    technical("escrow_key_id", CODE),
    secret("envelope", LargeBinary),
    ForeignKeyConstraint(
        ["programme", "programme_version"],
        ["programme_version.programme", "programme_version.version"],
    ),
    CheckConstraint("state IN ('current', 'corrected', 'frozen')", name="state"),
    Index(
        SLOT,
        "subject_id",
        "timepoint",
        "instrument",
        unique=True,
        sqlite_where=text(FILLED),
        postgresql_where=text(FILLED),
    ),
)

ledger = Table(
    "ledger",
    metadata,
    log("segment", REFERENCE, primary_key=True),
    log("number", Integer, primary_key=True, autoincrement=False),
    log("at", String(32)),
    log("act", CODE),
    log("actor", NAME),
    log("reference", NAME),
    log("detail", Text),
    log("hash", LargeBinary),
)
"""``at`` is the very text that was hashed: UTC in ISO 8601 to the microsecond, so it sorts."""

checkpoint = Table(
    "checkpoint",
    metadata,
    log("segment", REFERENCE, primary_key=True),
    log("number", Integer, primary_key=True, autoincrement=False),
    log("hash", LargeBinary),
    log("last_at", String(32)),
    log("signed_at", UtcDateTime),
    log("signature", LargeBinary),
    log("purged_at", UtcDateTime, null=True),
)

key_fingerprint = Table(
    "key_fingerprint",
    metadata,
    technical("key_id", CODE, primary_key=True),
    technical("programme", CODE),
    technical("year", Integer),
    technical("purpose", String(16)),
    technical("sha256", String(64)),
)

wrong_code = Table(
    "wrong_code",
    volatile,
    log("source", LargeBinary, primary_key=True),
    log("wrongs", Integer),
    log("last_at", Integer),
    log("until", Integer),
)
