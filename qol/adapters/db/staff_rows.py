"""Accounts, credentials and sessions as rows."""

from __future__ import annotations

from dataclasses import fields
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from qol.adapters.db.tables_staff import account, credential, staff_session
from qol.domain.errors import NotAllowedError
from qol.domain.place import Place
from qol.domain.staff.accounts import Account, AccountState
from qol.domain.staff.session import Factor, Method, Session
from qol.usecases.staff.ports import Credential, Kind

_ACCOUNTS = select(*(account.c[field.name] for field in fields(Account)))
_CREDENTIALS = select(*(credential.c[field.name] for field in fields(Credential)))
_NAMED = ("digest", "account", "factor", "method", "started_at", "locked", "provider")
_SESSIONS = select(
    *(staff_session.c[name] for name in _NAMED), staff_session.c.programme, staff_session.c.site
)


def _account(row: Any) -> Account:
    return Account(
        reference=row.reference,
        login=row.login,
        name=row.name,
        face=row.face,
        state=AccountState(row.state),
        rpps=row.rpps,
    )


def account_where(
    connection: Connection, *where: ColumnElement[bool], hold: bool = False
) -> Account | None:
    """Find one account; ``hold`` keeps others from changing it until the transaction ends."""
    asked = _ACCOUNTS.where(*where)
    row = connection.execute(asked.with_for_update() if hold else asked).first()
    return None if row is None else _account(row)


def accounts(connection: Connection) -> tuple[Account, ...]:
    """List all accounts by login."""
    return tuple(_account(row) for row in connection.execute(_ACCOUNTS.order_by(account.c.login)))


def add_account(connection: Connection, one: Account, now: datetime) -> None:
    """Insert an account; NotAllowedError when login or RPPS number is taken."""
    row = {field.name: getattr(one, field.name) for field in fields(one)}
    try:
        connection.execute(insert(account), row | {"state": one.state.value, "changed_at": now})
    except IntegrityError as error:
        raise NotAllowedError(
            "There is an account with this login or RPPS number already: one person, one account."
        ) from error


def set_state(connection: Connection, one: str, state: AccountState, now: datetime) -> None:
    """Change an account's state."""
    connection.execute(
        update(account).where(account.c.reference == one).values(state=state.value, changed_at=now)
    )


def _credential(row: Any) -> Credential:
    return Credential(
        reference=row.reference,
        account=row.account,
        kind=Kind(row.kind),
        secret=bytes(row.secret),
        created_at=row.created_at,
        handle=None if row.handle is None else bytes(row.handle),
        counter=row.counter,
        expires_at=row.expires_at,
    )


def credentials(connection: Connection, *where: ColumnElement[bool]) -> tuple[Credential, ...]:
    """List credentials, oldest first."""
    asked = _CREDENTIALS.where(*where).order_by(credential.c.created_at, credential.c.reference)
    return tuple(_credential(row) for row in connection.execute(asked))


def put_credential(connection: Connection, one: Credential) -> None:
    """Insert a credential; a password, TOTP or activation replaces the one there was."""
    if one.kind not in (Kind.PASSKEY, Kind.PROVIDER):
        same = (credential.c.account == one.account, credential.c.kind == one.kind.value)
        connection.execute(delete(credential).where(*same))
    row = {field.name: getattr(one, field.name) for field in fields(one)}
    try:
        connection.execute(insert(credential), row | {"kind": one.kind.value})
    except IntegrityError as error:
        raise NotAllowedError("This way in is registered already.") from error


def count_passkey(connection: Connection, reference: str, seen: int, counter: int) -> None:
    """Move a counter on from what was read; NotAllowedError when another use came first."""
    here = (credential.c.reference == reference, credential.c.counter == seen)
    moved = connection.execute(update(credential).where(*here).values(counter=counter))
    if not moved.rowcount:
        raise NotAllowedError("This passkey was used elsewhere at the same time.")


def drop_credentials(connection: Connection, *where: ColumnElement[bool]) -> int:
    """Delete credentials; how many there were."""
    return connection.execute(delete(credential).where(*where)).rowcount


def _session(row: Any) -> Session:
    return Session(
        digest=bytes(row.digest),
        account=row.account,
        factor=Factor(row.factor),
        method=Method(row.method),
        started_at=row.started_at,
        locked=row.locked,
        place=None if row.programme is None else Place(row.programme, row.site or ""),
        provider=None if row.provider is None else bytes(row.provider),
    )


def sessions(connection: Connection, *where: ColumnElement[bool]) -> tuple[Session, ...]:
    """List sessions, oldest first."""
    asked = _SESSIONS.where(*where).order_by(staff_session.c.started_at)
    return tuple(_session(row) for row in connection.execute(asked))


def add_session(connection: Connection, one: Session) -> None:
    """Insert a session."""
    row = {name: getattr(one, name) for name in _NAMED}
    place = one.place
    row |= {"factor": one.factor.value, "method": one.method.value}
    row |= {"programme": place and place.programme, "site": place and place.site}
    connection.execute(insert(staff_session), row)


def change_session(connection: Connection, digest: bytes, **values: object) -> None:
    """Write some columns of a session."""
    here = staff_session.c.digest == digest
    connection.execute(update(staff_session).where(here).values(**values))


def end_sessions(connection: Connection, *where: ColumnElement[bool]) -> int:
    """Delete sessions; how many there were."""
    return connection.execute(delete(staff_session).where(*where)).rowcount
