"""The trail of records, and what was decided on reports: kept as long as the record."""

from __future__ import annotations

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    String,
    Table,
    UniqueConstraint,
    text,
)

from qol.adapters.db.columns import UtcDateTime
from qol.adapters.db.tables import CODE, REFERENCE, direct, health, metadata, technical
from qol.adapters.db.tables_hcp import one_of
from qol.domain.follow_up import Mixup
from qol.domain.records import (
    ChangeKind,
    CorrectionReason,
    Decision,
    FreezeReason,
    LiftReason,
    Source,
)

REASONS = (*CorrectionReason, *FreezeReason, *LiftReason, *Mixup)
FINAL = "decision <> 'frozen'"
FINAL_INDEX = "uq_mixup_decision_final"

record_change = Table(
    "record_change",
    metadata,
    technical("attempt", REFERENCE, primary_key=True),
    health("record_id", REFERENCE, ForeignKey("administration.id"), primary_key=True),
    technical("kind", String(16)),
    health("reason", String(32)),
    technical("source", String(32), null=True),
    health("successor_id", REFERENCE, ForeignKey("administration.id"), null=True),
    direct("actor", CODE),
    technical("changed_at", UtcDateTime),
    UniqueConstraint("successor_id"),
    one_of("kind", ChangeKind),
    one_of("reason", REASONS),
    one_of("source", Source),
    CheckConstraint(
        "(kind IN ('corrected', 'reassigned')) = (successor_id IS NOT NULL)", name="successor"
    ),
    Index(None, "record_id"),
)
"""Append-only by trigger and by grant."""

mixup_decision = Table(
    "mixup_decision",
    metadata,
    technical("attempt", REFERENCE, primary_key=True),
    health("subject_id", Integer),
    health("timepoint", CODE),
    technical("number", Integer),
    technical("decision", String(16)),
    health("right_subject_id", Integer, ForeignKey("subject.id"), null=True),
    direct("actor", CODE),
    technical("decided_at", UtcDateTime),
    ForeignKeyConstraint(
        ["subject_id", "timepoint", "number"],
        ["mixup_report.subject_id", "mixup_report.timepoint", "mixup_report.number"],
    ),
    one_of("decision", Decision),
    Index(
        FINAL_INDEX,
        "subject_id",
        "timepoint",
        "number",
        unique=True,
        sqlite_where=text(FINAL),
        postgresql_where=text(FINAL),
    ),
)
"""Append-only likewise. Many may say "frozen until we know"; one decides."""
