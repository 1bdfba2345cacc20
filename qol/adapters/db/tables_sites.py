"""Sites with their contracts (EA-4.1), and whether a programme is open; nothing of a patient."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Date, String, Table

from qol.adapters.db.columns import UtcDateTime
from qol.adapters.db.tables import CODE, NAME, metadata, technical

site = Table(
    "site",
    metadata,
    technical("programme", CODE, primary_key=True),
    technical("code", CODE, primary_key=True),
    technical("label", NAME),
    technical("contract", NAME),
    technical("starts", Date),
    technical("ends", Date),
    technical("ended", Date, null=True),
    technical("signed", Date, null=True),
    technical("security", NAME, null=True),
    technical("registered_at", UtcDateTime),
)

programme_opening = Table(
    "programme_opening",
    metadata,
    technical("programme", CODE, primary_key=True),
    technical("state", String(16)),
    technical("changed_at", UtcDateTime),
    CheckConstraint("state IN ('draft', 'open', 'closed')", name="state"),
)
