"""The tables of the professionals' acts: what they attested, entered, said and reported."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Date,
    ForeignKey,
    Integer,
    LargeBinary,
    String,
    Table,
    UniqueConstraint,
)

from qol.adapters.db.columns import UtcDateTime
from qol.adapters.db.tables import CODE, REFERENCE, direct, health, metadata, secret, technical
from qol.domain.follow_up import Mixup, Reason

VARIANTS = ("adult", "parent", "teenager", "protected_adult")
"""Those of ``NoteVariant``, which the patient process may not import; a test holds them to it."""


def one_of(name: str, known: Iterable[str]) -> CheckConstraint:
    """Let a column hold a code of a closed list and nothing else."""
    listed = ", ".join(f"'{code}'" for code in known)
    return CheckConstraint(f"{name} IN ({listed})", name=name)


attestation = Table(
    "attestation",
    metadata,
    health("subject_id", Integer, ForeignKey("subject.id"), primary_key=True, autoincrement=False),
    technical("note_version", CODE),
    technical("note_language", String(16)),
    technical("variant", String(16)),
    health("given_on", Date),
    technical("attempt", REFERENCE),
    direct("actor", CODE),
    technical("attested_at", UtcDateTime),
    UniqueConstraint("attempt"),
    one_of("variant", VARIANTS),
)
"""A proof that is never changed (HV-8.7)."""

entry = Table(
    "entry",
    metadata,
    health("administration_id", REFERENCE, ForeignKey("administration.id"), primary_key=True),
    direct("actor", CODE),
    technical("masked", Boolean),
)
"""Who entered a record, kept as long as the record; ``masked``: attested of its paper."""

device_ticket = Table(
    "device_ticket",
    metadata,
    secret("digest", LargeBinary, primary_key=True),
    health("subject_id", Integer, ForeignKey("subject.id")),
    technical("visit", REFERENCE),
    technical("made_at", UtcDateTime),
    technical("spent_at", UtcDateTime, null=True),
)

not_done = Table(
    "not_done",
    metadata,
    health("subject_id", Integer, ForeignKey("subject.id"), primary_key=True, autoincrement=False),
    health("timepoint", CODE, primary_key=True),
    health("reason", String(32)),
    direct("actor", CODE),
    technical("said_at", UtcDateTime),
    one_of("reason", Reason),
)

follow_up_end = Table(
    "follow_up_end",
    metadata,
    health("subject_id", Integer, ForeignKey("subject.id"), primary_key=True, autoincrement=False),
    health("ended_on", Date),
    health("reason", String(32)),
    direct("actor", CODE),
    technical("said_at", UtcDateTime),
    one_of("reason", Reason),
)

mixup_report = Table(
    "mixup_report",
    metadata,
    health("subject_id", Integer, ForeignKey("subject.id"), primary_key=True, autoincrement=False),
    health("timepoint", CODE, primary_key=True),
    technical("number", Integer, primary_key=True, autoincrement=False),
    health("reason", String(32)),
    direct("actor", CODE),
    technical("said_at", UtcDateTime),
    one_of("reason", Mixup),
)
"""For the laboratory to decide (T-19). A visit is reported anew when its last report is decided."""
