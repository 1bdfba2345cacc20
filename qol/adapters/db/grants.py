"""One PostgreSQL role a face, with just the rights it needs (design sections 2 and 7).

The patient role inserts administrations and events and reads clear columns; no right of it
reaches an envelope, a slip or an existing row. SQLite has no rights; there this says nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, fields

from sqlalchemy import Connection, Engine, Table, text

from qol.adapters.db import tables_batches as lots
from qol.adapters.db import tables_hcp as hcp
from qol.adapters.db import tables_mail as mail
from qol.adapters.db import tables_records as trail
from qol.adapters.db import tables_staff as staff
from qol.adapters.db.tables import (
    administration,
    metadata,
    pseudonym,
    subject,
    volatile,
    wrong_code,
)
from qol.adapters.db.tables_sites import programme_opening, site
from qol.domain.errors import StoreUnavailableError
from qol.domain.publishing import Particulars

_FACES = ("patient", "hcp", "lab")
_RIGHTS = ("SELECT", "INSERT", "UPDATE", "DELETE")
_OTHER = ("TRUNCATE", "TRIGGER", "REFERENCES")
_SCHEMA_TABLE = "alembic_version"
_SAID_BY_PROFESSIONALS = frozenset(
    table.name
    for table in (
        hcp.attestation,
        hcp.device_ticket,
        hcp.entry,
        hcp.follow_up_end,
        hcp.mixup_report,
        hcp.not_done,
    )
)
# What a laboratory may say anew of a release; bytes and hashes are not among it.
RESTATED = ("approved", *(field.name for field in fields(Particulars)))


@dataclass(frozen=True, slots=True)
class Grant:
    """A right on whole tables, or on the columns named."""

    right: str
    table: str
    columns: tuple[str, ...] = ()


def role_of(face: str) -> str:
    """Name the role of a face."""
    return f"qol_{face}"


def _without(table: Table, *hidden: str) -> tuple[str, ...]:
    return tuple(column.name for column in table.columns if column.name not in hidden)


def _housekeeping(*names: str) -> list[Grant]:
    return [Grant(right, name) for name in sorted(names) for right in _RIGHTS]


def _depositing(*hidden: str) -> list[Grant]:
    return [
        Grant("SELECT", "release"),
        Grant("SELECT", "programme_version"),
        Grant("SELECT", "key_fingerprint"),
        Grant("SELECT", _SCHEMA_TABLE),
        Grant("SELECT", "subject", _without(subject, *hidden)),
        Grant("SELECT", "pseudonym", _without(pseudonym, "slip")),
        Grant("SELECT", "administration", _without(administration, "envelope")),
        Grant("INSERT", "administration"),
        Grant("INSERT", "ledger"),
    ]


def _patient() -> list[Grant]:
    ticket = hcp.device_ticket.name
    spending = [Grant("SELECT", ticket), Grant("UPDATE", ticket, ("spent_at",))]
    return [*_depositing("batch", "sheet_number"), *spending, *_housekeeping(wrong_code.name)]


def _signing_in() -> list[Grant]:
    """Sign in, keep sessions, choose credentials; no right of it gives anybody a right."""
    return [
        *(
            Grant("SELECT", table.name)
            for table in (staff.account, staff.staff_grant, staff.fallback)
        ),
        Grant("UPDATE", staff.account.name, ("state", "changed_at")),
        *(Grant(right, staff.credential.name) for right in ("SELECT", "INSERT", "DELETE")),
        Grant("UPDATE", staff.credential.name, ("counter",)),
        *(Grant(right, staff.staff_session.name) for right in ("SELECT", "INSERT", "DELETE")),
        Grant("UPDATE", staff.staff_session.name, ("locked", "programme", "site")),
        *(Grant(right, staff.notice_read.name) for right in ("SELECT", "INSERT")),
    ]


def _handing_over() -> list[Grant]:
    """Hand slips over, say and report; no right of it reaches an envelope."""
    read_back = (hcp.attestation, hcp.device_ticket, hcp.not_done, hcp.follow_up_end)
    return [
        Grant("SELECT", "pseudonym", ("slip",)),
        Grant("UPDATE", "pseudonym", ("subject_id", "state", "slip", "changed_at")),
        Grant("UPDATE", "subject", ("day_zero",)),
        *(Grant("SELECT", table.name) for table in read_back),
        Grant("SELECT", trail.mixup_decision.name, ("subject_id", "timepoint", "decision")),
        *(Grant("INSERT", table.name) for table in (*read_back, hcp.entry, hcp.mixup_report)),
    ]


def _professionals() -> list[Grant]:
    return [
        *_depositing(),
        *_handing_over(),
        *_signing_in(),
        *_housekeeping(*(set(volatile.tables) - {lots.slip_print.name})),
    ]


def _laboratory() -> list[Grant]:
    tables = [*sorted(metadata.tables), _SCHEMA_TABLE]
    written = sorted(set(metadata.tables) - (_SAID_BY_PROFESSIONALS - {hcp.entry.name}))
    return [
        *(Grant("SELECT", name) for name in tables),
        *(Grant("INSERT", name) for name in written),
        *(one for one in _signing_in() if one.right not in {"SELECT", "INSERT"}),
        Grant("UPDATE", staff.staff_grant.name, ("starts", "ends", "ended")),
        Grant("UPDATE", staff.fallback.name, ("until",)),
        Grant("UPDATE", administration.name, ("state",)),
        Grant("UPDATE", "release", RESTATED),
        Grant("UPDATE", programme_opening.name, ("state", "changed_at")),
        Grant("UPDATE", site.name, _without(site, "programme", "code")),
        Grant("UPDATE", "subject", ("day_zero", "sheet_number")),
        Grant("UPDATE", "pseudonym", ("state", "slip", "changed_at")),
        *_mail_room(),
        Grant("UPDATE", lots.key_file.name, ("content", "outcome", "ended_by", "ended_at")),
        *_housekeeping(*volatile.tables),
    ]


def _mail_room() -> list[Grant]:
    """Move sheets on and settle what was said of them; a keying is never changed."""
    moved = ("state", "subject_id", "administration_id", "destruction_id")
    return [
        Grant("UPDATE", mail.received_sheet.name, moved),
        Grant("UPDATE", mail.sheet_incident.name, ("settled_by", "settled_at")),
        Grant("UPDATE", mail.sheet_destruction.name, ("confirmed_by", "confirmed_at")),
    ]


def grants_of(face: str) -> list[Grant]:
    """List the rights of a face's role."""
    return {"patient": _patient, "hcp": _professionals, "lab": _laboratory}[face]()


