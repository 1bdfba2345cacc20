"""The table of sites and their contracts (EA-4.1). It holds nothing about any patient."""

from __future__ import annotations

from sqlalchemy import Date, Table

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
    technical("registered_at", UtcDateTime),
)
