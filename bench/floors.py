"""The floors: a bare Flask application, without and with one committed INSERT.

Built by gunicorn as ``bench.floors:create()``. ``BENCH_FLOOR_URL`` names the database of
floor (b); without it this is floor (a).
"""

from __future__ import annotations

import os
import sqlite3
import threading
from collections.abc import Callable

import psycopg
from flask import Flask

HELLO = "<!doctype html><title>hello</title><p>hello</p>"
_MAKE = "CREATE TABLE IF NOT EXISTS floor (id {}, body TEXT)"


def create() -> Flask:
    """Make the application: hello at ``/``, and one INSERT and hello at ``/send``."""
    app = Flask("floor", static_folder=None)
    url = os.environ.get("BENCH_FLOOR_URL", "")
    insert = _nothing if not url else _sqlite(url) if url.endswith(".sqlite3") else _postgres(url)

    @app.get("/")
    def hello() -> str:
        return HELLO

    @app.post("/")
    def posted() -> str:
        return HELLO

    @app.post("/send")
    def send() -> str:
        insert()
        return HELLO

    return app


def _nothing() -> None:
    """Insert nothing: floor (a)."""


def _sqlite(path: str) -> Callable[[], None]:
    """One connection a thread and one lock: the fastest that one process may do."""
    kept, lock = threading.local(), threading.Lock()

    def opened() -> sqlite3.Connection:
        connection = sqlite3.connect(path, isolation_level=None)
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=FULL")
        return connection

    opened().execute(_MAKE.format("INTEGER PRIMARY KEY"))

    def insert() -> None:
        if not hasattr(kept, "connection"):
            kept.connection = opened()
        with lock:
            kept.connection.execute("INSERT INTO floor (body) VALUES ('hello')")

    return insert


def _postgres(url: str) -> Callable[[], None]:
    """One connection a thread, each INSERT its own commit."""
    kept = threading.local()
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(_MAKE.format("BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY"))

    def insert() -> None:
        if not hasattr(kept, "connection"):
            kept.connection = psycopg.connect(url, autocommit=True)
        kept.connection.execute("INSERT INTO floor (body) VALUES ('hello')")

    return insert
