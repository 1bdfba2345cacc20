"""The laboratory's statements on programmes, keys and records."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, func, insert, select

from qol.adapters.db.documents import programme_document
from qol.adapters.db.tables import (
    administration,
    key_fingerprint,
    programme_version,
    subject,
)
from qol.domain.administration import Administration, Mode
from qol.domain.errors import NotAllowedError, ProgrammeError
from qol.domain.problem import Problem, Wrong
from qol.domain.programme import Programme
from qol.usecases.lab.ports import Fingerprint, StoredRecord

_CHUNK = 500
_NAMES = tuple(field.name for field in fields(Administration))
STORED = (
    select(*(administration.c[name] for name in _NAMES), subject.c.reference, subject.c.site)
    .join(subject, subject.c.id == administration.c.subject_id)
    .order_by(administration.c.received_at, administration.c.id)
)


def load_programme(connection: Connection, programme: Programme, since: date, toml: str) -> None:
    """Append a version; ProgrammeError when its number is not the next."""
    table = programme_version.c
    newest = select(func.max(table.version)).where(table.programme == programme.id)
    wanted = (connection.execute(newest).scalar() or 0) + 1
    if programme.version != wanted:
        numbers = {"given": programme.version, "wanted": wanted}
        raise ProgrammeError(Problem("", Wrong.NOT_NEXT, {"programme": programme.id, **numbers}))
    row = {
        "programme": programme.id,
        "version": programme.version,
        "document": programme_document(programme),
        "toml": toml,
        "since": since,
    }
    connection.execute(insert(programme_version), row)


def programmes(connection: Connection) -> tuple[str, ...]:
    """List the ids of all programmes."""
    table = programme_version.c
    found = connection.execute(select(table.programme).distinct().order_by(table.programme))
    return tuple(found.scalars())


def register_key(connection: Connection, fingerprint: Fingerprint) -> None:
    """Write a fingerprint; NotAllowedError when the id stands for another key."""
    known = {one.key_id: one for one in fingerprints(connection)}.get(fingerprint.key_id)
    if known == fingerprint:
        return
    if known is not None:
        raise NotAllowedError(
            f"Key {fingerprint.key_id} is registered already and stands for another key."
        )
    row = {field.name: getattr(fingerprint, field.name) for field in fields(Fingerprint)}
    connection.execute(insert(key_fingerprint), row)


def fingerprints(connection: Connection) -> tuple[Fingerprint, ...]:
    """List all registered fingerprints."""
    columns = (key_fingerprint.c[field.name] for field in fields(Fingerprint))
    rows = connection.execute(select(*columns).order_by(key_fingerprint.c.key_id))
    return tuple(Fingerprint(*row) for row in rows)


def stream(connection: Connection, programme: str) -> Iterator[StoredRecord]:
    """Stream the current administrations of a programme in order of arrival, frozen left out."""
    asked = STORED.where(
        administration.c.programme == programme, administration.c.state == "current"
    )
    with connection.execute(asked, execution_options={"yield_per": _CHUNK}) as rows:
        for row in rows:
            yield stored_of(row)


def stored_of(row: Row[*tuple[Any, ...]]) -> StoredRecord:
    """Give the record of a row that ``STORED`` found."""
    *values, reference, site = row
    plain = dict(zip(_NAMES, values, strict=True))
    plain["mode"] = Mode(plain["mode"])
    plain["envelope"] = bytes(plain["envelope"])
    return StoredRecord(Administration(**plain), reference, site)
