"""The tables of batches: issuings, key files and their recipients, sheets that were replaced."""

from __future__ import annotations

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    Integer,
    LargeBinary,
    String,
    Table,
    UniqueConstraint,
)

from qol.adapters.db.columns import UtcDateTime
from qol.adapters.db.tables import (
    CODE,
    REFERENCE,
    direct,
    health,
    log,
    metadata,
    secret,
    technical,
    volatile,
)

batch = Table(
    "batch",
    metadata,
    technical("reference", CODE, primary_key=True),
    technical("programme", CODE),
    technical("site", CODE),
    technical("issued_at", UtcDateTime),
    technical("attempt", REFERENCE),
    direct("actor", CODE),
    UniqueConstraint("attempt"),
)

recipient = Table(
    "recipient",
    metadata,
    technical("reference", REFERENCE, primary_key=True),
    technical("programme", CODE),
    technical("label", String(32)),
    technical("key", CODE),
    technical("fingerprint", CODE),
    direct("actor", CODE),
    technical("registered_at", UtcDateTime),
    UniqueConstraint("programme", "label"),
)
"""Whoever holds the private half of an age key, by a code; never changed."""

recipient_end = Table(
    "recipient_end",
    metadata,
    technical("recipient", REFERENCE, ForeignKey("recipient.reference"), primary_key=True),
    direct("actor", CODE),
    technical("ended_at", UtcDateTime),
)
"""A key that ended before its day: lost, stolen, or its holder left."""

key_file = Table(
    "key_file",
    metadata,
    technical("batch", CODE, ForeignKey("batch.reference"), primary_key=True),
    technical("recipient", REFERENCE, ForeignKey("recipient.reference")),
    secret("content", LargeBinary, null=True),
    technical("outcome", String(16), null=True),
    direct("ended_by", CODE, null=True),
    technical("ended_at", UtcDateTime, null=True),
    CheckConstraint("outcome IN ('released', 'withdrawn')", name="outcome"),
    CheckConstraint("(outcome IS NULL) = (content IS NOT NULL)", name="gone"),
)
"""A closed file that waits for a second person; once it left or was withdrawn it is not here."""

sheet_replaced = Table(
    "sheet_replaced",
    metadata,
    technical("attempt", REFERENCE, primary_key=True),
    health("subject_id", Integer, ForeignKey("subject.id")),
    health("old", String(16)),
    health("new", String(16)),
    direct("actor", CODE),
    technical("replaced_at", UtcDateTime),
)
"""The old number stands on a stub; which is now which is known here only (EA-ÉCH-5-i)."""

slips_collected = Table(
    "slips_collected",
    metadata,
    technical("reference", REFERENCE, primary_key=True),
    technical("batch", CODE),
    technical("collected_at", UtcDateTime),
)
"""A print whose copies are gone, in the commit that took them: a process that dies then has lost
nothing, since its person may take the same file again (docs/adr/0009)."""

slip_print = Table(
    "slip_print",
    volatile,
    log("reference", REFERENCE, primary_key=True),
    log("batch", CODE),
    log("actor", CODE),
    log("state", String(16)),
    log("total", Integer),
    log("drawn", Integer),
    log("touched", Integer),
    secret("sealed", LargeBinary, null=True),
)
"""Drawn slips for ten minutes, closed under a key that only the person's own session gives."""
