"""Bringing a database to the schema of this code. Run by the owner, never by a face."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from qol.adapters.db.engine import connect, translated
from qol.adapters.db.grants import write_grants


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    # A folder's name may hold any character; none of them separates anything here.
    config.set_main_option("path_separator", "os")
    return config


def head() -> str:
    """Name the newest revision."""
    return str(ScriptDirectory.from_config(_config()).get_current_head())


def current(url: str) -> str | None:
    """Name the revision that a database has; None when it has none."""
    database = connect(url)
    try:
        with translated(), database.writer.connect() as connection:
            return MigrationContext.configure(connection).get_current_revision()
    finally:
        database.dispose()


def upgrade(url: str, revision: str = "head") -> None:
    """Migrate in one transaction; a failed migration changes nothing."""
    database = connect(url)
    config = _config()
    try:
        with translated(), database.writer.begin() as connection:
            config.attributes["connection"] = connection
            command.upgrade(config, revision)
    finally:
        database.dispose()


def grants(url: str) -> None:
    """Make the three roles and give each just its rights; nothing on SQLite."""
    database = connect(url)
    try:
        with translated():
            write_grants(database.writer)
    finally:
        database.dispose()
