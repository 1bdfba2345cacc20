"""The tables of the mail room: sheets, their keyings, incidents, duplicates, destructions."""

from __future__ import annotations

from sqlalchemy import (
    CheckConstraint,
    Date,
    ForeignKey,
    Identity,
    Integer,
    LargeBinary,
    String,
    Table,
    UniqueConstraint,
)

from qol.adapters.db.columns import UtcDateTime
from qol.adapters.db.tables import CODE, REFERENCE, direct, health, metadata, secret, technical
from qol.adapters.db.tables_hcp import one_of
from qol.domain.keying import Cause
from qol.domain.mail_room import Destruction, Duplicate, Incident, SheetState

SHORT = String(32)

sheet_destruction = Table(
    "sheet_destruction",
    metadata,
    technical("id", REFERENCE, primary_key=True),
    technical("programme", CODE),
    technical("method", SHORT),
    technical("destroyed_on", Date),
    direct("prepared_by", CODE),
    technical("prepared_at", UtcDateTime),
    direct("confirmed_by", CODE, null=True),
    technical("confirmed_at", UtcDateTime, null=True),
    one_of("method", Destruction),
    CheckConstraint("confirmed_by <> prepared_by", name="two_people"),
)

received_sheet = Table(
    "received_sheet",
    metadata,
    technical("id", Integer, Identity(), primary_key=True),
    health("programme", CODE),
    technical("number", Integer),
    technical("state", SHORT),
    health("subject_id", Integer, ForeignKey("subject.id"), null=True),
    technical("release_id", Integer, ForeignKey("release.id")),
    health("received_on", Date),
    health("posted_on", Date, null=True),
    direct("opener", CODE),
    technical("registered_at", UtcDateTime),
    technical("attempt", REFERENCE),
    health("administration_id", REFERENCE, ForeignKey("administration.id"), null=True),
    technical("destruction_id", REFERENCE, ForeignKey("sheet_destruction.id"), null=True),
    UniqueConstraint("programme", "number"),
    UniqueConstraint("attempt"),
    UniqueConstraint("administration_id"),
    one_of("state", SheetState),
)
"""``number`` is written on the paper by hand; ``attempt`` makes a double click one sheet."""

sheet_keying = Table(
    "sheet_keying",
    metadata,
    technical("id", REFERENCE, primary_key=True),
    technical("sheet_id", Integer, ForeignKey("received_sheet.id")),
    technical("turn", Integer),
    direct("actor", CODE),
    technical("keyed_at", UtcDateTime),
    technical("visit", REFERENCE),
    technical("cause", SHORT, null=True),
    technical("key_id", CODE),
    technical("escrow_key_id", CODE),
    secret("envelope", LargeBinary),
    UniqueConstraint("sheet_id", "turn"),
    CheckConstraint("turn BETWEEN 1 AND 3", name="turn"),
    one_of("cause", Cause),
)
"""Two people's readings; the third turn is what was decided where they differ, and why."""

sheet_incident = Table(
    "sheet_incident",
    metadata,
    technical(
        "sheet_id", Integer, ForeignKey("received_sheet.id"), primary_key=True, autoincrement=False
    ),
    health("incident", SHORT, primary_key=True),
    direct("actor", CODE),
    technical("said_at", UtcDateTime),
    direct("settled_by", CODE, null=True),
    technical("settled_at", UtcDateTime, null=True),
    one_of("incident", Incident),
)

sheet_duplicate = Table(
    "sheet_duplicate",
    metadata,
    technical(
        "sheet_id", Integer, ForeignKey("received_sheet.id"), primary_key=True, autoincrement=False
    ),
    health("decision", SHORT),
    direct("actor", CODE),
    technical("said_at", UtcDateTime),
    one_of("decision", Duplicate),
)

sheet_too_late = Table(
    "sheet_too_late",
    metadata,
    technical(
        "sheet_id", Integer, ForeignKey("received_sheet.id"), primary_key=True, autoincrement=False
    ),
    health("administration_id", REFERENCE, ForeignKey("administration.id")),
)
"""The version that held the place when a sheet was found to be a duplicate."""
