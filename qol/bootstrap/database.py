"""The database as the commands need it: made, checked, opened."""

from __future__ import annotations

from qol.adapters.clock import SystemClock, SystemDice
from qol.adapters.db import migrating
from qol.adapters.db.engine import connect
from qol.adapters.db.starting import open_database
from qol.adapters.db.store_lab import LabStores, open_lab
from qol.bootstrap.drawing import drawn
from qol.config import Config


def lab_stores(config: Config) -> LabStores:
    """Open the laboratory's stores."""
    return open_lab(config, drawn, SystemClock(), SystemDice())


def upgrade(config: Config) -> None:
    """Bring the tables to this version and, on PostgreSQL, write the rights again."""
    config.instance.mkdir(mode=0o700, parents=True, exist_ok=True)
    migrating.upgrade(config.database_url)
    migrating.grants(config.database_url)


def grants(config: Config) -> str:
    """Write each face's rights; say in one sentence what was done."""
    database = connect(config.database_url)
    database.dispose()
    if database.on_sqlite:
        return "SQLite has no rights: nothing to write (SECURITY.md says what that means)"
    migrating.grants(config.database_url)
    return "each face's role has its own rights and no other"


def check(config: Config) -> None:
    """Check durability, schema and rights as a face does at its start."""
    open_database(config).dispose()
