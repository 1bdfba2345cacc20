"""Column types and the data dictionary's classes (EA-1.0): each column has exactly one."""

from __future__ import annotations

from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Column, DateTime, Dialect
from sqlalchemy.types import TypeDecorator


class DataClass(StrEnum):
    """What a stored column is, in the words of the regulation's data dictionary."""

    DIRECT_ID = "direct-id"
    HEALTH = "pseudonymised health"
    AGGREGATE = "aggregate"
    SECRET = "secret"  # noqa: S105 - the name of a class
    TECHNICAL = "technical"
    LOG = "log"


class UtcDateTime(TypeDecorator[datetime]):
    """A time with its zone, kept in UTC; SQLite has no zones and keeps it bare."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse a time without a zone; store UTC."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a stored time needs its zone")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give UTC back."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if dialect.name == "sqlite" else value.astimezone(UTC)


def column(
    data_class: DataClass, name: str, kind: Any, *rules: Any, null: bool = False, **options: Any
) -> Column[Any]:
    """Make a column of one class; not null unless said."""
    return Column(name, kind, *rules, nullable=null, info={"class": data_class.value}, **options)
