"""The first schema: releases, programmes, subjects, sealed administrations, the ledger."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    _release()
    _approval()
    _programme_version()
    _subject()
    _pseudonym()
    _administration()
    _ledger()
    _checkpoint()
    _key_fingerprint()
    _wrong_code()
    for statement in _GUARDS[op.get_bind().dialect.name]:
        op.execute(statement)


def _release() -> None:
    op.create_table(
        "release",
        sa.Column("id", sa.Integer(), sa.Identity(always=False), nullable=False),
        sa.Column("instrument", sa.String(length=64), nullable=False),
        sa.Column("version", sa.String(length=64), nullable=False),
        sa.Column("language", sa.String(length=16), nullable=False),
        sa.Column("definition", sa.LargeBinary(), nullable=False),
        sa.Column("wording", sa.LargeBinary(), nullable=False),
        sa.Column("definition_sha256", sa.String(length=64), nullable=False),
        sa.Column("wording_sha256", sa.String(length=64), nullable=False),
        sa.Column("scoring_sha256", sa.String(length=64), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("authority", sa.Text(), nullable=False),
        sa.Column("decision_reference", sa.Text(), nullable=False),
        sa.Column("decision_date", sa.Date(), nullable=True),
        sa.Column("licence_reference", sa.Text(), nullable=False),
        sa.Column("licence_ends", sa.Date(), nullable=True),
        sa.Column("certificate", sa.Text(), nullable=False),
        sa.Column("approved", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_release")),
        sa.UniqueConstraint("hash", "scoring_sha256", name=op.f("uq_release_hash_scoring_sha256")),
    )


def _approval() -> None:
    op.create_table(
        "approval",
        sa.Column("release_id", sa.Integer(), nullable=False),
        sa.Column("person", sa.String(length=200), nullable=False),
        sa.Column("approved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("definition_sha256", sa.String(length=64), nullable=False),
        sa.Column("wording_sha256", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["release_id"], ["release.id"], name=op.f("fk_approval_release_id_release")
        ),
        sa.PrimaryKeyConstraint("release_id", "person", name=op.f("pk_approval")),
    )


def _programme_version() -> None:
    op.create_table(
        "programme_version",
        sa.Column("programme", sa.String(length=64), nullable=False),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("document", sa.LargeBinary(), nullable=False),
        sa.Column("toml", sa.Text(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("programme", "version", name=op.f("pk_programme_version")),
    )


def _subject() -> None:
    op.create_table(
        "subject",
        sa.Column("id", sa.Integer(), sa.Identity(always=False), nullable=False),
        sa.Column("reference", sa.String(length=26), nullable=False),
        sa.Column("programme", sa.String(length=64), nullable=False),
        sa.Column("site", sa.String(length=64), nullable=False),
        sa.Column("batch", sa.String(length=64), nullable=False),
        sa.Column("sheet_number", sa.String(length=16), nullable=False),
        sa.Column("day_zero", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_subject")),
        sa.UniqueConstraint("reference", name=op.f("uq_subject_reference")),
        sa.UniqueConstraint("site", "sheet_number", name=op.f("uq_subject_site_sheet_number")),
    )
    op.create_index(op.f("ix_subject_batch"), "subject", ["batch"], unique=False)


def _pseudonym() -> None:
    op.create_table(
        "pseudonym",
        sa.Column("id", sa.Integer(), sa.Identity(always=False), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("slip", sa.LargeBinary(), nullable=True),
        sa.CheckConstraint(
            "state IN ('issued', 'live', 'replaced', 'revoked')", name=op.f("ck_pseudonym_state")
        ),
        sa.ForeignKeyConstraint(
            ["subject_id"], ["subject.id"], name=op.f("fk_pseudonym_subject_id_subject")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pseudonym")),
        sa.UniqueConstraint("digest", name=op.f("uq_pseudonym_digest")),
    )
    op.create_index(
        "uq_pseudonym_live",
        "pseudonym",
        ["subject_id"],
        unique=True,
        sqlite_where=sa.text("state = 'live'"),
        postgresql_where=sa.text("state = 'live'"),
    )


def _administration() -> None:
    op.create_table(
        "administration",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("programme", sa.String(length=64), nullable=False),
        sa.Column("programme_version", sa.Integer(), nullable=False),
        sa.Column("timepoint", sa.String(length=64), nullable=False),
        sa.Column("instrument", sa.String(length=64), nullable=False),
        sa.Column("release_id", sa.Integer(), nullable=False),
        sa.Column("mode", sa.String(length=16), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("visit", sa.String(length=64), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("key_id", sa.String(length=64), nullable=False),
        sa.Column("escrow_key_id", sa.String(length=64), nullable=False),
        sa.Column("envelope", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint(
            "state IN ('current', 'corrected', 'frozen')", name=op.f("ck_administration_state")
        ),
        sa.ForeignKeyConstraint(
            ["programme", "programme_version"],
            ["programme_version.programme", "programme_version.version"],
            name=op.f("fk_administration_programme_programme_version"),
        ),
        sa.ForeignKeyConstraint(
            ["release_id"], ["release.id"], name=op.f("fk_administration_release_id_release")
        ),
        sa.ForeignKeyConstraint(
            ["subject_id"], ["subject.id"], name=op.f("fk_administration_subject_id_subject")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_administration")),
    )
    _slot()


def _slot() -> None:
    # One administration a slot among those that count.
    op.create_index(
        "uq_administration_slot",
        "administration",
        ["subject_id", "timepoint", "instrument"],
        unique=True,
        sqlite_where=sa.text("state IN ('current', 'frozen')"),
        postgresql_where=sa.text("state IN ('current', 'frozen')"),
    )


def _ledger() -> None:
    op.create_table(
        "ledger",
        sa.Column("segment", sa.String(length=26), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", sa.String(length=32), nullable=False),
        sa.Column("act", sa.String(length=64), nullable=False),
        sa.Column("actor", sa.String(length=200), nullable=False),
        sa.Column("reference", sa.String(length=200), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("segment", "number", name=op.f("pk_ledger")),
    )


def _checkpoint() -> None:
    op.create_table(
        "checkpoint",
        sa.Column("segment", sa.String(length=26), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.Column("last_at", sa.String(length=32), nullable=False),
        sa.Column("signed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("signature", sa.LargeBinary(), nullable=False),
        sa.Column("purged_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("segment", "number", name=op.f("pk_checkpoint")),
    )


def _key_fingerprint() -> None:
    op.create_table(
        "key_fingerprint",
        sa.Column("key_id", sa.String(length=64), nullable=False),
        sa.Column("programme", sa.String(length=64), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("purpose", sa.String(length=16), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("key_id", name=op.f("pk_key_fingerprint")),
    )


def _wrong_code() -> None:
    """Housekeeping stands beside the records on PostgreSQL only; SQLite has a file for it."""
    if op.get_bind().dialect.name != "postgresql":
        return
    op.create_table(
        "wrong_code",
        sa.Column("source", sa.LargeBinary(), nullable=False),
        sa.Column("wrongs", sa.Integer(), nullable=False),
        sa.Column("last_at", sa.Integer(), nullable=False),
        sa.Column("until", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("source", name=op.f("pk_wrong_code")),
        prefixes=["UNLOGGED"],
    )


# A row leaves the ledger only with its whole segment, once a checkpoint that seals the
# segment's last row is marked as purged. REPLACE would pass the DELETE trigger on SQLite.
_SEALED = """EXISTS (SELECT 1 FROM checkpoint c
    WHERE c.segment = OLD.segment AND c.purged_at IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM ledger l WHERE l.segment = OLD.segment AND l.number > c.number))"""
_LEDGER = "the ledger is append-only"
_SEALS = "a checkpoint is never changed"
_SAME = " AND ".join(
    f"NEW.{name} = OLD.{name}"
    for name in ("segment", "number", "hash", "last_at", "signed_at", "signature")
)

_GUARDS = {
    "sqlite": [
        f"""CREATE TRIGGER ledger_update BEFORE UPDATE ON ledger
            BEGIN SELECT RAISE(ABORT, '{_LEDGER}'); END""",
        f"""CREATE TRIGGER ledger_delete BEFORE DELETE ON ledger WHEN NOT {_SEALED}
            BEGIN SELECT RAISE(ABORT, '{_LEDGER}'); END""",
        f"""CREATE TRIGGER ledger_replace BEFORE INSERT ON ledger
            WHEN EXISTS (SELECT 1 FROM ledger
                WHERE segment = NEW.segment AND number = NEW.number)
            BEGIN SELECT RAISE(ABORT, '{_LEDGER}'); END""",  # noqa: S608 - our own words only
        f"""CREATE TRIGGER checkpoint_update BEFORE UPDATE ON checkpoint
            WHEN OLD.purged_at IS NOT NULL OR NOT ({_SAME})
            BEGIN SELECT RAISE(ABORT, '{_SEALS}'); END""",
        f"""CREATE TRIGGER checkpoint_delete BEFORE DELETE ON checkpoint
            BEGIN SELECT RAISE(ABORT, '{_SEALS}'); END""",
    ],
    "postgresql": [
        f"""CREATE FUNCTION ledger_guard() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                IF TG_OP = 'DELETE' THEN
                    IF {_SEALED} THEN RETURN OLD; END IF;
                END IF;
                RAISE EXCEPTION '{_LEDGER}';
            END $$""",
        f"""CREATE FUNCTION checkpoint_guard() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                IF TG_OP = 'UPDATE' THEN
                    IF OLD.purged_at IS NULL AND {_SAME} THEN RETURN NEW; END IF;
                END IF;
                RAISE EXCEPTION '{_SEALS}';
            END $$""",
        *(
            f"""CREATE TRIGGER {table}_rows BEFORE UPDATE OR DELETE ON {table}
                FOR EACH ROW EXECUTE FUNCTION {table}_guard()"""
            for table in ("ledger", "checkpoint")
        ),
        *(
            f"""CREATE TRIGGER {table}_whole BEFORE TRUNCATE ON {table}
                FOR EACH STATEMENT EXECUTE FUNCTION {table}_guard()"""
            for table in ("ledger", "checkpoint")
        ),
    ],
}
