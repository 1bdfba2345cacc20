"""The laboratory's statements on sites and on whether a programme is open."""

from __future__ import annotations

from dataclasses import asdict, fields
from datetime import date, datetime

from sqlalchemy import Connection, insert, select, update

from qol.adapters.db.tables_sites import programme_opening, site
from qol.domain.opening import State
from qol.domain.site import Site

_FIELDS = tuple(site.c[field.name] for field in fields(Site))


def sites(connection: Connection, programme: str) -> tuple[Site, ...]:
    """List a programme's sites by code."""
    asked = select(*_FIELDS).where(site.c.programme == programme).order_by(site.c.code)
    return tuple(Site(*row) for row in connection.execute(asked))


def put(connection: Connection, given: Site, now: datetime) -> None:
    """Write a site, or another contract of one that is there."""
    row = asdict(given) | {"registered_at": now}
    key = {name: row.pop(name) for name in ("programme", "code")}
    here = (site.c.programme == given.programme, site.c.code == given.code)
    changed = connection.execute(update(site).where(*here).values(row))
    if changed.rowcount == 0:
        connection.execute(insert(site), key | row)


def end(connection: Connection, programme: str, code: str, day: date) -> None:
    """Write the day on which a contract was ended early."""
    here = (site.c.programme == programme, site.c.code == code)
    connection.execute(update(site).where(*here).values(ended=day))


def opening(connection: Connection, programme: str) -> State:
    """Say whether a programme is open; a draft until something was said of it."""
    table = programme_opening.c
    found = connection.execute(select(table.state).where(table.programme == programme)).scalar()
    return State.DRAFT if found is None else State(found)


def set_opening(connection: Connection, programme: str, state: State, now: datetime) -> None:
    """Write whether a programme is open."""
    said = {"state": state.value, "changed_at": now}
    where = programme_opening.c.programme == programme
    changed = connection.execute(update(programme_opening).where(where).values(said))
    if changed.rowcount == 0:
        connection.execute(insert(programme_opening), {"programme": programme} | said)
