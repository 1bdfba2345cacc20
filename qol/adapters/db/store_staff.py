"""What signing in and the rights of staff ask of the database (port ``StaffStore``)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from qol.adapters.db import staff_fallback as fallbacks
from qol.adapters.db import staff_grants as rights
from qol.adapters.db import staff_rows as rows
from qol.adapters.db.engine import Database
from qol.adapters.db.housekeeping import volatile_database
from qol.adapters.db.housekeeping_staff import SqlStaffHousekeeping
from qol.adapters.db.ledger import Recorder
from qol.adapters.db.spent import SqlSpent
from qol.adapters.db.starting import open_database
from qol.adapters.db.tables_staff import account, credential, staff_grant, staff_session
from qol.adapters.db.transactions import SqlStore, SqlUnit
from qol.config import Config
from qol.domain.audit import AuditEvent
from qol.domain.errors import NotAllowedError
from qol.domain.place import Place
from qol.domain.staff.accounts import Account, AccountState
from qol.domain.staff.fallback import Fallback
from qol.domain.staff.grants import Grant
from qol.domain.staff.review import Review
from qol.domain.staff.session import Session
from qol.usecases.ports import Clock, Dice
from qol.usecases.staff.ports import Credential, Kind


class SqlStaffUnit(SqlUnit["SqlStaffStore"]):
    """One transaction of staff."""

    def account(self, reference: str) -> Account | None:
        """Find an account by its reference; a writing unit holds it until it ends.

        Whoever ends an account, lets its person in or gives a role asks for it first: of two
        at once, the second sees what the first did.
        """
        here = account.c.reference == reference
        return rows.account_where(self._connection, here, hold=self._writes)

    def account_by_login(self, login: str, face: str) -> Account | None:
        """Find an account of a face by what is typed at sign-in."""
        here = (account.c.login == login, account.c.face == face)
        return rows.account_where(self._connection, *here)

    def account_by_rpps(self, rpps: str) -> Account | None:
        """Find a professional by the national number."""
        return rows.account_where(self._connection, account.c.rpps == rpps)

    def accounts(self) -> tuple[Account, ...]:
        """List all accounts by login."""
        return rows.accounts(self._connection)

    def add_account(self, account: Account, now: datetime) -> None:
        """Insert an account; NotAllowedError when login or RPPS number is taken."""
        rows.add_account(self._connection, account, now)

    def set_state(self, account: str, state: AccountState, now: datetime) -> None:
        """Change an account's state."""
        rows.set_state(self._connection, account, state, now)

    def credentials(self, account: str, kind: Kind | None = None) -> tuple[Credential, ...]:
        """List an account's credentials, oldest first."""
        of_kind = () if kind is None else (credential.c.kind == kind.value,)
        return rows.credentials(self._connection, credential.c.account == account, *of_kind)

    def activation(self, digest: bytes) -> Credential | None:
        """Find an activation secret by its digest."""
        here = (credential.c.kind == Kind.ACTIVATION.value, credential.c.secret == digest)
        return next(iter(rows.credentials(self._connection, *here)), None)

    def bound(self, identity: bytes) -> Credential | None:
        """Find what binds a provider's person to an account, by its handle."""
        here = (credential.c.kind == Kind.PROVIDER.value, credential.c.handle == identity)
        return next(iter(rows.credentials(self._connection, *here)), None)

    def put_credential(self, credential: Credential) -> None:
        """Insert a credential; a password, TOTP or activation replaces the one there was."""
        rows.put_credential(self._connection, credential)

    def count_passkey(self, reference: str, seen: int, counter: int) -> None:
        """Move a passkey's counter from ``seen`` on; NotAllowedError if another use came first."""
        rows.count_passkey(self._connection, reference, seen, counter)

    def drop_credential(self, reference: str) -> None:
        """Delete one credential; NotAllowedError when it was not there any more."""
        if not rows.drop_credentials(self._connection, credential.c.reference == reference):
            raise NotAllowedError("This was used or removed at the same time.")

    def drop_credentials(self, account: str) -> None:
        """Delete every credential of an account."""
        rows.drop_credentials(self._connection, credential.c.account == account)

    def session(self, digest: bytes) -> Session | None:
        """Find a session."""
        found = rows.sessions(self._connection, staff_session.c.digest == digest)
        return found[0] if found else None

    def sessions(self, account: str) -> tuple[Session, ...]:
        """List an account's sessions, oldest first."""
        return rows.sessions(self._connection, staff_session.c.account == account)

    def add_session(self, session: Session) -> None:
        """Insert a session."""
        rows.add_session(self._connection, session)

    def lock(self, digest: bytes, *, locked: bool) -> None:
        """Lock or unlock a session's screen."""
        rows.change_session(self._connection, digest, locked=locked)

    def choose(self, digest: bytes, place: Place) -> None:
        """Set the place of a session."""
        rows.change_session(self._connection, digest, programme=place.programme, site=place.site)

    def end_session(self, digest: bytes) -> None:
        """Delete a session."""
        rows.end_sessions(self._connection, staff_session.c.digest == digest)

    def end_sessions(self, account: str, keep: bytes | None = None) -> int:
        """Delete an account's sessions but one; how many there were."""
        of_account = staff_session.c.account == account
        others = () if keep is None else (staff_session.c.digest != keep,)
        return rows.end_sessions(self._connection, of_account, *others)

    def provided(self, provider: bytes) -> tuple[Session, ...]:
        """List the sessions of an identity provider's session, oldest first."""
        return rows.sessions(self._connection, staff_session.c.provider == provider)

    def grant(self, reference: str) -> Grant | None:
        """Find a grant; a writing unit holds it until it ends."""
        here = staff_grant.c.reference == reference
        found = rights.grants(self._connection, here, hold=self._writes)
        return found[0] if found else None

    def grants(self, account: str | None = None) -> tuple[Grant, ...]:
        """List grants by start, of one account or of all."""
        where = () if account is None else (staff_grant.c.account == account,)
        return rights.grants(self._connection, *where)

    def add_grant(self, grant: Grant) -> None:
        """Insert a grant."""
        rights.add_grant(self._connection, grant)

    def set_grant(self, grant: Grant) -> None:
        """Write a grant's period and whether it is ended."""
        rights.set_grant(self._connection, grant)

    def add_review(self, review: Review) -> None:
        """Insert a review's decision."""
        rights.add_review(self._connection, review)

    def reviews(self) -> tuple[Review, ...]:
        """List every decision by day."""
        return rights.reviews(self._connection)

    def add_fallback(self, one: Fallback) -> None:
        """Insert a way in beside a provider."""
        fallbacks.add(self._connection, one)

    def open_fallback(self, account: str, now: datetime) -> Fallback | None:
        """Find what is open to an account, for itself or for everybody."""
        return fallbacks.open_for(self._connection, account, now)

    def close_fallbacks(self, now: datetime) -> int:
        """End those that are open; how many there were."""
        return fallbacks.close_all(self._connection, now)

    def acknowledged(self, account: str, version: str) -> bool:
        """Say whether a person has read the notice of that version."""
        return rights.acknowledged(self._connection, account, version)

    def acknowledge(self, account: str, version: str, now: datetime) -> None:
        """Keep the proof of reading; a second one changes nothing."""
        rights.acknowledge(self._connection, account, version, now)

    def commit(self, event: AuditEvent) -> None:
        """Write the event and commit, in one transaction."""
        if not self._writes:
            raise NotAllowedError("A reading unit of staff has nothing to commit.")
        super().commit(event)


class SqlStaffStore(SqlStore[SqlStaffUnit]):
    """Opens the staff's units."""

    def _unit(self, connection: Connection, *, writes: bool) -> SqlStaffUnit:
        return SqlStaffUnit(self, connection, writes=writes)


@dataclass(frozen=True, slots=True)
class StaffStores:
    """What the two faces of staff, and the commands, are given."""

    records: SqlStaffStore
    housekeeping: SqlStaffHousekeeping
    spent: SqlSpent
    database: Database


def staff_stores(config: Config, database: Database, recorder: Recorder) -> StaffStores:
    """Give the staff's stores on a database that is open already."""
    beside = volatile_database(database, config.volatile)
    return StaffStores(
        records=SqlStaffStore(database, recorder),
        housekeeping=SqlStaffHousekeeping(beside),
        spent=SqlSpent(beside),
        database=database,
    )


def open_staff(config: Config, clock: Clock, dice: Dice) -> StaffStores:
    """Open the staff's stores; StoreUnavailableError says why the face may not start."""
    database = open_database(config)
    return staff_stores(config, database, Recorder(clock, dice))
