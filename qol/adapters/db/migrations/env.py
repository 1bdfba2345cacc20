"""Alembic's environment: runs the revisions on the connection that ``migrating`` opened."""

from __future__ import annotations

from alembic import context

from qol.adapters.db.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()
