"""The mail room: received sheets, two keyings of each, incidents, duplicates, destructions."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

_STATES = (
    "'received', 'keyed_once', 'keyed_twice', 'reconciled', 'duplicate', 'set_aside', 'destroyed'"
)
_INCIDENTS = (
    "'identity', 'margin_note', 'damaged', 'code_unreadable', 'code_unknown', 'code_dead', "
    "'wrong_form', 'no_visit', 'empty'"
)
_CAUSES = "'mistyped', 'misread', 'unclear_mark', 'corrected_mark'"
_DECISIONS = "'first_counts', 'sent_twice', 'other_person', 'ask_correction'"
_METHODS = "'shredded', 'incinerated', 'contractor'"
_KEPT = "what somebody keyed is never changed"


def upgrade() -> None:
    _destruction()
    _sheet()
    _keying()
    _incident()
    _duplicate()
    for statement in _GUARDS[op.get_bind().dialect.name]:
        op.execute(statement)


def _text(name: str, length: int, *, null: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.String(length=length), nullable=null)


def _time(name: str, *, null: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=null)


def _points(table: str, column: str, to: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}_{to}")
    return sa.ForeignKeyConstraint([column], [f"{to}.id"], name=name)


def _destruction() -> None:
    op.create_table(
        "sheet_destruction",
        _text("id", 26),
        _text("programme", 64),
        _text("method", 32),
        sa.Column("destroyed_on", sa.Date(), nullable=False),
        _text("prepared_by", 64),
        _time("prepared_at"),
        _text("confirmed_by", 64, null=True),
        _time("confirmed_at", null=True),
        sa.CheckConstraint(f"method IN ({_METHODS})", name=op.f("ck_sheet_destruction_method")),
        sa.CheckConstraint(
            "confirmed_by <> prepared_by", name=op.f("ck_sheet_destruction_two_people")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sheet_destruction")),
    )


def _sheet() -> None:
    name = "received_sheet"
    op.create_table(
        name,
        sa.Column("id", sa.Integer(), sa.Identity(), nullable=False),
        _text("programme", 64),
        sa.Column("number", sa.Integer(), nullable=False),
        _text("state", 32),
        sa.Column("subject_id", sa.Integer(), nullable=True),
        sa.Column("release_id", sa.Integer(), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("posted_on", sa.Date(), nullable=True),
        _text("opener", 64),
        _time("registered_at"),
        _text("attempt", 26),
        _text("administration_id", 26, null=True),
        _text("destruction_id", 26, null=True),
        _points(name, "subject_id", "subject"),
        _points(name, "release_id", "release"),
        _points(name, "administration_id", "administration"),
        _points(name, "destruction_id", "sheet_destruction"),
        sa.CheckConstraint(f"state IN ({_STATES})", name=op.f("ck_received_sheet_state")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_received_sheet")),
        sa.UniqueConstraint("programme", "number", name=op.f("uq_received_sheet_programme_number")),
        sa.UniqueConstraint("attempt", name=op.f("uq_received_sheet_attempt")),
        sa.UniqueConstraint("administration_id", name=op.f("uq_received_sheet_administration_id")),
    )


def _keying() -> None:
    name = "sheet_keying"
    op.create_table(
        name,
        _text("id", 26),
        sa.Column("sheet_id", sa.Integer(), nullable=False),
        sa.Column("turn", sa.Integer(), nullable=False),
        _text("actor", 64),
        _time("keyed_at"),
        _text("visit", 26),
        _text("cause", 32, null=True),
        _text("key_id", 64),
        _text("escrow_key_id", 64),
        sa.Column("envelope", sa.LargeBinary(), nullable=False),
        _points(name, "sheet_id", "received_sheet"),
        sa.CheckConstraint("turn BETWEEN 1 AND 3", name=op.f("ck_sheet_keying_turn")),
        sa.CheckConstraint(f"cause IN ({_CAUSES})", name=op.f("ck_sheet_keying_cause")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sheet_keying")),
        sa.UniqueConstraint("sheet_id", "turn", name=op.f("uq_sheet_keying_sheet_id_turn")),
    )


def _incident() -> None:
    name = "sheet_incident"
    op.create_table(
        name,
        sa.Column("sheet_id", sa.Integer(), autoincrement=False, nullable=False),
        _text("incident", 32),
        _text("actor", 64),
        _time("said_at"),
        _text("settled_by", 64, null=True),
        _time("settled_at", null=True),
        _points(name, "sheet_id", "received_sheet"),
        sa.CheckConstraint(f"incident IN ({_INCIDENTS})", name=op.f("ck_sheet_incident_incident")),
        sa.PrimaryKeyConstraint("sheet_id", "incident", name=op.f("pk_sheet_incident")),
    )


def _duplicate() -> None:
    name = "sheet_duplicate"
    op.create_table(
        name,
        sa.Column("sheet_id", sa.Integer(), autoincrement=False, nullable=False),
        _text("decision", 32),
        _text("actor", 64),
        _time("said_at"),
        _points(name, "sheet_id", "received_sheet"),
        sa.CheckConstraint(f"decision IN ({_DECISIONS})", name=op.f("ck_sheet_duplicate_decision")),
        sa.PrimaryKeyConstraint("sheet_id", name=op.f("pk_sheet_duplicate")),
    )


# The paper may be destroyed on the strength of these rows. REPLACE would pass the DELETE
# trigger on SQLite.
_GUARDS = {
    "sqlite": [
        f"""CREATE TRIGGER sheet_keying_{verb.lower()} BEFORE {verb} ON sheet_keying
            BEGIN SELECT RAISE(ABORT, '{_KEPT}'); END"""
        for verb in ("UPDATE", "DELETE")
    ]
    + [
        f"""CREATE TRIGGER sheet_keying_replace BEFORE INSERT ON sheet_keying
            WHEN EXISTS (SELECT 1 FROM sheet_keying
                         WHERE (sheet_id = NEW.sheet_id AND turn = NEW.turn) OR id = NEW.id)
            BEGIN SELECT RAISE(ABORT, '{_KEPT}'); END"""  # noqa: S608 - our own words only
    ],
    "postgresql": [
        f"""CREATE FUNCTION sheet_keying_guard() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN RAISE EXCEPTION '{_KEPT}'; END $$""",
        """CREATE TRIGGER sheet_keying_rows BEFORE UPDATE OR DELETE ON sheet_keying
            FOR EACH ROW EXECUTE FUNCTION sheet_keying_guard()""",
        """CREATE TRIGGER sheet_keying_whole BEFORE TRUNCATE ON sheet_keying
            FOR EACH STATEMENT EXECUTE FUNCTION sheet_keying_guard()""",
    ],
}