def write_grants(engine: Engine) -> None:
    """Make the three roles where they lack and give each its rights and no other.

    Run by the owner after every migration. A role made here has no password yet.
    """
    if engine.dialect.name == "sqlite":
        return
    tables = ", ".join([*sorted(metadata.tables), *sorted(volatile.tables), _SCHEMA_TABLE])
    with engine.begin() as connection:
        connection.execute(text(f"REVOKE ALL ON {tables} FROM PUBLIC"))
        for face in _FACES:
            role = role_of(face)
            _make_role(connection, role)
            connection.execute(text(f"REVOKE ALL ON {tables} FROM {role}"))
            connection.execute(text(f"GRANT USAGE ON SCHEMA public TO {role}"))
            for grant in grants_of(face):
                columns = f" ({', '.join(grant.columns)})" if grant.columns else ""
                given = f"GRANT {grant.right}{columns} ON {grant.table} TO {role}"
                connection.execute(text(given))


def _make_role(connection: Connection, role: str) -> None:
    """Make a role; another database of the same server may have made it already."""
    connection.execute(
        text(
            f"DO $$ BEGIN CREATE ROLE {role} LOGIN NOINHERIT; "
            "EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$"
        )
    )


def _expected(face: str) -> set[tuple[str, str, str]]:
    """List (right, table, column) of every column a face may use; ``*`` is the table itself."""
    found: set[tuple[str, str, str]] = set()
    every = {table.name: table for table in (*metadata.sorted_tables, *volatile.sorted_tables)}
    for grant in grants_of(face):
        if grant.table in every:
            columns = grant.columns or _without(every[grant.table])
            found |= {(grant.right, grant.table, column) for column in columns}
            if grant.right == "DELETE":
                found = {one for one in found if one[:2] != ("DELETE", grant.table)}
                found.add((grant.right, grant.table, "*"))
    return found


def _held(connection: Connection) -> set[tuple[str, str, str]]:
    """List the rights that the connected role really has, by whatever way."""
    found = set()
    for table in (*metadata.sorted_tables, *volatile.sorted_tables):
        whole = text(
            "SELECT r FROM unnest(CAST(:rights AS text[])) r WHERE has_table_privilege(:t, r)"
        )
        asked = {"rights": ["DELETE", *_OTHER], "t": table.name}
        found |= {(r, table.name, "*") for r in connection.execute(whole, asked).scalars()}
        single = text(
            "SELECT r, c FROM unnest(CAST(:rights AS text[])) r, unnest(CAST(:columns AS text[])) c"
            " WHERE has_column_privilege(:t, c, r)"
        )
        asked = {"rights": list(_RIGHTS[:3]), "columns": list(_without(table)), "t": table.name}
        found |= {(r, table.name, c) for r, c in connection.execute(single, asked)}
    return found


def compare_grants(engine: Engine, face: str) -> None:
    """Refuse to go on unless the connected role has exactly the face's rights."""
    if engine.dialect.name == "sqlite":
        return
    with engine.connect() as connection:
        held = _held(connection)
    expected = _expected(face)
    wrong = [f"may {r} {t}.{c}" for r, t, c in sorted(held - expected)]
    wrong += [f"may not {r} {t}.{c}" for r, t, c in sorted(expected - held)]
    if wrong:
        more = f" and {len(wrong) - 3} more" if len(wrong) > 3 else ""  # noqa: PLR2004
        raise StoreUnavailableError(
            f"The database role of the {face} face has not its own rights: it "
            f"{', it '.join(wrong[:3])}{more}. Let the owner run 'python -m qol database grants' "
            f"and connect as {role_of(face)}."
        )
