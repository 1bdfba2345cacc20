"""What a face asserts of its database before it serves anybody."""

from __future__ import annotations

from sqlalchemy import exc as sql

from qol.adapters.db.engine import Database, assert_durable, connect, translated
from qol.adapters.db.grants import compare_grants
from qol.config import Config
from qol.domain.errors import StoreUnavailableError

HEAD = "0014"
"""The schema that this code is written for; a test holds it to the migrations' head."""


def assert_migrated(database: Database) -> None:
    """Check that the schema is the one of this code; StoreUnavailableError otherwise."""
    try:
        with database.reading() as connection:
            found = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()
    except (sql.ProgrammingError, StoreUnavailableError) as error:
        told = str(error.__cause__ or error)
        if isinstance(error, StoreUnavailableError) and "no such table" not in told:
            raise
        found = None
    if found != HEAD:
        raise StoreUnavailableError(
            f"The database has schema {found or 'none'} and this version needs {HEAD}: run "
            "'python -m qol database upgrade' first."
        )


def open_database(config: Config) -> Database:
    """Connect as a face: durable, migrated and, on PostgreSQL, with just its own rights.

    A demonstration may share one role; its rights are not compared.
    """
    database = connect(config.database_url)
    try:
        assert_durable(database)
        assert_migrated(database)
        if not database.on_sqlite and not config.demonstration:
            with translated():
                compare_grants(database.reader, config.face)
    except BaseException:
        database.dispose()
        raise
    return database
